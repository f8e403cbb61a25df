import { isFiniteRecord } from '../../record/finite';
import { median } from '../../record/median';
import type { RunHistory } from '../../record/run-history';
import type { StepRecord } from '../../record/step-record';

/** Steps that it takes to know what is typical. Before, a larger norm is an outbreak only if the loss leapt with it. */
const MIN_TYPICAL_STEPS = 5;
const LEAP = 1.5;
/**
 * A norm so many times the median of those before it ends the calm. Pascanu et al. 2013 clip at up to ten times the
 * average.
 */
export const OUTBREAK = 10;

/**
 * The steps before the gradient broke out: finite ones up to the first whose norm is more than ten times the median of
 * those before it. All finite ones where it never did; of a run that was wild from its first step on that means
 * nothing, so those who use this bound what they take from it by what an update may do to the weights. Steps without
 * any gradient are left out.
 */
export function calmSteps(history: RunHistory): readonly StepRecord[] {
  const finite = history.records.filter(record => isFiniteRecord(record) && record.gradientNorm > 0);
  const norms: number[] = [];
  for (const [index, record] of finite.entries()) {
    const isOutbreak = record.gradientNorm > OUTBREAK * median(norms);
    if (isOutbreak && (index >= MIN_TYPICAL_STEPS || record.loss > LEAP * finite[0].loss)) {
      return finite.slice(0, index);
    }
    norms.push(record.gradientNorm);
  }
  return finite;
}
