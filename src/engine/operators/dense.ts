import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { activate, activateGradient, type ActivationName } from './activation';

/**
 * A linear layer on the last axis, and its activation: y = f(x weightᵀ + bias).
 * x `[..., features]`, weight `[units, features]`, bias `[units]` → `[..., units]`.
 */
export function dense(
  graph: Graph, x: Tensor, weight: Tensor, bias: Tensor | undefined, activation: ActivationName = 'identity',
): Tensor {
  const [units, features] = weight.shape as readonly [number, number];
  const rows = sizeOf(x.shape) / features;
  const z = graph.tensor([...x.shape.slice(0, -1), units]);
  graph.emit('matmulTransposedB', x, weight, z, rows, units, features, false);
  const y = activate(graph, activation, z, bias);

  return graph.node('dense', [x, weight, bias], y, (dy, gradients) => {
    const dz = activateGradient(graph, activation, z, y, dy);
    if (bias) {
      const dBias = graph.tensor(bias.shape);
      graph.emit('columnSums', dz, dBias, rows, units, false);
      gradients.add(bias, dBias);
    }
    const dWeight = graph.tensor(weight.shape);
    graph.emit('matmulTransposedA', dz, x, dWeight, units, features, rows, false);
    gradients.add(weight, dWeight);
    if (x.needsGradient) {
      const dx = graph.tensor(x.shape);
      graph.emit('matmul', dz, weight, dx, rows, features, units, false);
      gradients.add(x, dx);
    }
  });
}
