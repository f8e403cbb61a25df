import { eachByItself, stateOf, type Optimizer } from './optimizer';

export interface RmspropOptions {
  readonly type: 'rmsprop';
  readonly weightDecay: number;
  readonly alpha: number;
  readonly epsilon: number;
  readonly momentum: number;
}

/**
 * RMSprop (Hinton 2012), PyTorch's form: v = alpha v + (1 - alpha) g²; u = g / (sqrt(v) + epsilon); p -= rate u, or
 * with momentum b = momentum b + u, p -= rate b. g includes weightDecay p.
 */
export function rmsprop({ weightDecay, alpha, epsilon, momentum }: RmspropOptions): Optimizer {
  return eachByItself((graph, updated) => {
    const square = stateOf(graph, updated, 'mean square');
    const velocity = momentum === 0 ? undefined : stateOf(graph, updated, 'velocity');
    const { parameter, gradient, updateNorm, rate } = updated;
    graph.emitResult(
      updateNorm,
      'rmsprop',
      parameter,
      gradient,
      square,
      velocity,
      rate,
      weightDecay * updated.decay,
      alpha,
      epsilon,
      momentum,
    );
  });
}
