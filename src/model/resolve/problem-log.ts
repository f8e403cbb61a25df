import type { Place } from '../place';
import type { ModelProblem } from '../problem';

/** The problems of one resolution, in the order in which they are found. */
export class ProblemLog {
  readonly problems: ModelProblem[] = [];

  /** Reports an error. */
  report(code: string, message: string, at: Place): void {
    this.problems.push({ code, severity: 'error', message, at });
  }

  /** Reports something that does not keep the model from being trained. */
  warn(code: string, message: string, at: Place): void {
    this.problems.push({ code, severity: 'warning', message, at });
  }
}
