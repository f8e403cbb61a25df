import type { Graph } from '../graph';
import { ACTIVATION_READS, type ElementwiseActivation } from '../kernels/kernels';
import { sizeOf, type Tensor } from '../tensor';

/** Every activation; `softmax` acts on the last axis. Formulas: `kernels/reference/activations.ts`. */
export type ActivationName = ElementwiseActivation | 'softmax';

/** y = f(x), any shape. */
export function activation(graph: Graph, x: Tensor, name: ActivationName): Tensor {
  if (name === 'identity') return x;
  const y = graph.tensor(x.shape);
  const columns = x.shape.at(-1)!;
  const rows = sizeOf(x.shape) / columns;
  if (name === 'softmax') graph.emit('softmax', x, y, rows, columns);
  else graph.emit('activate', name, x, undefined, y, rows, columns);
  return graph.node('activation', [x], y, (dy, gradients) => gradients.add(x, activateGradient(graph, name, x, y, dy)));
}

/**
 * For operators with an activation of their own: adds the bias to `z` in place and returns f of it, in place of `z` too
 * where the gradient does not need `z` any more. Makes no node.
 */
export function activate(graph: Graph, name: ActivationName, z: Tensor, bias: Tensor | undefined): Tensor {
  const columns = z.shape.at(-1)!;
  const rows = sizeOf(z.shape) / columns;
  if (name === 'softmax') {
    if (bias) graph.emit('activate', 'identity', z, bias, z, rows, columns);
    const y = graph.tensor(z.shape);
    graph.emit('softmax', z, y, rows, columns);
    return y;
  }
  const y = ACTIVATION_READS[name] === 'input' ? graph.tensor(z.shape) : z;
  if (bias || name !== 'identity') graph.emit('activate', name, z, bias, y, rows, columns);
  return y;
}

/** The gradient by f's input, given that by its output. */
export function activateGradient(graph: Graph, name: ActivationName, z: Tensor, y: Tensor, dy: Tensor): Tensor {
  if (name === 'identity') return dy;
  const dz = graph.tensor(z.shape);
  if (name === 'softmax') {
    const columns = z.shape.at(-1)!;
    graph.emit('softmaxBackward', y, dy, dz, sizeOf(z.shape) / columns, columns);
  } else {
    graph.emit('activateBackward', name, ACTIVATION_READS[name] === 'input' ? z : y, dy, dz);
  }
  return dz;
}
