import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { groupNorm } from './group-norm';

/** What normalized channels are multiplied with, and what is added. */
export interface ChannelAffine {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/** Every channel of every example of `[n, channels, ...]` normalized by itself (Ulyanov et al. 2016). */
export function instanceNorm(graph: Graph, x: Tensor, affine: ChannelAffine | undefined, epsilon: number): Tensor {
  const channels = x.shape[1];
  const all = (value: number): Tensor => graph.constant([channels], Array<number>(channels).fill(value));
  const { weight, bias } = affine ?? { weight: all(1), bias: all(0) };
  return groupNorm(graph, x, weight, bias, channels, epsilon);
}
