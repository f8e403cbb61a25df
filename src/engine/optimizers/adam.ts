import { eachByItself, stateOf, updateCount, type Optimizer } from './optimizer';

export interface AdamOptions {
  readonly type: 'adam' | 'adamw';
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Adam (Kingma and Ba 2015): m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g²;
 * p -= rate (m / (1 - beta1^t)) / (sqrt(v) / sqrt(1 - beta2^t) + epsilon). `adam`: g includes weightDecay p.
 * `adamw` (Loshchilov and Hutter 2019): first p *= 1 - rate weightDecay instead.
 * @param share of the rate that its updates have
 */
export function adam({ type, weightDecay, beta1, beta2, epsilon }: AdamOptions, share = 1): Optimizer {
  return eachByItself((graph, updated) => {
    const mean = stateOf(graph, updated, 'mean');
    const square = stateOf(graph, updated, 'mean square');
    const { parameter, gradient, updateNorm, rate } = updated;
    graph.emitResult(
      updateNorm,
      'adam',
      parameter,
      gradient,
      mean,
      square,
      updateCount,
      run => rate(run) * share,
      weightDecay * updated.decay,
      beta1,
      beta2,
      epsilon,
      type === 'adamw',
    );
  });
}
