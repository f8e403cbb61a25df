import { describe, expect, it } from 'vitest';
import { buildCurve, buildSparseCurve, smooth } from '../../webview/charts/curve';

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

describe('buildCurve', () => {
  it('leaves a gap and a mark where a value is not finite', () => {
    const curve = buildCurve([0, 1, 2, 3, 4], [1, 2, Number.NaN, Number.POSITIVE_INFINITY, 5], true, 100);
    expect(curve.points.map(({ y }) => y)).toEqual([1, 2, Number.NaN, Number.NaN, 5]);
    expect(curve.marks.filter(({ kind }) => kind === 'not-finite').map(({ x }) => x)).toEqual([2, 3]);
    expect([curve.minimum, curve.maximum]).toEqual([1, 5]);
  });

  it('marks zeros on a log axis, and draws them on a linear one', () => {
    const [xs, ys] = [
      [0, 1, 2],
      [1, 0, 1],
    ];
    expect(buildCurve(xs, ys, true, 100).marks.filter(({ kind }) => kind === 'zero')).toEqual([
      { x: 1, y: 0, kind: 'zero' },
    ]);
    expect(buildCurve(xs, ys, true, 100).points[1].y).toBeNaN();
    const linear = buildCurve(xs, ys, false, 100);
    expect(linear.marks).toEqual([]);
    expect(linear.minimum).toBe(0);
  });

  it('marks a lone value, which no line would show', () => {
    const curve = buildCurve([0, 1, 2, 3], [Number.NaN, 4, Number.NaN, 1], true, 100);
    expect(curve.marks.filter(({ kind }) => kind === 'dot')).toEqual([
      { x: 1, y: 4, kind: 'dot' },
      { x: 3, y: 1, kind: 'dot' },
    ]);
    expect(buildCurve([0], [1], true, 100).marks).toEqual([{ x: 0, y: 1, kind: 'dot' }]);
  });

  it('thins a long series without losing a spike, a zero or what is not finite', () => {
    const ys = range(5000).map(step =>
      step === 1777 ? 1e6 : step === 3001 ? 0 : step === 4000 ? Number.NaN : 1 + 0.1 * Math.sin(step),
    );
    const curve = buildCurve(range(5000), ys, true, 100);
    expect(curve.points.length).toBeLessThan(220);
    expect(curve.points).toContainEqual({ x: 1777, y: 1e6 });
    expect(curve.marks.map(({ x, kind }) => [x, kind])).toEqual(
      expect.arrayContaining([
        [3001, 'zero'],
        [4000, 'not-finite'],
      ]),
    );
    expect(curve.points[0].x).toBe(0);
    expect(curve.points.at(-1)?.x).toBe(4999);
  });

  it('has no range without values', () => {
    expect(buildCurve([], [], true, 10)).toEqual({
      points: [],
      marks: [],
      minimum: Number.POSITIVE_INFINITY,
      maximum: Number.NEGATIVE_INFINITY,
    });
  });
});

describe('buildSparseCurve', () => {
  it('joins what was measured', () => {
    const curve = buildSparseCurve([0, 1, 2, 3], [5, undefined, undefined, 4], false, 100);
    expect(curve.points).toEqual([
      { x: 0, y: 5 },
      { x: 3, y: 4 },
    ]);
  });
});

describe('smooth', () => {
  it('keeps a constant from the first value on', () => {
    for (const value of smooth([3, 3, 3, 3], 0.9)) expect(value).toBeCloseTo(3, 12);
  });

  it('is the exponential moving average with its bias taken out', () => {
    const [first, second] = smooth([1, 2], 0.9);
    expect(first).toBeCloseTo(1, 12);
    expect(second).toBeCloseTo((0.9 * 0.1 * 1 + 0.1 * 2) / (1 - 0.81), 12);
  });

  it('neither hides nor spreads a value that is not finite', () => {
    expect(Array.from(smooth([1, Number.NaN, 1], 0.9))).toEqual([1, Number.NaN, 1]);
  });
});
