/** What is to blame for a fault that a rule found, where several causes can bring it about. */
import type { Finding, FixId } from './finding';

export interface Cause {
  readonly source: Finding['source'];
  /** Why, and what to do: the end of the finding's message. */
  readonly why: string;
  readonly fixes: readonly FixId[];
}
