import { LAYER_NAMES } from './layer-names';
import { MODEL_NAMES } from './model-names';
import { TRAINING_NAMES } from './training-names';

/** Spellings of other libraries by our name for the same thing. */
export type Spellings = Readonly<Record<string, readonly string[]>>;

/** What PyTorch and Keras call the names and keys of one family, as far as both mean exactly the same. */
export interface ForeignNames {
  /** Of what `type` names, or of what stands alone in its place. */
  readonly names?: Spellings;
  /** Of keys, wherever the family has a key of that name. */
  readonly keys?: Spellings;
  /** Of keys of single members; these replace those of `keys`. */
  readonly of?: Readonly<Record<string, Spellings>>;
}

/**
 * Every spelling of PyTorch and Keras that is accepted in place of ours, by the noun of the family or group it belongs
 * to. A spelling counts in any style, see `plainSpelling`. What means almost the same is no spelling: it gets a hint,
 * see `near-names.ts` and `advice.ts`.
 */
export const FOREIGN_NAMES: Readonly<Record<string, ForeignNames>> = {
  ...LAYER_NAMES,
  ...TRAINING_NAMES,
  ...MODEL_NAMES,
};
