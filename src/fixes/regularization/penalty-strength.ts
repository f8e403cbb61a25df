import { windowsOf } from '../../diagnosis/evidence/windows';
import { median } from '../../record/median';
import type { RunHistory } from '../../record/run-history';
import { roundDown } from '../round-down';

/**
 * Share of the trivial predictor's loss that a penalty is given at the end of the run: felt, but not what training is
 * about.
 */
const SHARE = 0.05;
/** Mean of |w| over the root of the mean of w² for normal weights. */
const MEAN_OF_SIZE = Math.sqrt(2 / Math.PI);

/**
 * The factor at which the penalty on the weights that the run ended with would be a twentieth of the best constant
 * prediction's loss; NaN where either is unknown. Of |w| only the norm is recorded: the sum is that of normal weights.
 */
export function penaltyStrength({ layout, records }: RunHistory, kind: 'l1' | 'l2'): number {
  const { late } = windowsOf({ layout, records, outcome: undefined });
  const sizes = layout.parameters.map(({ shape, trainable }) =>
    shape.length < 2 || !trainable ? 0 : shape.reduce((product, size) => product * size, 1),
  );
  const penalty = median(
    late.map(record =>
      sizes.reduce((sum, size, index) => {
        const norm = size === 0 ? 0 : record.parameterNorms[index];
        return sum + (kind === 'l2' ? norm ** 2 : MEAN_OF_SIZE * Math.sqrt(size) * norm);
      }, 0),
    ),
  );
  return roundDown((SHARE * (layout.trivialLoss ?? Number.NaN)) / penalty, 1);
}
