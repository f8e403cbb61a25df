import { power } from '../../elementary';
import { squareToAverage } from '../flush';
import type { OptimizerKernels } from '../optimizer-kernels';

/** The definition of `OptimizerKernels`. */
export const optimizerKernels: OptimizerKernels = {
  sgd({ data: p }, { data: g }, velocity, step, rate, weightDecay, momentum, nesterov) {
    const b = velocity?.data;
    let squares = 0;
    for (let i = 0; i < p.length; i++) {
      const before = p[i];
      let direction = g[i] + weightDecay * before;
      if (b) {
        b[i] = step === 1 ? direction : momentum * b[i] + direction;
        direction = nesterov ? direction + momentum * b[i] : b[i];
      }
      p[i] = before - rate * direction;
      squares += (p[i] - before) ** 2;
    }
    return Math.sqrt(squares);
  },
  adagrad({ data: p }, { data: g }, { data: sum }, rate, weightDecay, epsilon) {
    let squares = 0;
    for (let i = 0; i < p.length; i++) {
      const before = p[i];
      const gradient = g[i] + weightDecay * before;
      sum[i] += squareToAverage(sum, gradient);
      p[i] = before - (rate * gradient) / (Math.sqrt(sum[i]) + epsilon);
      squares += (p[i] - before) ** 2;
    }
    return Math.sqrt(squares);
  },
  rmsprop({ data: p }, { data: g }, { data: square }, velocity, rate, weightDecay, alpha, epsilon, momentum) {
    const b = velocity?.data;
    let squares = 0;
    for (let i = 0; i < p.length; i++) {
      const before = p[i];
      const gradient = g[i] + weightDecay * before;
      square[i] = alpha * square[i] + (1 - alpha) * squareToAverage(square, gradient);
      let update = gradient / (Math.sqrt(square[i]) + epsilon);
      if (b) update = b[i] = momentum * b[i] + update;
      p[i] = before - rate * update;
      squares += (p[i] - before) ** 2;
    }
    return Math.sqrt(squares);
  },
  adam(
    { data: p },
    { data: g },
    { data: mean },
    { data: square },
    step,
    rate,
    weightDecay,
    beta1,
    beta2,
    epsilon,
    decoupled,
  ) {
    const stepSize = rate / (1 - power(beta1, step));
    const squareCorrection = Math.sqrt(1 - power(beta2, step));
    let squares = 0;
    for (let i = 0; i < p.length; i++) {
      const before = p[i];
      const gradient = decoupled ? g[i] : g[i] + weightDecay * before;
      const decayed = decoupled ? before * (1 - rate * weightDecay) : before;
      mean[i] = beta1 * mean[i] + (1 - beta1) * gradient;
      square[i] = beta2 * square[i] + (1 - beta2) * squareToAverage(square, gradient);
      p[i] = decayed - (stepSize * mean[i]) / (Math.sqrt(square[i]) / squareCorrection + epsilon);
      squares += (p[i] - before) ** 2;
    }
    return Math.sqrt(squares);
  },
  penalty({ data: p }, { data: g }, l1, l2) {
    let total = 0;
    for (let i = 0; i < p.length; i++) {
      total += l1 * Math.abs(p[i]) + l2 * p[i] * p[i];
      g[i] += l1 * Math.sign(p[i]) + 2 * l2 * p[i];
    }
    return total;
  },
};
