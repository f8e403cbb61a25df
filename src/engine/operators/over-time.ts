import type { Graph } from '../graph';
import type { Tensor } from '../tensor';

/** The last time step: `[n, time, features]` to `[n, features]`. */
export function lastStep(graph: Graph, x: Tensor): Tensor {
  const [batch, time, features] = x.shape as readonly [number, number, number];
  const start = (time - 1) * features;
  const y = graph.tensor([batch, features]);
  graph.emit('copyRows', x, start, time * features, y, 0, features, batch, features);
  return graph.node('last-step', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('fill', dx, 0);
    graph.emit('copyRows', dy, 0, features, dx, start, time * features, batch, features);
    gradients.add(x, dx);
  });
}

/** The mean over time: `[n, time, features]` to `[n, features]`. */
export function meanOverTime(graph: Graph, x: Tensor): Tensor {
  const [batch, time, features] = x.shape as readonly [number, number, number];
  const y = graph.tensor([batch, features]);
  graph.emit('meanOverMiddle', x, y, batch, time, features);
  return graph.node('mean-over-time', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('meanOverMiddleBackward', dy, dx, batch, time, features);
    gradients.add(x, dx);
  });
}

/** `length` time steps from `start` on. x `[n, time, features]` → `[n, length, features]` */
export function sliceOverTime(graph: Graph, x: Tensor, start: number, length: number): Tensor {
  const [batch, time, features] = x.shape as readonly [number, number, number];
  const [first, columns, stride] = [start * features, length * features, time * features];
  const y = graph.tensor([batch, length, features]);
  graph.emit('copyRows', x, first, stride, y, 0, columns, batch, columns);
  return graph.node('slice-over-time', [x], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    graph.emit('fill', dx, 0);
    graph.emit('copyRows', dy, 0, columns, dx, first, stride, batch, columns);
    gradients.add(x, dx);
  });
}
