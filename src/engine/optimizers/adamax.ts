import { eachByItself, stateOf, updateCount, type Optimizer } from './optimizer';

export interface AdamaxOptions {
  readonly type: 'adamax';
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Adamax (Kingma and Ba 2015): m = beta1 m + (1 - beta1) g; u = max(beta2 u, |g| + epsilon);
 * p -= rate / (1 - beta1^t) m / u. g includes weightDecay p.
 */
export function adamax({ weightDecay, beta1, beta2, epsilon }: AdamaxOptions): Optimizer {
  return eachByItself((graph, updated) => {
    const mean = stateOf(graph, updated, 'mean');
    const largest = stateOf(graph, updated, 'largest');
    const { parameter, gradient, updateNorm, rate } = updated;
    graph.emitResult(
      updateNorm,
      'adamax',
      parameter,
      gradient,
      mean,
      largest,
      updateCount,
      rate,
      weightDecay * updated.decay,
      beta1,
      beta2,
      epsilon,
    );
  });
}
