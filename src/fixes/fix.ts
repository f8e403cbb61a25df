/** A cure as a text edit. Plain data: the editor turns it into a code action, the command line prints it. */
import type { FixId } from '../diagnosis/finding';
import type { TextEdit } from '../spec/spec-document';

export interface Fix {
  readonly id: FixId;
  /** States the value: "Clip gradients to norm 0.8". */
  readonly title: string;
  /** What more is known of it before it is tried, in a sentence or two: what clipping would have done to the recorded run. */
  readonly detail?: string;
  readonly edits: readonly TextEdit[];
  /** The one that addresses the cause; at most one a finding. */
  readonly preferred: boolean;
}
