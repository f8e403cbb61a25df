import { cosine, exponential, logarithm, power, sine } from '../../elementary';
import { hash32 } from '../hash';
import type { Curve, NoiseKind, PlainTensorKernels } from '../plain-tensor-kernels';
import { errorFunctions } from './error-function';

const { erf } = errorFunctions(exponential);
const TWO_TO_THE_32 = 2 ** 32;

/** x^exponent, with the bits of no JavaScript engine. */
function powerOf(x: number, exponent: number): number {
  if (Number.isInteger(exponent)) {
    const size = power(x, Math.abs(exponent));
    return exponent < 0 ? 1 / size : size;
  }
  if (x === 0) return exponent < 0 ? Infinity : 0;
  return exponential(exponent * logarithm(x));
}

const CURVES: Readonly<Record<Curve, (x: number, exponent: number) => number>> = {
  sine,
  cosine,
  'error-function': erf,
  power: powerOf,
};

const CURVE_SLOPES: Readonly<Record<Curve, (x: number, exponent: number) => number>> = {
  sine: cosine,
  cosine: x => -sine(x),
  'error-function': x => (2 / Math.sqrt(Math.PI)) * exponential(-x * x),
  power: (x, exponent) => (exponent === 0 ? 0 : exponent * powerOf(x, exponent - 1)),
};

/** The n-th uniform number of a key, in (0, 1]. */
function uniform(n: number, key: number): number {
  return (hash32((Math.imul(n, 0x9e3779b9) + key) | 0) + 1) / TWO_TO_THE_32;
}

/** Normal numbers come from two uniform ones each (Box and Muller 1958). */
const NOISES: Readonly<Record<NoiseKind, (i: number, key: number) => number>> = {
  uniform: (i, key) => uniform(i, key) - 1 / TWO_TO_THE_32,
  normal: (i, key) => Math.sqrt(-2 * logarithm(uniform(2 * i, key))) * cosine(2 * Math.PI * uniform(2 * i + 1, key)),
};

/** Calls `visit` with the place of an element of x, that of y, and that of the id between them. */
function eachId(
  [outer, middle, count, inner, idStrideO, idStrideJ, idStrideI]: readonly number[],
  ids: Int32Array,
  visit: (x: number, y: number) => void,
): void {
  let y = 0;
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < count; j++) {
      for (let i = 0; i < inner; i++) {
        const id = ids[o * idStrideO + j * idStrideJ + i * idStrideI];
        visit((o * middle + id) * inner + i, y++);
      }
    }
  }
}

/** The definition of `PlainTensorKernels`. */
export const plainTensorKernels: PlainTensorKernels = {
  curve(kind, { data: x }, { data: y }, exponent) {
    const curve = CURVES[kind];
    for (let i = 0; i < y.length; i++) y[i] = curve(x[i], exponent);
  },
  curveBackward(kind, { data: x }, { data: dy }, { data: dx }, exponent) {
    const slope = CURVE_SLOPES[kind];
    for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * slope(x[i], exponent);
  },
  cumulativeSum({ data: x }, { data: y }, outer, middle, inner, reverse) {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let sum = 0;
        for (let step = 0; step < middle; step++) {
          const at = (o * middle + (reverse ? middle - 1 - step : step)) * inner + i;
          sum += x[at];
          y[at] = sum;
        }
      }
    }
  },
  productMiddle({ data: x }, { data: y }, outer, middle, inner) {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let product = 1;
        for (let m = 0; m < middle; m++) product *= x[(o * middle + m) * inner + i];
        y[o * inner + i] = product;
      }
    }
  },
  productMiddleBackward({ data: x }, { data: dy }, { data: dx }, outer, middle, inner) {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const at = (m: number): number => (o * middle + m) * inner + i;
        let before = dy[o * inner + i];
        for (let m = 0; m < middle; m++) {
          dx[at(m)] = before;
          before *= x[at(m)];
        }
        let after = 1;
        for (let m = middle - 1; m >= 0; m--) {
          dx[at(m)] *= after;
          after *= x[at(m)];
        }
      }
    }
  },
  gatherMiddle({ data: x }, { data: ids }, { data: y }, ...sizes) {
    eachId(sizes, ids, (from, to) => {
      y[to] = x[from];
    });
  },
  scatterAddMiddle({ data: y }, { data: ids }, { data: x }, ...sizes) {
    eachId(sizes, ids, (to, from) => {
      x[to] += y[from];
    });
  },
  oneHot({ data: ids }, { data: y }, classes) {
    y.fill(0);
    for (let i = 0; i < ids.length; i++) y[i * classes + ids[i]] = 1;
  },
  noise(kind, { data: y }, key) {
    const draw = NOISES[kind];
    for (let i = 0; i < y.length; i++) y[i] = draw(i, key);
  },
  firstElement: ({ data }) => data[0],
};
