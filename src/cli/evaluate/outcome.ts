/** How a run ended, by its loss alone: the measure that the evaluation goes by, independent of every rule. */
import { median } from '../../history/median';
import type { RunHistory } from '../../history/run-history';

export interface Outcome {
  /** Whether all of it was finite. */
  readonly finite: boolean;
  /**
   * Median loss over the last tenth of the steps, over the loss of the best constant prediction: 1 is as good as nothing
   * learnt. NaN for a run that was not finite.
   */
  readonly relativeLoss: number;
}

/** A run learnt if it beats the best constant prediction by a fifth. */
const LEARNT_BELOW = 0.8;
/** A fault is borne out if its run does so much worse than its twin's. */
const WORSE_BY = 1.5;

export function outcomeOf(history: RunHistory): Outcome {
  const finite = history.outcome?.kind === 'completed';
  const losses = history.records.slice(-Math.max(5, Math.round(history.layout.steps / 10))).map((record) => record.loss);
  const relativeLoss = finite ? median(losses) / (history.layout.trivialLoss ?? history.records[0].loss) : Number.NaN;
  return { finite, relativeLoss };
}

/** Whether a run learnt something worth the name. */
export function learnt({ finite, relativeLoss }: Outcome): boolean {
  return finite && relativeLoss < LEARNT_BELOW;
}

/** Whether a run was harmed by its fault: it did not learn, or clearly less than the same model without the fault. */
export function harmed(faulty: Outcome, twin: Outcome): boolean {
  return !learnt(faulty) || faulty.relativeLoss > WORSE_BY * twin.relativeLoss;
}
