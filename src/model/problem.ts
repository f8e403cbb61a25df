/** What keeps a model from being trained, whatever text it was read from. */
import type { Place } from './place';

/** Something that keeps a model from being trained (`error`) or that its author should know (`warning`). */
export interface ModelProblem {
  /** Stable id, e.g. `shape-mismatch`, `loss-mismatch`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** One sentence: what is wrong and a way on. */
  readonly message: string;
  readonly at: Place;
}
