import { describe, expect, it } from 'vitest';
import { FLUSH_BOUND } from '../../../src/engine/kernels/flush';
import type { NumberBuffer } from '../../../src/engine/kernels/buffers';
import type { ElementwiseActivation } from '../../../src/engine/kernels/elementwise-activation';
import { erfc } from '../../../src/engine/kernels/reference/error-function';
import { openSimdKernels } from '../../../src/engine/kernels/simd/open-simd-kernels';

const COUNT = 60_000;
const set = openSimdKernels(2 * 4 * COUNT);
const x = numbers(set.base);
const y = numbers(set.base + 4 * COUNT);

function numbers(offset: number): NumberBuffer {
  return { offset, length: COUNT, data: new Float32Array(set.memory, offset, COUNT) };
}

/** Distance between neighbouring float32 numbers at a value. */
function ulp(value: number): number {
  const size = Math.abs(value);
  return size < 2 ** -126 ? 2 ** -149 : 2 ** (Math.floor(Math.log2(size)) - 23);
}

/** Largest error of y against f(x), in ulp of f(x); what is below the bound of `flush.ts` is to be 0. */
function worstError(f: (x: number) => number): { ulps: number; at: number } {
  let worst = { ulps: 0, at: 0 };
  for (let i = 0; i < COUNT; i++) {
    const value = f(x.data[i]);
    // at the bound itself rounding decides
    if (Math.abs(Math.abs(value) / FLUSH_BOUND - 1) < 1e-5) continue;
    const exact = Math.abs(value) < FLUSH_BOUND ? 0 : value;
    const ulps = Math.abs(y.data[i] - exact) / ulp(exact);
    if (!(ulps <= worst.ulps)) worst = { ulps, at: x.data[i] };
  }
  return worst;
}

/** COUNT numbers spread evenly from low to high. */
function spread(low: number, high: number): void {
  for (let i = 0; i < COUNT; i++) x.data[i] = low + ((high - low) * i) / (COUNT - 1);
}

const sigmoid = (v: number): number => (v < 0 ? Math.exp(v) / (1 + Math.exp(v)) : 1 / (1 + Math.exp(-v)));
const softplus = (v: number): number => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
const geluTanhArgument = (v: number): number => Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3);

/** The bounds that the comments of `assembly/math.ts` state, and what follows of them for the activations. */
const BOUNDS: readonly [ElementwiseActivation, (x: number) => number, low: number, high: number, ulps: number][] = [
  ['tanh', Math.tanh, -0.7, 0.7, 2.5],
  ['tanh', Math.tanh, -12, 12, 2.5],
  ['tanh', Math.tanh, -1e-3, 1e-3, 1.5],
  ['sigmoid', sigmoid, -8, 8, 2.5],
  ['sigmoid', sigmoid, -88.3, 103, 2.5],
  ['softplus', softplus, -3, 3, 2],
  ['softplus', softplus, -86.9, 103, 2],
  ['elu', v => (v > 0 ? v : Math.expm1(v)), -1, 1, 1.5],
  ['elu', v => (v > 0 ? v : Math.expm1(v)), -1e-3, 1e-3, 1.5],
  ['elu', v => (v > 0 ? v : Math.expm1(v)), -100, 1, 1.5],
  ['selu', v => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * Math.expm1(v)), -100, 5, 2.5],
  ['gelu', v => (v * erfc(-v / Math.SQRT2)) / 2, -1, 10, 4.5],
  ['gelu', v => (v * erfc(-v / Math.SQRT2)) / 2, -10, -1, 8],
  // beyond -4 the rounding of the sigmoid's argument shows
  ['gelu-tanh', v => v * sigmoid(2 * geluTanhArgument(v)), -3, 10, 20],
  ['silu', v => v * sigmoid(v), -80, 80, 3.5],
  ['mish', v => v * Math.tanh(softplus(v)), -80, 80, 4.5],
  ['relu6', v => Math.min(Math.max(v, 0), 6), -20, 20, 0],
  ['softsign', v => v / (1 + Math.abs(v)), -50, 50, 1.5],
  ['exponential', Math.exp, -87, 88.7, 1.5],
  ['exponential', Math.exp, -1, 1, 1.5],
  ['hard-swish', v => v * Math.min(Math.max(v / 6 + 0.5, 0), 1), -2, 10, 2.5],
  ['log-sigmoid', v => -softplus(-v), -103, 86.9, 2],
];

describe('elementary functions against double precision', () => {
  it.each(BOUNDS)('%s from %3$d to %4$d', (kind, f, low, high, bound) => {
    spread(low, high);
    set.kernels.activate(kind, x, undefined, y, 1, COUNT);
    const { ulps, at } = worstError(f);
    expect(ulps, `${kind}(${at})`).toBeLessThanOrEqual(bound);
  });

  it('exp: beside a 0 that outweighs it, softmax is exp itself, down to what is kept as 0', () => {
    spread(-87, -18);
    // rows of two: an even place holds 0, the odd one after it the argument
    for (let i = 0; i < COUNT; i += 2) x.data[i] = 0;
    set.kernels.softmax(x, y, COUNT / 2, 2);
    const { ulps, at } = worstError(v => (v === 0 ? 1 : Math.exp(v)));
    expect(ulps, `exp(${at})`).toBeLessThanOrEqual(1.5);
  });

  it.each([
    [1e-30, 1e-3],
    [0.5, 0.99],
    [0.99, 1.01],
    [1.01, 3],
    [3, 1e30],
  ])('logarithm from %d to %d', (low, high) => {
    spread(low, high);
    set.kernels.mapElements('logarithm', x, y, 0, 0);
    const { ulps, at } = worstError(Math.log);
    expect(ulps, `logarithm(${at})`).toBeLessThanOrEqual(1.5);
  });

  it('gives 0 where the exponential would be subnormal or its inverse infinite', () => {
    for (const [kind, from] of [
      ['sigmoid', -88.8],
      ['softplus', -87.01],
    ] as const) {
      spread(-120, from);
      set.kernels.activate(kind, x, undefined, y, 1, COUNT);
      expect(
        y.data.every(value => value === 0),
        kind,
      ).toBe(true);
    }
  });

  it('takes NaN to NaN and infinities to their limits', () => {
    const limits: readonly [ElementwiseActivation, below: number, above: number][] = [
      ['identity', -Infinity, Infinity],
      ['relu', 0, Infinity],
      ['leaky-relu', -Infinity, Infinity],
      ['elu', -1, Infinity],
      ['selu', Math.fround(-1.7580993408473766), Infinity],
      ['gelu', NaN, Infinity],
      ['gelu-tanh', NaN, Infinity],
      ['silu', NaN, Infinity],
      ['mish', NaN, Infinity],
      ['sigmoid', 0, 1],
      ['hard-sigmoid', 0, 1],
      ['tanh', -1, 1],
      ['hard-tanh', -1, 1],
      ['softplus', 0, Infinity],
      ['softsign', NaN, NaN],
      ['relu6', 0, 6],
      ['exponential', 0, Infinity],
      ['hard-swish', NaN, Infinity],
      ['log-sigmoid', -Infinity, 0],
    ];
    for (const [kind, below, above] of limits) {
      x.data.set([NaN, -Infinity, Infinity, NaN, NaN]);
      set.kernels.activate(kind, x, undefined, y, 1, 5);
      expect([...y.data.subarray(0, 5)], kind).toEqual([NaN, below, above, NaN, NaN]);
    }
  });
});
