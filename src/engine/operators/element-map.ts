import type { Graph } from '../graph';
import { MAP_READS, type CurvedMap } from '../kernels/strided-kernels';
import type { Tensor } from '../tensor';

/** y = scale x + shift: arithmetic with numbers. */
export function affine(graph: Graph, x: Tensor, scale: number, shift = 0): Tensor {
  const y = graph.tensor(x.shape, x.needsGradient);
  graph.emit('mapElements', 'affine', x, y, scale, shift);
  return graph.node('affine', [x], y, (dy, gradients) => {
    if (scale === 1) return gradients.add(x, dy);
    const dx = graph.tensor(x.shape);
    graph.emit('mapElements', 'affine', dy, dx, scale, 0);
    gradients.add(x, dx);
  });
}

/** y = min(max(x, low), high). The gradient passes where x is between the bounds or at one. */
export function clamp(graph: Graph, x: Tensor, low = -Infinity, high = Infinity): Tensor {
  return curvedMap(graph, 'clamp', x, [low, high]);
}

/** y = f(x) of each element: |x|, √x, 1 / √x, 1 / x, log x. */
export function elementMap(graph: Graph, kind: Exclude<CurvedMap, 'clamp'>, x: Tensor): Tensor {
  return curvedMap(graph, kind, x, [0, 0]);
}

function curvedMap(graph: Graph, kind: CurvedMap, x: Tensor, bounds: readonly [number, number]): Tensor {
  const y = graph.tensor(x.shape, x.needsGradient);
  graph.emit('mapElements', kind, x, y, ...bounds);
  return graph.node('element-map', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('mapElementsBackward', kind, MAP_READS[kind] === 'input' ? x : y, dy, dx, ...bounds);
    gradients.add(x, dx);
  });
}
