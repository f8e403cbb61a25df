import { power, square } from '../../elementary';
import { squareToAverage } from '../flush';
import type { PlainKernels } from '../plain-kernels';
import type { Numbers } from './matrix';
import { plainLossKernels } from './plain-losses';
import { plainNormalizationKernels } from './plain-normalization';
import { plainTensorKernels } from './plain-tensors';
import { wholeOptimizerKernels } from './whole-optimizers';

/** Updates every element: `next` gets its index, its value before and its gradient. Returns the norm of the change. */
function update(
  p: Numbers,
  g: Numbers,
  weightDecay: number,
  next: (i: number, before: number, gradient: number) => number,
): number {
  let squares = 0;
  for (let i = 0; i < p.length; i++) {
    const before = p[i];
    p[i] = next(i, before, g[i] + weightDecay * before);
    squares += square(p[i] - before);
  }
  return Math.sqrt(squares);
}

/** x[i] = decay x[i] + (1 - decay) value, which it returns. */
function average(x: Numbers, i: number, decay: number, value: number): number {
  return (x[i] = decay * x[i] + (1 - decay) * value);
}

/** The definition of `PlainKernels`. */
export const plainKernels: PlainKernels = {
  ...plainLossKernels,
  ...plainNormalizationKernels,
  ...plainTensorKernels,
  ...wholeOptimizerKernels,
  adadelta: ({ data: p }, { data: g }, { data: square }, { data: change }, rate, weightDecay, rho, epsilon) =>
    update(p, g, weightDecay, (i, before, gradient) => {
      const v = average(square, i, rho, squareToAverage(square, gradient));
      const d = (gradient * Math.sqrt(change[i] + epsilon)) / Math.sqrt(v + epsilon);
      average(change, i, rho, squareToAverage(change, d));
      return before - rate * d;
    }),
  lion: ({ data: p }, { data: g }, { data: mean }, rate, weightDecay, beta1, beta2) =>
    update(p, g, 0, (i, before, gradient) => {
      const direction = Math.sign(beta1 * mean[i] + (1 - beta1) * gradient);
      average(mean, i, beta2, gradient);
      return before * (1 - rate * weightDecay) - rate * direction;
    }),
  adamax: (
    { data: p },
    { data: g },
    { data: mean },
    { data: largest },
    step,
    rate,
    weightDecay,
    beta1,
    beta2,
    epsilon,
  ) =>
    update(p, g, weightDecay, (i, before, gradient) => {
      const m = average(mean, i, beta1, gradient);
      const u = (largest[i] = Math.max(beta2 * largest[i], Math.abs(gradient) + epsilon));
      return before - ((rate / (1 - power(beta1, step))) * m) / u;
    }),
  amsgrad: (
    { data: p },
    { data: g },
    { data: mean },
    { data: square },
    { data: largest },
    step,
    rate,
    weightDecay,
    beta1,
    beta2,
    epsilon,
  ) =>
    update(p, g, weightDecay, (i, before, gradient) => {
      const m = average(mean, i, beta1, gradient);
      const v = (largest[i] = Math.max(largest[i], average(square, i, beta2, squareToAverage(square, gradient))));
      return (
        before - ((rate / (1 - power(beta1, step))) * m) / (Math.sqrt(v) / Math.sqrt(1 - power(beta2, step)) + epsilon)
      );
    }),
  nadam: (
    { data: p },
    { data: g },
    { data: mean },
    { data: square },
    step,
    gradientRate,
    meanRate,
    weightDecay,
    beta1,
    beta2,
    epsilon,
  ) =>
    update(p, g, weightDecay, (i, before, gradient) => {
      const m = average(mean, i, beta1, gradient);
      const v = average(square, i, beta2, squareToAverage(square, gradient));
      return before - (gradientRate * gradient + meanRate * m) / (Math.sqrt(v / (1 - power(beta2, step))) + epsilon);
    }),
  radam: (
    { data: p },
    { data: g },
    { data: mean },
    { data: square },
    step,
    rate,
    rectification,
    weightDecay,
    beta1,
    beta2,
    epsilon,
  ) =>
    update(p, g, weightDecay, (i, before, gradient) => {
      const m = average(mean, i, beta1, gradient) / (1 - power(beta1, step));
      const v = average(square, i, beta2, squareToAverage(square, gradient));
      const scale =
        rectification === 0 ? 1 : (rectification * Math.sqrt(1 - power(beta2, step))) / (Math.sqrt(v) + epsilon);
      return before - rate * m * scale;
    }),
  clipRows({ data: p }, { data: g }, rows, columns, factor) {
    for (let start = 0; start < rows * columns; start += columns) {
      let weights = 0;
      let squares = 0;
      for (let i = start; i < start + columns; i++) {
        weights += p[i] * p[i];
        squares += g[i] * g[i];
      }
      const limit = factor * Math.max(Math.sqrt(weights), 1e-3);
      const norm = Math.sqrt(squares);
      if (norm > limit) for (let i = start; i < start + columns; i++) g[i] *= limit / norm;
    }
  },
  lstmInitialCellGradient({ data: dCells }, { data: gates }, { data: dInitial }, batch, units) {
    for (let b = 0; b < batch; b++) {
      for (let u = 0; u < units; u++) dInitial[b * units + u] = dCells[b * units + u] * gates[(4 * b + 1) * units + u];
    }
  },
  prelu({ data: x }, { data: slope }, { data: y }, outer, channels, inner) {
    for (let row = 0; row < outer * channels; row++) {
      const below = slope[row % channels];
      for (let i = row * inner; i < (row + 1) * inner; i++) y[i] = x[i] > 0 ? x[i] : below * x[i];
    }
  },
  preluBackward({ data: x }, { data: slope }, { data: dy }, { data: dx }, { data: dSlope }, outer, channels, inner) {
    for (let c = 0; c < channels; c++) {
      const below = slope[c];
      let sum = 0;
      for (let o = 0; o < outer; o++) {
        const start = (o * channels + c) * inner;
        for (let i = start; i < start + inner; i++) {
          const above = x[i] > 0;
          dx[i] = above ? dy[i] : below * dy[i];
          if (!above) sum += x[i] * dy[i];
        }
      }
      dSlope[c] = sum;
    }
  },
  idsToTimeMajor({ data: ids }, { data: y }, batch, time, reverse) {
    for (let t = 0; t < time; t++) {
      const from = reverse ? time - 1 - t : t;
      for (let b = 0; b < batch; b++) y[t * batch + b] = ids[b * time + from]!;
    }
  },
};
