import { eachByItself, stateOf, updateCount, type Optimizer } from './optimizer';

export interface AmsgradOptions {
  readonly type: 'amsgrad';
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** AMSGrad (Reddi et al. 2018): Adam with the largest v so far in place of v. g includes weightDecay p. */
export function amsgrad({ weightDecay, beta1, beta2, epsilon }: AmsgradOptions): Optimizer {
  return eachByItself((graph, updated) => {
    const mean = stateOf(graph, updated, 'mean');
    const square = stateOf(graph, updated, 'mean square');
    const largest = stateOf(graph, updated, 'largest mean square');
    const { parameter, gradient, updateNorm, rate } = updated;
    graph.emitResult(
      updateNorm,
      'amsgrad',
      parameter,
      gradient,
      mean,
      square,
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
