import { square } from '../../elementary';
import type { WholeOptimizerKernels } from '../whole-optimizer-kernels';
import { evenRoot, inverseRoot } from './inverse-root';
import { lbfgs } from './lbfgs';

/** The definition of `WholeOptimizerKernels`. */
export const wholeOptimizerKernels: WholeOptimizerKernels = {
  descend({ data: p }, { data: direction }, rate, decay) {
    let squares = 0;
    for (let i = 0; i < p.length; i++) {
      const before = p[i];
      p[i] = before * (1 - decay) - rate * direction[i];
      squares += square(p[i] - before);
    }
    return Math.sqrt(squares);
  },
  muonDirection({ data: g }, { data: b }, { data: x }, momentum, nesterov, epsilon) {
    let squares = 0;
    for (let i = 0; i < g.length; i++) {
      b[i] = momentum * b[i] + (1 - momentum) * g[i];
      x[i] = nesterov ? (1 - momentum) * g[i] + momentum * b[i] : b[i];
      squares += square(x[i]);
    }
    const factor = 1 / Math.max(Math.sqrt(squares), epsilon);
    for (let i = 0; i < x.length; i++) x[i] *= factor;
  },
  quadraticPolynomial({ data: x }, { data: y }, size, a, b, c) {
    for (let i = 0; i < size * size; i++) y[i] = (i % (size + 1) === 0 ? a : 0) + b * x[i] + c * y[i];
  },
  addAxisSquares({ data: x }, { data: y }, outer, size, inner) {
    for (let row = 0; row < outer * size; row++) {
      let sum = 0;
      for (let i = row * inner; i < (row + 1) * inner; i++) sum += square(x[i]);
      y[row % size] += sum;
    }
  },
  scaleAxis({ data: x }, { data: y }, outer, size, inner, order, epsilon) {
    for (let row = 0; row < outer * size; row++) {
      const factor = 1 / evenRoot(y[row % size] + epsilon, order);
      for (let i = row * inner; i < (row + 1) * inner; i++) x[i] *= factor;
    }
  },
  inverseRoot({ data: x }, { data: root }, { data: scratch }, size, order, epsilon, due) {
    if (due !== 0) inverseRoot(x, root, scratch, size, order, epsilon);
  },
  decayedGradient({ data: p }, { data: g }, { data: y }, weightDecay) {
    for (let i = 0; i < y.length; i++) y[i] = g[i] + weightDecay * p[i];
  },
  lbfgs: (g, previous, step, steps, changes, memory, ...options) =>
    lbfgs(g.data, previous.data, step.data, steps.data, changes.data, memory.data, ...options),
};
