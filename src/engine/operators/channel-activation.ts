import type { Gradients } from '../graph';
import type { Graph } from '../graph';
import { ACTIVATION_READS, type ElementwiseActivation } from '../kernels/elementwise-activation';
import { sizeOf, type Tensor } from '../tensor';
import { activate, activateGradient, type ActivationName } from './activation';

/**
 * For operators that make maps `[n, channels, ...]`: adds the bias `[channels]` to `z` in place and returns f of it,
 * with `z` left as by `activate`. Makes no node.
 */
export function activateChannels(graph: Graph, name: ActivationName, z: Tensor, bias: Tensor | undefined): Tensor {
  if (!bias) return activate(graph, name, z, undefined);
  const isOnePass = takesOnePass(name);
  graph.emit('activateChannels', isOnePass ? name : 'identity', z, bias, ...partsOf(z));
  return isOnePass ? z : activate(graph, name, z, undefined);
}

/**
 * The gradient by f's input, given that by its output, with the `z` that `activateChannels` left; adds that by the
 * bias.
 */
export function activateChannelsGradient(
  graph: Graph,
  gradients: Gradients,
  name: ActivationName,
  z: Tensor,
  y: Tensor,
  dy: Tensor,
  bias: Tensor | undefined,
): Tensor {
  if (!bias) return activateGradient(graph, name, z, y, dy);
  const dBias = graph.tensor(bias.shape);
  let dz: Tensor;
  if (name !== 'identity' && takesOnePass(name)) {
    dz = graph.tensor(z.shape);
    graph.emit('activateChannelsBackward', name, y, dy, dz, dBias, ...partsOf(z));
  } else {
    dz = activateGradient(graph, name, z, y, dy);
    graph.emit('channelSums', dz, dBias, ...partsOf(z));
  }
  gradients.add(bias, dBias);
  return dz;
}

/** Whether the gradient reads the output, so that nothing but that need be kept. */
function takesOnePass(name: ActivationName): name is ElementwiseActivation {
  return name !== 'softmax' && ACTIVATION_READS[name] === 'output';
}

/** Images, channels, places of a map. */
function partsOf({ shape }: Tensor): [outer: number, channels: number, inner: number] {
  return [shape[0], shape[1], sizeOf(shape.slice(2))];
}
