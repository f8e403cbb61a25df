/** A cure as a text edit. Plain data: the editor turns it into a code action, the command line prints it. */
import type { FixId } from '../diagnosis/finding';
import type { TextEdit } from '../spec/spec-document';

export interface Fix {
  readonly id: FixId;
  /** States the value: "Clip gradients to norm 0.8". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that addresses the cause; at most one a finding. */
  readonly preferred: boolean;
}
