import type { Finding } from '../diagnosis/finding';
import type { Change } from '../model/change';
import type { ModelSpec } from '../model/model-spec';
import type { RunHistory } from '../record/run-history';
import type { Fix } from './fix';

/** Input that a cure is made from. `history` may be of an earlier text; `model` is what the text says now. */
export interface FixContext {
  readonly model: ModelSpec;
  readonly history: RunHistory;
  readonly finding: Finding;
  /**
   * The number to take instead of the one that the cure works out from the run; only learning rates and steps can be
   * given.
   */
  readonly value?: number;
}

/** A cure of the catalog as its maker gives it. */
export interface FixDraft extends Pick<Fix, 'id' | 'title' | 'detail'> {
  /** All of them speak of the model as it is. */
  readonly changes: readonly Change[];
}

/** Makes a cure, or `undefined` where it would change nothing, cannot help, or lacks the measurements it goes by. */
export type FixMaker = (context: FixContext) => FixDraft | undefined;
