/** The first updates decide what a rate that is too high does. */
const FIRST_STEPS = 4;
/** A probe costs about as much as the passes of a step, so a tenth of a run's time at most goes into them. */
const EVERY = 10;
/** Enough for a median over any part of a run. */
const PROBES = 60;

/** Whether the effect of a step's update on the loss of its own batch is measured. */
export function isProbed(step: number, steps: number): boolean {
  return step < FIRST_STEPS || step % Math.max(EVERY, Math.floor(steps / PROBES)) === 0;
}
