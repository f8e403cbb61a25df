import type { Graph } from '../graph';
import type { Curve } from '../kernels/plain-tensor-kernels';
import type { Tensor } from '../tensor';
import { elementMap } from './element-map';
import { multiply } from './multiply';

/** y = sin x, cos x or erf x of each element. */
export function curve(graph: Graph, kind: Exclude<Curve, 'power'>, x: Tensor): Tensor {
  return curved(graph, kind, x, 0);
}

/** y = x^exponent of each element; NaN for negative x where the exponent is not whole. */
export function power(graph: Graph, x: Tensor, exponent: number): Tensor {
  switch (exponent) {
    case 1:
      return x;
    case 2:
      return multiply(graph, x, x);
    case 0.5:
      return elementMap(graph, 'square-root', x);
    case -0.5:
      return elementMap(graph, 'reciprocal-root', x);
    case -1:
      return elementMap(graph, 'reciprocal', x);
    default:
      return curved(graph, 'power', x, exponent);
  }
}

function curved(graph: Graph, kind: Curve, x: Tensor, exponent: number): Tensor {
  const y = graph.tensor(x.shape, x.needsGradient);
  graph.emit('curve', kind, x, y, exponent);
  return graph.node('curve', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('curveBackward', kind, x, dy, dx, exponent);
    gradients.add(x, dx);
  });
}
