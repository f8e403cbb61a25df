import { describe, expect, it } from 'vitest';
import type { ConvolutionSizes } from '../../../src/engine/kernels/convolution-sizes';
import { convolutionScratch } from '../../../src/engine/kernels/convolution-kernels';
import type { NumberBuffer } from '../../../src/engine/kernels/buffers';
import { openSimdKernels } from '../../../src/engine/kernels/simd/open-simd-kernels';
import { winogradBlocks } from '../../../src/engine/kernels/winograd-blocks';
import { Random } from '../../../src/engine/random';
import { WINOGRAD_SIZES } from './convolution-cases';
import { differences, Operand } from './twin-run';

const numbers = (n: number, value: (i: number) => number): Operand =>
  new Operand(
    'numbers',
    Float64Array.from({ length: n }, (_, i) => Math.fround(value(i))),
  );
const SIZES: ConvolutionSizes = [2, 8, 10, 9, 5, 1, 3, 3, 1, 1, 1, 1, 8, 7];
const [MAPS, WEIGHTS, RESULTS] = [2 * 8 * 10 * 9, 5 * 8 * 9, 2 * 5 * 8 * 7];
const scratch = (): Operand => new Operand('scratch', new Float64Array(convolutionScratch(SIZES)));

/** Where the two kernel sets differ in the product and in the gradient by the weight. */
function found(x: (i: number) => number, weight: (i: number) => number, dy: (i: number) => number): string[] {
  const [maps, kernels, gradients] = [numbers(MAPS, x), numbers(WEIGHTS, weight), numbers(RESULTS, dy)];
  return [
    ...differences('convolve', {
      args: [maps, kernels, numbers(RESULTS, () => 9), scratch(), ...SIZES],
      tolerance: 5e-6,
    }),
    ...differences('convolveBackwardWeight', {
      args: [maps, gradients, numbers(WEIGHTS, () => 9), scratch(), ...SIZES],
      tolerance: 5e-6,
    }),
  ];
}

/** Product and gradient by the weight of these numbers on the SIMD kernels, whose scratch holds `left` beforehand. */
function run(
  sizes: ConvolutionSizes,
  x: (i: number) => number,
  weight: (i: number) => number,
  dy: (i: number) => number,
  left: number,
): Float32Array[] {
  const [batch, channels, height, width, filters, groups, , , , , , , outHeight, outWidth] = sizes;
  const { kernels, memory, base } = openSimdKernels(4 * 2 ** 20);
  let next = base;
  const buffer = (length: number, value: (i: number) => number): NumberBuffer => {
    const [offset, data] = [next, new Float32Array(memory, next, length)];
    for (let i = 0; i < length; i++) data[i] = value(i);
    next += Math.ceil(length / 4) * 16;
    return { offset, length, data };
  };
  const maps = buffer(batch * channels * height * width, x);
  const weights = filters * (channels / groups) * 9;
  const kernel = buffer(weights, weight);
  const gradients = buffer(batch * filters * outHeight * outWidth, dy);
  const y = buffer(gradients.length, () => 9);
  const dWeight = buffer(weights, () => 9);
  const room = buffer(convolutionScratch(sizes), () => left);
  kernels.convolve(maps, kernel, y, room, ...sizes);
  (room.data as Float32Array).fill(left);
  kernels.convolveBackwardWeight(maps, gradients, dWeight, room, ...sizes);
  return [y.data as Float32Array, dWeight.data as Float32Array];
}

const normal = (seed: number): ((i: number) => number) => {
  const random = new Random(seed);
  return () => random.normal();
};

describe("Winograd's method", () => {
  it('is what the cases of convolutions test', () => {
    for (const sizes of [SIZES, ...WINOGRAD_SIZES]) expect(winogradBlocks(sizes), sizes.join(' ')).toBeDefined();
  });

  it('gives the same bits whatever stood in its scratch', () => {
    for (const sizes of WINOGRAD_SIZES) {
      const [clean, dirty] = [0, NaN].map(left => run(sizes, normal(1), normal(2), normal(3), left));
      expect(dirty, sizes.join(' ')).toEqual(clean);
    }
  });

  it('gives exact zeros where all that is multiplied is zero', () => {
    // the right half of the maps, all of channel 2, the gradient of filter 1
    const [random, other] = [normal(1), normal(2)];
    const x = (i: number): number => (i % 9 >= 4 || Math.floor(i / 90) % 8 === 2 ? 0 : random(i));
    const [y, dWeight] = run(SIZES, x, normal(3), i => (Math.floor(i / 56) % 5 === 1 ? 0 : other(i)), 0);
    expect([...y].every((value, i) => i % 7 >= 4 === (value === 0))).toBe(true);
    expect(
      [...dWeight].every((value, i) => (Math.floor(i / 9) % 8 === 2 || Math.floor(i / 72) === 1) === (value === 0)),
    ).toBe(true);
  });

  it('keeps every digit of windows beside a huge number', () => {
    const at = 5 * 9 + 4;
    const [plain] = run(SIZES, normal(1), normal(2), normal(3), 0);
    const random = normal(1);
    const [beside] = run(
      SIZES,
      i => {
        const value = random(i);
        return i === at ? 1e30 : value;
      },
      normal(2),
      normal(3),
      0,
    );
    for (let i = 0; i < RESULTS; i++) {
      const [p, q] = [Math.floor(i / 7) % 8, i % 7];
      const sees = i < RESULTS / 2 && p >= 3 && p <= 5 && q >= 2 && q <= 4;
      expect(Math.abs(beside[i]) > 1e20, `${i}`).toBe(sees);
      if (!sees) expect(beside[i]).toBe(plain[i]);
    }
  });

  it('overflows only where the definition does', () => {
    // sums of four numbers of the maps, or of kernels or gradients, are beyond the limit; no product or sum of products
    // is
    const of = (size: number, seed: number): ((i: number) => number) => {
      const draw = normal(seed);
      return i => size * Math.sign(draw(i));
    };
    expect(found(of(3e38, 1), of(1e-3, 2), of(1e-3, 3))).toEqual([]);
    expect(found(of(1e-3, 1), of(3e38, 2), of(3e38, 3))).toEqual([]);
  });

  it.each([NaN, Infinity, -Infinity, 3e38])('has %d where the definition has it', value => {
    const [x, weight, dy] = [normal(1), normal(2), normal(3)];
    const other =
      (make: (i: number) => number, at: number) =>
      (i: number): number => {
        const drawn = make(i);
        return i === at ? value : drawn;
      };
    expect(found(other(x, 40), weight, dy)).toEqual([]);
    expect(found(x, other(weight, 100), dy)).toEqual([]);
    expect(found(x, weight, other(dy, 300))).toEqual([]);
  });
});
