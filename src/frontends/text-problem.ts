/** A problem in the text of a model, whoever reads it. */
import type { TextEdit, TextRange } from '../text/text-edit';

/** Something that keeps a model file from being trained (`error`) or that its author should know (`warning`). */
export interface TextProblem {
  /** Stable id, e.g. `unknown-key`, `wrong-type`, `shape-mismatch`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** One sentence: what is wrong and a way on. */
  readonly message: string;
  readonly range: TextRange;
  /** The nearest known name, where the problem is an unknown one: an editor offers it as a quick fix for `range`. */
  readonly suggestion?: string;
  /** A change of the text that mends the problem, where more than its range has to change. */
  readonly remedy?: Remedy;
}

/** A titled change of the text. */
export interface Remedy {
  readonly title: string;
  /** Set where it takes away what has no meaning here, so that it may be made together with all others. */
  readonly isRemoval?: true;
  readonly edits: readonly TextEdit[];
}
