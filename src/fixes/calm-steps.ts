import { isFiniteRecord } from '../history/finite';
import { median } from '../history/median';
import type { RunHistory } from '../history/run-history';
import type { StepRecord } from '../training/step-record';

/** Steps that it takes to know what is typical. */
const FEWEST = 5;
/** A norm so many times the median of those before it ends the calm. Pascanu et al. 2013 clip at up to ten times the average. */
const OUTBREAK = 10;

/**
 * The steps before the gradient broke out: finite ones up to the first whose norm is more than ten times the median of those
 * before it. All finite ones where it never did; of a run that was wild from its first steps on that means nothing, so those who
 * use this bound what they take from it by what an update may do to the weights.
 */
export function calmSteps(history: RunHistory): readonly StepRecord[] {
  const finite = history.records.filter(isFiniteRecord);
  const norms: number[] = [];
  for (const [index, record] of finite.entries()) {
    if (index >= FEWEST && record.gradientNorm > OUTBREAK * median(norms)) {
      return finite.slice(0, index);
    }
    norms.push(record.gradientNorm);
  }
  return finite;
}
