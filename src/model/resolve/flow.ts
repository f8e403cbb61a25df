import type { Shape } from '../model-spec';

/** What reaches a layer. */
export interface Flow {
  readonly shape: Shape;
  /** Number of different token ids, where ids and not numbers arrive. */
  readonly tokens: number | undefined;
  /** Where it comes from: "the input", "`memory` (rnn)". */
  readonly from: string;
  /** The recurrent layer that it comes from, if it is one: it could give a sequence. */
  readonly recurrent?: string;
  /** Whether its first axis holds channels, see `map-layers.ts`. */
  readonly maps?: boolean;
}
