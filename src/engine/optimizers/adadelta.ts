import { eachByItself, stateOf, type Optimizer } from './optimizer';

export interface AdadeltaOptions {
  readonly type: 'adadelta';
  readonly weightDecay: number;
  readonly rho: number;
  readonly epsilon: number;
}

/**
 * Adadelta (Zeiler 2012): v = rho v + (1 - rho) g²; d = g sqrt(a + epsilon) / sqrt(v + epsilon); a = rho a + (1 - rho)
 * d²; p -= rate d. g includes weightDecay p.
 */
export function adadelta({ weightDecay, rho, epsilon }: AdadeltaOptions): Optimizer {
  return eachByItself((graph, updated) => {
    const square = stateOf(graph, updated, 'mean square');
    const change = stateOf(graph, updated, 'mean square change');
    const { parameter, gradient, updateNorm, rate } = updated;
    graph.emitResult(
      updateNorm,
      'adadelta',
      parameter,
      gradient,
      square,
      change,
      rate,
      weightDecay * updated.decay,
      rho,
      epsilon,
    );
  });
}
