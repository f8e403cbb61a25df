import { eachByItself, stateOf, updateCount, type Optimizer } from './optimizer';

export interface SgdOptions {
  readonly type: 'sgd';
  readonly weightDecay: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * Stochastic gradient descent: p -= rate g. With momentum b = momentum b + g, b = g at first, and p -= rate b, or
 * rate (g + momentum b) with Nesterov's. g includes weightDecay p.
 */
export function sgd({ momentum, nesterov, weightDecay }: SgdOptions): Optimizer {
  return eachByItself((graph, updated) => {
    const velocity = momentum === 0 ? undefined : stateOf(graph, updated, 'velocity');
    const { parameter, gradient, updateNorm, rate } = updated;
    graph.emitResult(
      updateNorm,
      'sgd',
      parameter,
      gradient,
      velocity,
      updateCount,
      rate,
      weightDecay * updated.decay,
      momentum,
      nesterov,
    );
  });
}
