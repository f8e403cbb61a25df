import { median } from '../../record/median';

/**
 * Steps that a timing needs: among fewer, most are measured more closely than others, or run code that is not compiled
 * yet.
 */
const MIN_TIMED_STEPS = 20;

/** Times a training by its median step. */
export class StepClock {
  private readonly steps: number[] = [];
  private last = performance.now();

  /** Notes the end of a step. */
  tick(): void {
    const now = performance.now();
    this.steps.push(now - this.last);
    this.last = now;
  }

  /**
   * Time of the training, had every step taken as long as the median one; `undefined` where it was too short to tell.
   */
  get milliseconds(): number | undefined {
    return this.steps.length < MIN_TIMED_STEPS ? undefined : median(this.steps) * this.steps.length;
  }
}
