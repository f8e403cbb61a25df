import type { Combination, CurvedMap, ElementMap, StridedKernels } from '../strided-kernels';

/** Calls `visit` for every place of six axes in row-major order, with where it stands in two operands. */
function eachPlace(
  axes: readonly number[],
  firstStart: number,
  secondStart: number,
  visit: (first: number, second: number) => void,
): void {
  const from = (axis: number, first: number, second: number): void => {
    const [firstStride, secondStride] = [axes[6 + axis], axes[12 + axis]];
    for (let i = 0; i < axes[axis]; i++) {
      if (axis === 5) visit(first + i * firstStride, second + i * secondStride);
      else from(axis + 1, first + i * firstStride, second + i * secondStride);
    }
  };
  from(0, firstStart, secondStart);
}

const COMBINATIONS: Readonly<Record<Combination, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  greater: (a, b) => (a > b ? 1 : 0),
  'greater-or-equal': (a, b) => (a >= b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
  'larger-share': (a, b) => (a > b ? 1 : a === b ? 0.5 : 0),
  where: (a, b) => (b !== 0 ? a : 0),
  unless: (a, b) => (b === 0 ? a : 0),
};

const MAPS: Readonly<Record<ElementMap, (x: number, p: number, q: number) => number>> = {
  affine: (x, p, q) => p * x + q,
  clamp: (x, p, q) => (x < p ? p : x > q ? q : x),
  absolute: Math.abs,
  'square-root': Math.sqrt,
  'reciprocal-root': x => 1 / Math.sqrt(x),
  reciprocal: x => 1 / x,
  logarithm: Math.log,
};

/** Bounds and ties are PyTorch's: the gradient passes at the bounds of `clamp`, and that of |x| is 0 at 0. */
const MAP_GRADIENTS: Readonly<Record<CurvedMap, (dy: number, saved: number, p: number, q: number) => number>> = {
  clamp: (dy, x, p, q) => (x >= p && x <= q ? dy : 0),
  absolute: (dy, x) => (x > 0 ? dy : x < 0 ? -dy : 0),
  'square-root': (dy, y) => dy / (2 * y),
  'reciprocal-root': (dy, y) => -0.5 * dy * y * y * y,
  reciprocal: (dy, y) => -dy * y * y,
  logarithm: (dy, x) => dy / x,
};

/** The definition of `StridedKernels`. */
export const stridedKernels: StridedKernels = {
  copyStrided({ data: x }, xStart, { data: y }, yStart, accumulate, ...axes) {
    eachPlace(axes, xStart, yStart, (from, to) => {
      y[to] = accumulate ? y[to] + x[from] : x[from];
    });
  },
  combine(kind, { data: a }, { data: b }, { data: y }, ...axes) {
    const combination = COMBINATIONS[kind];
    let at = 0;
    eachPlace(axes, 0, 0, (first, second) => {
      y[at++] = combination(a[first], b[second]);
    });
  },
  mapElements(kind, { data: x }, { data: y }, p, q) {
    const map = MAPS[kind];
    for (let i = 0; i < y.length; i++) y[i] = map(x[i], p, q);
  },
  mapElementsBackward(kind, { data: saved }, { data: dy }, { data: dx }, p, q) {
    const gradient = MAP_GRADIENTS[kind];
    for (let i = 0; i < dx.length; i++) dx[i] = gradient(dy[i], saved[i], p, q);
  },
  sumMiddle({ data: x }, { data: y }, outer, middle, inner) {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let sum = 0;
        for (let m = 0; m < middle; m++) sum += x[(o * middle + m) * inner + i];
        y[o * inner + i] = sum;
      }
    }
  },
};
