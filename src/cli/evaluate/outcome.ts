/** How a run ended, by its loss alone: the measure that the evaluation goes by, independent of every rule. */
import type { RunHistory } from '../../record/run-history';

export interface Outcome {
  /** Whether all of it was finite. */
  readonly finite: boolean;
  /**
   * Mean loss over the late steps without penalties, over the loss of the best constant prediction: 1 is as good as
   * nothing learned. NaN for a run that was not finite.
   */
  readonly relativeLoss: number;
}

/** Late is the last tenth of the steps, at least so many of them. */
const LATE_STEPS = 5;
/**
 * At least so many examples make up a late loss, where a third of the run has them: the mean of a few batches of 1 is
 * chance.
 */
const LATE_EXAMPLES = 256;
/** A run learned if it beats the best constant prediction by a fifth. */
const LEARNED_BELOW = 0.8;
/** A run did not learn if it comes within a tenth of the best constant prediction. */
const NOT_LEARNING_FROM = 0.9;
/** A cured run trains if it needs no more than half of the best constant prediction's loss, */
const TRAINS_UP_TO = 0.5;
/** or no more than so many times its twin's, where the twin learns and does not get there. */
const AS_GOOD_AS_TWIN = 1.2;
/** A fault is borne out if its run needs so many times its twin's loss, */
const WORSE_BY = 1.5;
/** and so much more of the constant's loss: a thousandth in place of half of one is no harm that anybody would see. */
const SEEN_FROM = 0.05;

/**
 * Measures the end of a run. The mean is compared with a mean: the median batch of squared errors has less loss than
 * the mean one.
 */
export function outcomeOf({ layout, outcome, records }: RunHistory, batchSize: number): Outcome {
  if (outcome?.kind !== 'completed') return { finite: false, relativeLoss: Number.NaN };
  const { length } = records;
  const enough = Math.min(Math.ceil(LATE_EXAMPLES / batchSize), Math.floor(length / 3));
  const late = records.slice(-Math.max(LATE_STEPS, Math.round(length / 10), enough));
  const losses = late.map(({ loss, penalty = 0 }) => loss - penalty);
  const lateLoss = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return { finite: true, relativeLoss: lateLoss / (layout.trivialLoss ?? records[0].loss) };
}

/** Whether a run learned something worth the name. */
export function learned({ finite, relativeLoss }: Outcome): boolean {
  return finite && relativeLoss < LEARNED_BELOW;
}

/** Whether a run gave no better answers than a constant would have: the verdict "trains" on it is a lie. */
export function learnedNothing({ finite, relativeLoss }: Outcome): boolean {
  return !finite || relativeLoss >= NOT_LEARNING_FROM;
}

/** Whether a cured run trains, which needs its twin's outcome only where it ends above half of the constant's loss. */
export function trains(cured: Outcome, twin: Outcome | undefined): boolean {
  if (learnedNothing(cured)) return false;
  if (cured.relativeLoss <= TRAINS_UP_TO) return true;
  return (
    twin !== undefined &&
    !learnedNothing(twin) &&
    twin.relativeLoss > TRAINS_UP_TO &&
    cured.relativeLoss <= AS_GOOD_AS_TWIN * twin.relativeLoss
  );
}

/** Whether `trains` needs to know of the twin. */
export function needsTwin(cured: Outcome): boolean {
  return !learnedNothing(cured) && cured.relativeLoss > TRAINS_UP_TO;
}

/** Whether a run was harmed by its fault: it did not learn, or clearly less than the same model without the fault. */
export function harmed(faulty: Outcome, twin: Outcome): boolean {
  if (!learned(faulty)) return true;
  return faulty.relativeLoss > WORSE_BY * twin.relativeLoss && faulty.relativeLoss > twin.relativeLoss + SEEN_FROM;
}
