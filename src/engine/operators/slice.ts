/** Parts of a tensor, by their place along an axis. Bounds and steps are counted as in Python. */
import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { moveAlong } from './move-along';
import { reshape } from './reshape';
import { concatenate } from './concatenate';
import { isSameShape, sixAxes, stridesOf } from './strides';
import { expand } from './expand';

/** Entries `start`, `start + step` … before `stop`. Negative bounds count from the end; the step may be negative. */
export interface Slice {
  readonly start?: number;
  readonly stop?: number;
  readonly step?: number;
}

/** The first entry of a slice over an axis of so many, and how many there are. */
export function sliceOf(
  size: number,
  { start, stop, step = 1 }: Slice,
): { readonly from: number; readonly count: number } {
  const within = (bound: number, low: number, high: number): number =>
    Math.min(Math.max(bound < 0 ? bound + size : bound, low), high);
  const [from, end] =
    step > 0
      ? [within(start ?? 0, 0, size), within(stop ?? size, 0, size)]
      : [within(start ?? size - 1, -1, size - 1), stop === undefined ? -1 : within(stop, -1, size - 1)];
  return { from, count: Math.max(0, Math.ceil((end - from) / step)) };
}

/** A part of an axis. Throws where it is empty. */
export function slice(graph: Graph, x: Tensor, axis: number, part: Slice): Tensor {
  const { from, count } = sliceOf(x.shape[axis], part);
  if (count === 0) throw new Error(`The slice of axis ${axis} of [${x.shape.join(', ')}] is empty.`);
  const step = part.step ?? 1;
  if (step === 1 && count === x.shape[axis]) return x;
  return moveAlong(graph, x, axis, { size: count, moves: [{ from, step, to: 0, count }] });
}

/** One entry of an axis, which goes. */
export function select(graph: Graph, x: Tensor, axis: number, index: number): Tensor {
  const from = index < 0 ? index + x.shape[axis] : index;
  const part = slice(graph, x, axis, { start: from, stop: from + 1 });
  return reshape(
    graph,
    part,
    x.shape.filter((_, other) => other !== axis),
  );
}

/** Parts of these sizes, one after another. */
export function split(graph: Graph, x: Tensor, axis: number, sizes: readonly number[]): Tensor[] {
  let start = 0;
  return sizes.map(size => slice(graph, x, axis, { start, stop: (start += size) }));
}

/** As many equal parts, the last of which may be smaller, as PyTorch's `chunk` gives for this number. */
export function chunk(graph: Graph, x: Tensor, axis: number, count: number): Tensor[] {
  const size = Math.ceil(x.shape[axis] / count);
  const parts = Math.ceil(x.shape[axis] / size);
  const sizes = Array.from({ length: parts }, (_, index) => Math.min(size, x.shape[axis] - index * size));
  return split(graph, x, axis, sizes);
}

/** Every entry of an axis by itself. */
export function unbind(graph: Graph, x: Tensor, axis: number): Tensor[] {
  return Array.from({ length: x.shape[axis] }, (_, index) => select(graph, x, axis, index));
}

/** Tensors of one shape side by side along a new axis. */
export function stack(graph: Graph, tensors: readonly Tensor[], axis: number): Tensor {
  const shape = tensors[0].shape.toSpliced(axis, 0, 1);
  return concatenate(
    graph,
    tensors.map(x => reshape(graph, x, shape)),
    axis,
  );
}

/** The entries of these axes in reverse order. */
export function flip(graph: Graph, x: Tensor, axes: readonly number[]): Tensor {
  return axes.reduce((turned, axis) => slice(graph, turned, axis, { step: -1 }), x);
}

/** Entries shifted by so many places along an axis; those beyond the end come in at the start. */
export function roll(graph: Graph, x: Tensor, axis: number, shift: number): Tensor {
  const size = x.shape[axis];
  const by = ((shift % size) + size) % size;
  if (by === 0) return x;
  const moves = [
    { from: size - by, step: 1, to: 0, count: by },
    { from: 0, step: 1, to: by, count: size - by },
  ];
  return moveAlong(graph, x, axis, { size, moves });
}

/** x with `value`, broadcast to their shape, in place of the entries of these slices, one per axis (`x[…] = value`). */
export function assignSlice(graph: Graph, x: Tensor, value: Tensor, parts: readonly Slice[]): Tensor {
  const places = x.shape.map((size, axis) => sliceOf(size, parts[axis] ?? {}));
  const sizes = places.map(({ count }) => count);
  const strides = stridesOf(x.shape);
  const start = places.reduce((sum, { from }, axis) => sum + from * strides[axis], 0);
  const steps = strides.map((stride, axis) => stride * (parts[axis]?.step ?? 1));
  const fitting = isSameShape(value.shape, sizes) ? value : expand(graph, value, sizes);
  const y = graph.tensor(x.shape, x.needsGradient || value.needsGradient);
  const into = sixAxes(sizes, stridesOf(sizes), steps);
  graph.emit('copy', x, y);
  graph.emit('copyStrided', fitting, 0, y, start, false, ...into);
  return graph.node('assign-slice', [x, fitting], y, (dy, gradients) => {
    if (x.needsGradient) {
      const [dx, zero] = [graph.tensor(x.shape), graph.tensor([1])];
      graph.emit('copy', dy, dx);
      graph.emit('fill', zero, 0);
      const none = sizes.map(() => 0);
      graph.emit('copyStrided', zero, 0, dx, start, false, ...sixAxes(sizes, none, steps));
      gradients.add(x, dx);
    }
    if (fitting.needsGradient) {
      const dValue = graph.tensor(sizes);
      graph.emit('copyStrided', dy, start, dValue, 0, false, ...sixAxes(sizes, steps, stridesOf(sizes)));
      gradients.add(fitting, dValue);
    }
  });
}
