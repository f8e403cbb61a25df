import { exponential } from '../elementary';
import type { RunState } from '../instruction';
import { eachByItself, stateOf, updateCount, type Optimizer } from './optimizer';

/** log 0.96 */
const LOG_DECAY = -0.040821994520255166;

export interface NadamOptions {
  readonly type: 'nadam';
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly momentumDecay: number;
}

/**
 * NAdam (Dozat 2016): with mu_t = beta1 (1 - 0.96^(t momentumDecay) / 2) and M the product of mu_1 to mu_t, and Adam's
 * m and v, p -= rate ((1 - mu_t) g / (1 - M) + mu_(t+1) m / (1 - M mu_(t+1))) / (sqrt(v / (1 - beta2^t)) + epsilon). g
 * includes weightDecay p.
 */
export function nadam({ weightDecay, beta1, beta2, epsilon, momentumDecay }: NadamOptions): Optimizer {
  const momentumAt = (t: number): number => beta1 * (1 - exponential(t * momentumDecay * LOG_DECAY) / 2);
  const products = [1];
  const productTo = (t: number): number => {
    for (let i = products.length; i <= t; i++) products.push(products[i - 1] * momentumAt(i));
    return products[t];
  };
  return eachByItself((graph, updated) => {
    const mean = stateOf(graph, updated, 'mean');
    const square = stateOf(graph, updated, 'mean square');
    const { parameter, gradient, updateNorm, rate } = updated;
    const gradientRate = (run: RunState): number => {
      const t = updateCount(run);
      return (rate(run) * (1 - momentumAt(t))) / (1 - productTo(t));
    };
    const meanRate = (run: RunState): number => {
      const t = updateCount(run);
      return (rate(run) * momentumAt(t + 1)) / (1 - productTo(t + 1));
    };
    graph.emitResult(
      updateNorm,
      'nadam',
      parameter,
      gradient,
      mean,
      square,
      updateCount,
      gradientRate,
      meanRate,
      weightDecay * updated.decay,
      beta1,
      beta2,
      epsilon,
    );
  });
}
