import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';

/**
 * Group normalisation (Wu and He 2018) of `[n, channels, ...]`: each example over all positions of each of `groups`
 * equal parts of the channels. weight and bias `[channels]`. One group is layer normalisation of the whole example, a
 * group a channel is instance normalisation.
 */
export function groupNorm(
  graph: Graph,
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  groups: number,
  epsilon: number,
): Tensor {
  const [outer, channels, ...rest] = x.shape as readonly [number, number, ...number[]];
  const inner = sizeOf(rest);
  const y = graph.tensor(x.shape);
  const mean = graph.tensor([outer, groups]);
  const inverseStd = graph.tensor([outer, groups]);
  graph.emit('groupNorm', x, weight, bias, y, mean, inverseStd, outer, channels, inner, groups, epsilon);
  return graph.node('group-norm', [x, weight, bias], y, (dy, gradients) => {
    const [dx, dWeight, dBias] = [graph.tensor(x.shape), graph.tensor(weight.shape), graph.tensor(bias.shape)];
    graph.emit(
      'groupNormBackward',
      x,
      weight,
      mean,
      inverseStd,
      dy,
      dx,
      dWeight,
      dBias,
      outer,
      channels,
      inner,
      groups,
    );
    gradients.add(x, dx);
    gradients.add(weight, dWeight);
    gradients.add(bias, dBias);
  });
}
