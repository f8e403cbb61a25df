import { eachByItself, stateOf, type Optimizer } from './optimizer';

export interface LionOptions {
  readonly type: 'lion';
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
}

/**
 * Lion (Chen et al. 2023): p *= 1 - rate weightDecay; p -= rate sign(beta1 m + (1 - beta1) g); m = beta2 m + (1 -
 * beta2) g.
 */
export function lion({ weightDecay, beta1, beta2 }: LionOptions): Optimizer {
  return eachByItself((graph, updated) => {
    const mean = stateOf(graph, updated, 'mean');
    graph.emitResult(
      updated.updateNorm,
      'lion',
      updated.parameter,
      updated.gradient,
      mean,
      updated.rate,
      weightDecay * updated.decay,
      beta1,
      beta2,
    );
  });
}
