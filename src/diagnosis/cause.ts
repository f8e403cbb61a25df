/** The cause of a fault that a rule found, where several causes can bring it about. */
import type { FixId } from './finding';
import type { Place } from '../model/place';

export interface Cause {
  readonly at: Place;
  /** Why, and what to do: the end of the finding's message. */
  readonly why: string;
  readonly fixes: readonly FixId[];
  /** Those that undo the cause, where they are more than the first of `fixes`. */
  readonly causal?: readonly FixId[];
}
