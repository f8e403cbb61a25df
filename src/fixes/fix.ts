/** A cure as a text edit. Plain data: the editor turns it into a code action, the command line prints it. */
import type { FixId } from '../diagnosis/finding';
import type { TextEdit } from '../spec/spec-document';

/** A cure of the catalogue, with the number it takes where measuring found a better one than it works out by itself. */
export interface FixPart {
  readonly id: FixId;
  /** Of a rate: the learning rate. */
  readonly value?: number;
}

export interface Fix {
  readonly id: FixId;
  /** What it is made of, one after another, where that is more than the cure `id` as it comes. */
  readonly parts?: readonly FixPart[];
  /** States the value: "Clip gradients to norm 0.8". */
  readonly title: string;
  /** What more is known of it before it is tried, in a sentence or two: what clipping would have done to the recorded run. */
  readonly detail?: string;
  readonly edits: readonly TextEdit[];
  /** The one that addresses the cause; at most one a finding. */
  readonly preferred: boolean;
}
