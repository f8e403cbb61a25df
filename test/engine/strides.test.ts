import { describe, expect, it } from 'vitest';
import { sliceOf, type Slice } from '../../src/engine/operators/slice';
import { broadcastShape, broadcastStrides, sixAxes, stridesOf } from '../../src/engine/operators/strides';

describe('axes of strided kernels', () => {
  it('are one where both operands are dense', () => {
    const strides = stridesOf([2, 3, 4]);
    expect(sixAxes([2, 3, 4], strides, strides)).toEqual([1, 1, 1, 1, 1, 24, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
  });

  it('stay apart where an operand is broadcast', () => {
    const shape = [2, 3, 4, 5];
    expect(sixAxes(shape, stridesOf(shape), broadcastStrides([3, 1, 1], shape))).toEqual([
      ...[1, 1, 1, 2, 3, 20],
      ...[0, 0, 0, 60, 20, 1],
      ...[0, 0, 0, 0, 1, 0],
    ]);
  });

  it('are six at most', () => {
    const shape = [2, 2, 2, 2, 2, 2, 2];
    const dense = stridesOf(shape);
    expect(sixAxes(shape, dense, dense).slice(0, 6)).toEqual([1, 1, 1, 1, 1, 128]);
    expect(() => sixAxes(shape, dense, dense.toReversed())).toThrow('At most 6 axes can be walked at once, not 7');
  });

  it('are broadcast from the end', () => {
    expect(broadcastShape([3, 1, 5], [4, 1])).toEqual([3, 4, 5]);
    expect(() => broadcastShape([3, 2], [3])).toThrow('[3, 2] and [3] cannot be broadcast');
  });
});

describe('slices', () => {
  const entries = [0, 1, 2, 3, 4, 5, 6];
  /** What Python's `list(range(7))[start:stop:step]` gives. */
  const CASES: readonly (readonly [Slice, readonly number[]])[] = [
    [{}, entries],
    [{ start: 2 }, [2, 3, 4, 5, 6]],
    [{ stop: -2 }, [0, 1, 2, 3, 4]],
    [{ start: -3, stop: 20 }, [4, 5, 6]],
    [{ start: 1, step: 3 }, [1, 4]],
    [{ step: -1 }, [6, 5, 4, 3, 2, 1, 0]],
    [{ start: 5, stop: 1, step: -2 }, [5, 3]],
    [{ start: 20, stop: -20, step: -3 }, [6, 3, 0]],
    [{ start: 4, stop: 2 }, []],
    [{ start: 9 }, []],
  ];

  it.each(CASES)('%j as in Python', (part, expected) => {
    const { from, count } = sliceOf(entries.length, part);
    expect(Array.from({ length: count }, (_, i) => entries[from + i * (part.step ?? 1)])).toEqual(expected);
  });
});
