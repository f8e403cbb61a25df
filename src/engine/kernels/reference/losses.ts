import type { ElementwiseLoss, LossKernels } from '../loss-kernels';
import { sigmoid, softplus } from './activations';

type LossFunction = (x: number, target: number, delta: number) => number;

const LOSSES: Readonly<Record<ElementwiseLoss, LossFunction>> = {
  mse: (x, target) => (x - target) ** 2,
  mae: (x, target) => Math.abs(x - target),
  huber: (x, target, delta) => {
    const e = Math.abs(x - target);
    return e <= delta ? (e * e) / 2 : delta * (e - delta / 2);
  },
  'binary-cross-entropy': (x, target) => softplus(x) - x * target,
};

/** By x. */
const LOSS_DERIVATIVES: Readonly<Record<ElementwiseLoss, LossFunction>> = {
  mse: (x, target) => 2 * (x - target),
  mae: (x, target) => Math.sign(x - target),
  huber: (x, target, delta) => (Math.abs(x - target) <= delta ? x - target : delta * Math.sign(x - target)),
  'binary-cross-entropy': (x, target) => sigmoid(x) - target,
};

/** How many of the first `rows` targets are of another class than `ignored`. */
export function countCounting(target: Int32Array, rows: number, ignored: number): number {
  let counting = 0;
  for (let r = 0; r < rows; r++) if (target[r] !== ignored) counting++;
  return counting;
}

/** The definition of `LossKernels`. */
export const lossKernels: LossKernels = {
  crossEntropy({ data: x }, { data: target }, { data: probabilities }, rows, classes, ignored) {
    let total = 0;
    for (let r = 0; r < rows; r++) {
      const start = r * classes;
      let largest = -Infinity;
      for (let i = start; i < start + classes; i++) largest = Math.max(largest, x[i]);
      let sum = 0;
      for (let i = start; i < start + classes; i++) sum += Math.exp(x[i] - largest);
      for (let i = start; i < start + classes; i++) probabilities[i] = Math.exp(x[i] - largest) / sum;
      if (target[r] !== ignored) total += Math.log(sum) + largest - x[start + target[r]];
    }
    return total / countCounting(target, rows, ignored);
  },
  crossEntropyBackward({ data: probabilities }, { data: target }, { data: dx }, rows, classes, scale, ignored) {
    const counting = countCounting(target, rows, ignored);
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < classes; j++) {
        const at = r * classes + j;
        dx[at] = target[r] === ignored ? 0 : (scale * (probabilities[at] - (j === target[r] ? 1 : 0))) / counting;
      }
    }
  },
  elementwiseLoss(kind, { data: x }, { data: target }, count, delta) {
    const loss = LOSSES[kind];
    let total = 0;
    for (let i = 0; i < count; i++) total += loss(x[i], target[i], delta);
    return total / count;
  },
  elementwiseLossBackward(kind, { data: x }, { data: target }, { data: dx }, count, delta, scale) {
    const derivative = LOSS_DERIVATIVES[kind];
    for (let i = 0; i < count; i++) dx[i] = (scale * derivative(x[i], target[i], delta)) / count;
  },
  countRightClasses({ data: x }, { data: target }, rows, classes, ignored) {
    let right = 0;
    for (let r = 0; r < rows; r++) {
      if (target[r] === ignored) continue;
      let best = 0;
      for (let j = 1; j < classes; j++) if (x[r * classes + j] > x[r * classes + best]) best = j;
      if (best === target[r]) right++;
    }
    return (right * rows) / countCounting(target, rows, ignored);
  },
  countRightSigns({ data: x }, { data: target }, count) {
    let right = 0;
    for (let i = 0; i < count; i++) if (target[i] > 0.5 ? x[i] > 0 : x[i] <= 0) right++;
    return right;
  },
};
