import type { Graph } from '../graph';
import { ACTIVATION_READS, type ElementwiseActivation } from '../kernels/elementwise-activation';
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
  return graph.node('activation', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    if (name === 'softmax') emitSoftmaxBackward(graph, y, dy, dx);
    else graph.emit('activateBackward', name, ACTIVATION_READS[name] === 'input' ? x : y, dy, dx);
    gradients.add(x, dx);
  });
}

/**
 * For operators with an activation of their own: adds the bias to `z` in place and returns f of it. Where the gradient
 * reads f's output, that stands in place of `z`; where it reads the input, `z` is left holding f', which is cheaper to
 * find in the same pass than anew in the backward one. Makes no node.
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
  if (graph.mode === 'training' && ACTIVATION_READS[name] === 'input') {
    const y = graph.tensor(z.shape);
    graph.emit('activateKeepingSlope', name, z, bias, y, rows, columns);
    return y;
  }
  if (bias || name !== 'identity') graph.emit('activate', name, z, bias, z, rows, columns);
  return z;
}

/** The gradient by f's input, given that by its output, with the `z` that `activate` left. */
export function activateGradient(graph: Graph, name: ActivationName, z: Tensor, y: Tensor, dy: Tensor): Tensor {
  if (name === 'identity') return dy;
  const dz = graph.tensor(z.shape);
  if (name === 'softmax') emitSoftmaxBackward(graph, y, dy, dz);
  else if (ACTIVATION_READS[name] === 'input') graph.emit('multiply', dy, z, dz);
  else graph.emit('activateBackward', name, y, dy, dz);
  return dz;
}

function emitSoftmaxBackward(graph: Graph, y: Tensor, dy: Tensor, dx: Tensor): void {
  const columns = y.shape.at(-1)!;
  graph.emit('softmaxBackward', y, dy, dx, sizeOf(y.shape) / columns, columns);
}
