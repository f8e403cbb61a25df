/**
 * Every kernel of both sets, given numbers as small as memory may hold, stores none that is smaller than the bound of
 * `flush.ts`.
 */
import { describe, expect, it } from 'vitest';
import { FLUSH_BOUND, flushedWrites } from '../../../src/engine/kernels/flush';
import { KERNEL_WRITES } from '../../../src/engine/kernels/kernel-writes';
import type { Kernels } from '../../../src/engine/kernels/kernels';
import { openReferenceKernels } from '../../../src/engine/kernels/reference/open-reference-kernels';
import { openSimdKernels } from '../../../src/engine/kernels/simd/open-simd-kernels';
import { Draw } from './draw';
import { KERNEL_CASES } from './kernel-cases';
import { differences, Operand, writtenBy } from './twin-run';

const SMALLEST_NORMAL = 2 ** -126;
/** The sum of two numbers above the bound may cancel to less than it; it is normal all the same. */
const SUMS: ReadonlySet<keyof Kernels> = new Set([
  'activate',
  'activateChannels',
  'fromTimeMajor',
  'rnn',
  'lstm',
  'gru',
]);
const names = Object.keys(KERNEL_CASES) as (keyof Kernels)[];
const EXPONENTS = [-60, -98];
/** Of a kernel's cases every so many suffice. */
const EVERY = 3;

/**
 * The same case with every array of numbers, or one of them alone, scaled by a power of two, each as a step would have
 * stored it.
 */
function scaled(args: readonly unknown[], exponent: number, only?: number): readonly unknown[] {
  const made = new Map<Operand, Operand>();
  return args.map((arg, position) => {
    if (!(arg instanceof Operand) || arg.kind !== 'numbers') return arg;
    const factor = only === undefined || only === position ? 2 ** exponent : 1;
    const operand =
      made.get(arg) ??
      new Operand(
        'numbers',
        arg.values.map(value => {
          const small = Math.fround(value * factor);
          return Math.abs(small) < FLUSH_BOUND ? 0 : small;
        }),
      );
    made.set(arg, operand);
    return operand;
  });
}

describe.each([
  ['simd', openSimdKernels],
  ['reference', openReferenceKernels],
] as const)('%s kernels keep no number below the bound', (_set, open) => {
  const set = open(4 * 2 ** 20);

  it.each(names)('%s', name => {
    const least = SUMS.has(name) ? SMALLEST_NORMAL : FLUSH_BOUND;
    const cases = KERNEL_CASES[name](new Draw(3)).filter((_, index) => index % EVERY === 0);
    for (const { args } of cases) {
      const positions = args.flatMap((arg, position) =>
        arg instanceof Operand && arg.kind === 'numbers' ? [position] : [],
      );
      for (const exponent of EXPONENTS) {
        for (const only of [undefined, ...positions]) {
          const written = writtenBy(set, name, scaled(args, exponent, only) as typeof args);
          for (const position of KERNEL_WRITES[name]) {
            const data = written[position];
            if (!(data instanceof Float32Array)) continue;
            const bound = flushedWrites(name).includes(position) ? least : SMALLEST_NORMAL;
            const at = data.findIndex(value => value !== 0 && Math.abs(value) < bound);
            expect(
              at < 0 ? undefined : data[at],
              `${name}, argument ${position}, scaled by 2^${exponent}`,
            ).toBeUndefined();
          }
        }
      }
    }
  });
});

describe('products of two small operands', () => {
  const set = openSimdKernels(2 ** 20);

  it.each([
    [-30, -32],
    [-40, -42],
    [-47, -48],
    [-52, -55],
    [-70, -20],
    [-66, -66],
    [-98, -98],
  ])('are right to 2^-100 where the operands are around 2^%i and 2^%i', (left, right) => {
    for (const [m, n, k] of [
      [64, 64, 32],
      [5, 9, 300],
      [33, 16, 17],
    ] as const) {
      const draw = new Draw(5);
      const [a, b, c] = [draw.numbers(m * k, 2 ** left), draw.numbers(n * k, 2 ** right), draw.numbers(m * n)];
      const got = writtenBy(set, 'matmulTransposedA', [a, b, c, m, n, k, false])[2]!;
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let want = 0;
          let sizes = 0;
          for (let l = 0; l < k; l++) {
            const product = a.values[l * m + i] * b.values[l * n + j];
            want += product;
            sizes += Math.abs(product);
          }
          expect(Math.abs(got[i * n + j] - want)).toBeLessThanOrEqual(2 ** -22 * sizes + FLUSH_BOUND + k * 2 ** -105);
        }
      }
    }
  });

  it('are right in the weight gradients of convolutions', () => {
    const cases = KERNEL_CASES.convolveBackwardWeight(new Draw(7));
    expect(cases.length).toBeGreaterThan(5);
    for (const { args } of cases) {
      const [x, dy, ...rest] = args as [Operand, Operand, ...typeof args];
      const times = ({ values }: Operand, factor: number): Operand =>
        new Operand(
          'numbers',
          values.map(value => factor * value),
        );
      // the products are around 2^-80, which is kept, so that what is left out is a part in 2^26
      const small = [times(x, 2 ** -39), times(dy, 2 ** -41), ...rest];
      expect(
        differences('convolveBackwardWeight', { args: small, tolerance: 1e-4 }),
        JSON.stringify(rest.slice(2)),
      ).toEqual([]);
    }
  });

  it('leave no infinity and no NaN out', () => {
    const [m, n, k] = [4, 8, 3];
    for (const value of [Infinity, NaN]) {
      const a = new Operand('numbers', new Float64Array(m * k).fill(2 ** -80));
      const b = new Operand('numbers', new Float64Array(n * k).fill(2 ** -80));
      b.values[n] = value;
      const got = writtenBy(set, 'matmulTransposedA', [a, b, new Draw(1).numbers(m * n), m, n, k, false])[2]!;
      expect(got[0]).toBe(value);
      expect(got[1]).toBe(0);
    }
  });
});
