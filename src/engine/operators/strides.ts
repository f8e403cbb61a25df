/** How kernels walk tensors of any shape: a stride per axis, of up to six axes. */
import type { SixAxes } from '../kernels/strided-kernels';
import type { TensorShape } from '../tensor';

/** Axes that a strided kernel walks. */
const MOST_AXES = 6;

/** Elements from one entry of each axis to the next, row-major. */
export function stridesOf(shape: TensorShape): number[] {
  const strides: number[] = [];
  let next = 1;
  for (const size of shape.toReversed()) {
    strides.unshift(next);
    next *= size;
  }
  return strides;
}

/** Whether two shapes are equal. */
export function isSameShape(a: TensorShape, b: TensorShape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** The shape that two shapes are broadcast to: aligned at the last axis, axes of size 1 repeated. Throws if none. */
export function broadcastShape(a: TensorShape, b: TensorShape): TensorShape {
  const rank = Math.max(a.length, b.length);
  const second = ofRank(b, rank);
  return ofRank(a, rank).map((size, axis) => {
    const other = second[axis];
    if (size !== other && size !== 1 && other !== 1) {
      throw new Error(`The shapes [${a.join(', ')}] and [${b.join(', ')}] cannot be broadcast.`);
    }
    return size === 1 ? other : size;
  });
}

/** The shape with axes of size 1 in front, as many as make it of this rank. */
export function ofRank(shape: TensorShape, rank: number): TensorShape {
  return [...Array<number>(rank - shape.length).fill(1), ...shape];
}

/** Strides by which a tensor of `shape` is walked as one of `target`: 0 along axes that are repeated. */
export function broadcastStrides(shape: TensorShape, target: TensorShape): number[] {
  const sizes = ofRank(shape, target.length);
  return stridesOf(sizes).map((stride, axis) => (sizes[axis] === 1 ? 0 : stride));
}

/**
 * The axes of two operands as a kernel takes them: those of size 1 left out, neighbors that both walk as one merged.
 * Throws if more than six are left.
 */
export function sixAxes(
  sizes: readonly number[],
  first: readonly number[],
  second: readonly number[],
): [...SixAxes, ...SixAxes, ...SixAxes] {
  const merged: [size: number, first: number, second: number][] = [];
  sizes.forEach((size, axis) => {
    if (size === 1) return;
    const outer = merged.at(-1);
    const isOne = outer && outer[1] === size * first[axis] && outer[2] === size * second[axis];
    if (isOne) merged[merged.length - 1] = [outer[0] * size, first[axis], second[axis]];
    else merged.push([size, first[axis], second[axis]]);
  });
  if (merged.length > MOST_AXES) {
    throw new Error(`At most ${MOST_AXES} axes can be walked at once, not ${merged.length}.`);
  }
  const filled = [...Array<(typeof merged)[number]>(MOST_AXES - merged.length).fill([1, 0, 0]), ...merged];
  const column = (index: 0 | 1 | 2): SixAxes => filled.map(axis => axis[index]) as SixAxes;
  return [...column(0), ...column(1), ...column(2)];
}
