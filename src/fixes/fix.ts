/** A cure as changes of the model. Plain data: a front end writes them into its text. */
import type { FixId } from '../diagnosis/finding';
import type { ChangeSequence } from '../model/change';

/** A cure of the catalog, with the number it takes where measuring found a better one than it works out by itself. */
export interface FixPart {
  readonly id: FixId;
  /** A learning rate, also of another optimizer, or the steps of a longer run. */
  readonly value?: number;
}

export interface Fix {
  /** Id in the catalog; the first of several put together. What tells two cures apart is what they change. */
  readonly id: FixId;
  /** Its parts, one after another, where that is more than the cure `id` as it comes. */
  readonly parts?: readonly FixPart[];
  /** States the value: "Clip gradients to norm 0.8". */
  readonly title: string;
  /** Details known before it is tried, in a sentence or two: what clipping would have done to the recorded run. */
  readonly detail?: string;
  /** Its changes, a list for each part. */
  readonly changes: ChangeSequence;
  /**
   * Whether it is the one to take, by measurement; at most one per finding, and none before its cures were measured.
   */
  readonly preferred: boolean;
  /** Whether it undoes the cause that the finding names, where others only make it bearable. */
  readonly causal?: boolean;
  /** The measured effect, which ends the title too: "trains with 3 of 3 fresh seeds, loss 0.48 → 0.02". */
  readonly effect?: string;
  /** One sentence on why it is preferred. */
  readonly why?: string;
}
