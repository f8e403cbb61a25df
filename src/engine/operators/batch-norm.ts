import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

export interface BatchNormOptions {
  readonly epsilon: number;
  /** New running statistics are (1 - momentum) old + momentum batch. */
  readonly momentum: number;
}

/**
 * Batch normalisation of `[n, features]` or `[n, channels, ...]`, per feature or channel (Ioffe and Szegedy 2015): by
 * the batch's statistics in training, by the running ones in evaluation. weight, bias, and the states runningMean and
 * runningVariance `[features]` (PyTorch starts them at 0 and 1).
 */
export function batchNorm(
  graph: Graph,
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  runningMean: Tensor,
  runningVariance: Tensor,
  options: BatchNormOptions,
): Tensor {
  const [outer, channels, ...rest] = x.shape as readonly [number, number, ...number[]];
  const inner = sizeOf(rest);
  const { momentum, epsilon } = options;
  if (graph.mode === 'evaluation')
    return frozenBatchNorm(graph, x, weight, bias, runningMean, runningVariance, epsilon);
  const y = graph.tensor(x.shape);
  const mean = graph.tensor([channels]);
  const inverseStd = graph.tensor([channels]);
  graph.emit(
    'batchNorm',
    x,
    weight,
    bias,
    y,
    mean,
    inverseStd,
    runningMean,
    runningVariance,
    outer,
    channels,
    inner,
    momentum,
    epsilon,
  );
  return graph.node('batch-norm', [x, weight, bias], y, (dy, gradients) => {
    const [dx, dWeight, dBias] = [graph.tensor(x.shape), graph.tensor(weight.shape), graph.tensor(bias.shape)];
    graph.emit('batchNormBackward', x, weight, mean, inverseStd, dy, dx, dWeight, dBias, outer, channels, inner);
    gradients.add(x, dx);
    gradients.add(weight, dWeight);
    gradients.add(bias, dBias);
  });
}

/**
 * Batch normalisation by the running statistics, which it does not change, in training too: that of a layer which is
 * not trained. No gradient by weight and bias.
 */
export function frozenBatchNorm(
  graph: Graph,
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  runningMean: Tensor,
  runningVariance: Tensor,
  epsilon: number,
): Tensor {
  const [outer, channels, ...rest] = x.shape as readonly [number, number, ...number[]];
  const inner = sizeOf(rest);
  const y = graph.tensor(x.shape);
  graph.emit('batchNormInference', x, weight, bias, y, runningMean, runningVariance, outer, channels, inner, epsilon);
  return graph.node('frozen-batch-norm', [x], y, (dy, gradients) => {
    // Linear but for what it subtracts and adds.
    const [dx, zeros] = [graph.tensor(x.shape), graph.tensor([channels])];
    graph.emit('fill', zeros, 0);
    graph.emit('batchNormInference', dy, weight, zeros, dx, zeros, runningVariance, outer, channels, inner, epsilon);
    gradients.add(x, dx);
  });
}
