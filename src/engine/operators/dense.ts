import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { activate, activateGradient, type ActivationName } from './activation';
import { addInputGradient, addProjectionGradients, inputRows, projectRows } from './input-rows';

/**
 * A linear layer on the last axis, and its activation: y = f(x weightᵀ + bias).
 * x `[..., features]`, weight `[units, features]`, bias `[units]` → `[..., units]`.
 */
export function dense(
  graph: Graph,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  activation: ActivationName = 'identity',
): Tensor {
  const [units, features] = weight.shape as readonly [number, number];
  const input = inputRows(graph, x);
  const z = projectRows(graph, input, weight, [...x.shape.slice(0, -1), units]);
  const y = activate(graph, activation, z, bias);

  return graph.node('dense', [x, weight, bias], y, (dy, gradients) => {
    const dz = activateGradient(graph, activation, z, y, dy);
    addProjectionGradients(graph, gradients, input, weight, bias ? [bias] : [], dz);
    if (x.needsGradient) {
      const dx = graph.tensor(x.shape);
      graph.emit('matmul', dz, weight, dx, sizeOf(x.shape) / features, features, units, false);
      addInputGradient(gradients, x, input, dx);
    }
  });
}
