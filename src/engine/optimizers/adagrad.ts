import { eachByItself, stateOf, type Optimizer } from './optimizer';

export interface AdagradOptions {
  readonly type: 'adagrad';
  readonly weightDecay: number;
  readonly epsilon: number;
}

/** Adagrad (Duchi et al. 2011): s += g²; p -= rate g / (sqrt(s) + epsilon). g includes weightDecay p. */
export function adagrad({ weightDecay, epsilon }: AdagradOptions): Optimizer {
  return eachByItself((graph, updated) => {
    const sum = stateOf(graph, updated, 'sum of squares');
    graph.emitResult(
      updated.updateNorm,
      'adagrad',
      updated.parameter,
      updated.gradient,
      sum,
      updated.rate,
      weightDecay * updated.decay,
      epsilon,
    );
  });
}
