/** Tells how far the command is: a line that changes on a terminal, one line per stage elsewhere. */
import type { StepRecord } from '../../record/step-record';
import type { Output } from '../output';

/** Time between two changes of the line. */
const REFRESH_MS = 100;

export class ProgressLine {
  private shown = 0;

  constructor(private readonly output: Output) {}

  /** Begins a stage. */
  stage(text: string): void {
    if (this.output.terminal) this.change(text);
    else this.output.error(`${text}\n`);
  }

  /** Says how far a stage is, ten times a second at most. */
  update(text: string): void {
    if (!this.output.terminal) return;
    const now = performance.now();
    if (now - this.shown < REFRESH_MS) return;
    this.shown = now;
    this.change(text);
  }

  /** Takes the line away, so that the report begins on a clean one. */
  end(): void {
    if (this.output.terminal) this.output.clearLine();
  }

  private change(text: string): void {
    this.output.clearLine();
    this.output.error(text);
  }

  /** Tells of the steps of a run. */
  steps(steps: number): (record: StepRecord) => void {
    return ({ step, loss, nonFinite }) => {
      if (step + 1 === steps || nonFinite) this.end();
      else this.update(`step ${step + 1} of ${steps}, loss ${loss.toPrecision(4)}`);
    };
  }
}
