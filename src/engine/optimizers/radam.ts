import { power } from '../elementary';
import type { RunState } from '../instruction';
import { eachByItself, stateOf, updateCount, type Optimizer } from './optimizer';

export interface RadamOptions {
  readonly type: 'radam';
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * RAdam (Liu et al. 2020): with r_inf = 2 / (1 - beta2) - 1, r = r_inf - 2 t beta2^t / (1 - beta2^t) and Adam's m and
 * v, m' = m / (1 - beta1^t): p -= rate m' while r <= 5, after that p -= rate m' sqrt((r - 4) (r - 2) r_inf / ((r_inf -
 * 4) (r_inf - 2) r)) sqrt(1 - beta2^t) / (sqrt(v) + epsilon). g includes weightDecay p.
 */
export function radam({ weightDecay, beta1, beta2, epsilon }: RadamOptions): Optimizer {
  const limit = 2 / (1 - beta2) - 1;
  const rectification = (run: RunState): number => {
    const t = updateCount(run);
    const r = limit - (2 * t * power(beta2, t)) / (1 - power(beta2, t));
    return r > 5 ? Math.sqrt(((r - 4) * (r - 2) * limit) / ((limit - 4) * (limit - 2) * r)) : 0;
  };
  return eachByItself((graph, updated) => {
    const mean = stateOf(graph, updated, 'mean');
    const square = stateOf(graph, updated, 'mean square');
    const { parameter, gradient, updateNorm, rate } = updated;
    graph.emitResult(
      updateNorm,
      'radam',
      parameter,
      gradient,
      mean,
      square,
      updateCount,
      rate,
      rectification,
      weightDecay * updated.decay,
      beta1,
      beta2,
      epsilon,
    );
  });
}
