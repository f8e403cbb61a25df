import { logarithmOfOnePlus } from '../../logarithm-of-one-plus';
import type { PlainLossKernels } from '../plain-loss-kernels';

/** The definition of the squared logarithmic error of `PlainLossKernels`. */
export const squaredLogarithmicError: Pick<
  PlainLossKernels,
  'squaredLogarithmicError' | 'squaredLogarithmicErrorBackward'
> = {
  squaredLogarithmicError({ data: x }, { data: target }, count) {
    let total = 0;
    for (let i = 0; i < count; i++) {
      const error = logarithmOfOnePlus(Math.max(x[i], 0)) - logarithmOfOnePlus(target[i]);
      total += error * error;
    }
    return total / count;
  },
  squaredLogarithmicErrorBackward({ data: x }, { data: target }, { data: dx }, count) {
    for (let i = 0; i < count; i++) {
      const error = logarithmOfOnePlus(Math.max(x[i], 0)) - logarithmOfOnePlus(target[i]);
      // A NaN is no number at or below 0, and stays one.
      dx[i] = x[i] <= 0 ? 0 : (2 * error) / ((1 + x[i]) * count);
    }
  },
};
