import type { TextProblem } from '../../text-problem';
import { MAX_MESSAGE_LENGTH } from './parse-limits';

/**
 * Problems of a file, the first at each place and at most `limit` of each severity. A hostile file has a hundred
 * thousand; their messages are not even made, since finding the word that was meant takes longer than reading the file.
 */
export class ProblemList {
  private readonly kept: TextProblem[] = [];
  private readonly seen = new Set<string>();
  private readonly counts = { error: 0, warning: 0 };

  /** @param limit problems of each severity that are kept */
  constructor(
    private readonly limit: number,
    first: readonly TextProblem[] = [],
  ) {
    for (const problem of first) {
      this.add(problem);
    }
  }

  get all(): readonly TextProblem[] {
    return this.kept;
  }

  /** Whether another problem of that severity and code at `start` would be kept. */
  wants(severity: TextProblem['severity'], code: string, start: number, end: number): boolean {
    return this.counts[severity] < this.limit && !this.seen.has(keyOf(code, start, end));
  }

  /** Keeps a problem that is wanted. */
  add(problem: TextProblem): void {
    const { severity, code, range } = problem;
    if (!this.wants(severity, code, range.start, range.end)) {
      return;
    }
    this.seen.add(keyOf(code, range.start, range.end));
    this.counts[severity] += 1;
    this.kept.push({ ...problem, message: shortened(problem.message) });
  }
}

function keyOf(code: string, start: number, end: number): string {
  return `${start} ${end} ${code}`;
}

/** A message as long as a reader reads, with the word at its end that says what to do where there is one. */
function shortened(message: string): string {
  if (message.length <= MAX_MESSAGE_LENGTH) {
    return message;
  }
  const tail = message.slice(-MAX_MESSAGE_LENGTH / 2);
  return `${message.slice(0, MAX_MESSAGE_LENGTH / 2)} … ${tail}`;
}
