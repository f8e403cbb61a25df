import { describe, expect, it } from 'vitest';
import { TRUNCATED_DEVIATION } from '../../src/engine/initializers/distributions';
import { fansOf } from '../../src/engine/initializers/fans';
import { initialize } from '../../src/engine/initializers/initialize';
import type { InitializerOptions } from '../../src/engine/initializers/initializer-options';
import { Random } from '../../src/engine/random';
import type { InitializerSpec } from '../../src/model/model-spec';

const OUT = 300;
const INTO = 200;

function values(
  initializer: InitializerOptions,
  shape: readonly number[] = [OUT, INTO],
  seed = 1,
  blocks = 1,
): Float64Array {
  const target = new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(NaN);
  initialize(target, shape, initializer, new Random(seed), undefined, blocks);
  return target;
}

function mean(of: Float64Array): number {
  return of.reduce((sum, value) => sum + value, 0) / of.length;
}

function deviation(of: Float64Array): number {
  const center = mean(of);
  return Math.sqrt(of.reduce((sum, value) => sum + (value - center) ** 2, 0) / of.length);
}

/** Largest deviation of Q Qᵀ (rows) or Qᵀ Q (columns) from gain² I. */
function orthogonalityError(matrix: Float64Array, rows: number, columns: number, gain: number): number {
  const tall = rows > columns;
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  let worst = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let sum = 0;
      for (let i = 0; i < length; i++) {
        sum += tall
          ? matrix[i * columns + a] * matrix[i * columns + b]
          : matrix[a * columns + i] * matrix[b * columns + i];
      }
      worst = Math.max(worst, Math.abs(sum - (a === b ? gain * gain : 0)));
    }
  }
  return worst;
}

/** FNV-1a over the bits of a float32 array. */
function hash(array: Float32Array): number {
  return new Uint8Array(array.buffer).reduce((h, byte) => Math.imul(h ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

describe('fansOf', () => {
  it.each([
    [[], 1, 1],
    [[7], 7, 7],
    [[3, 5], 5, 3],
    [[8, 4, 3, 3], 36, 72],
  ])('of %j is in %d, out %d', (shape, fanIn, fanOut) => {
    expect(fansOf(shape)).toEqual({ fanIn, fanOut });
  });
});

describe('initialize', () => {
  it('takes what a model file says, type by type', () => {
    const fromFile: InitializerSpec = { type: 'orthogonal', gain: 1 };
    const options: InitializerOptions = fromFile;
    const back: InitializerSpec = options;
    expect(back).toBe(fromFile);
  });

  it('fills constants', () => {
    expect(values({ type: 'zeros' }, [3])).toEqual(Float64Array.of(0, 0, 0));
    expect(values({ type: 'ones' }, [2])).toEqual(Float64Array.of(1, 1));
    expect(values({ type: 'constant', value: -0.5 }, [2])).toEqual(Float64Array.of(-0.5, -0.5));
    expect(values({ type: 'identity', gain: 2 }, [2, 3])).toEqual(Float64Array.of(2, 0, 0, 0, 2, 0));
  });

  const deviations: [InitializerOptions, number][] = [
    [{ type: 'normal', mean: 0, std: 0.3 }, 0.3],
    [{ type: 'truncated-normal', mean: 0, std: 0.3 }, 0.3 * TRUNCATED_DEVIATION],
    [{ type: 'uniform', minimum: -0.6, maximum: 0.6 }, 0.6 / Math.sqrt(3)],
    [{ type: 'glorot-uniform' }, Math.sqrt(2 / (INTO + OUT))],
    [{ type: 'glorot-normal' }, Math.sqrt(2 / (INTO + OUT))],
    [{ type: 'he-uniform' }, Math.sqrt(2 / INTO)],
    [{ type: 'he-normal' }, Math.sqrt(2 / INTO)],
    [{ type: 'lecun-uniform' }, Math.sqrt(1 / INTO)],
    [{ type: 'lecun-normal' }, Math.sqrt(1 / INTO)],
    [{ type: 'variance-scaling', scale: 3, mode: 'fan-out', distribution: 'normal' }, Math.sqrt(3 / OUT)],
    [{ type: 'variance-scaling', scale: 3, mode: 'fan-out', distribution: 'truncated-normal' }, Math.sqrt(3 / OUT)],
    [{ type: 'variance-scaling', scale: 3, mode: 'fan-average', distribution: 'uniform' }, Math.sqrt(3 / 250)],
  ];
  it.each(deviations)('%j has mean 0 and the deviation of its formula', (initializer, expected) => {
    const drawn = values(initializer);
    expect(Math.abs(mean(drawn))).toBeLessThan((4 * expected) / Math.sqrt(OUT * INTO));
    expect(deviation(drawn) / expected).toBeGreaterThan(0.985);
    expect(deviation(drawn) / expected).toBeLessThan(1.015);
  });

  it('cuts the truncated normal at two deviations around its mean, and bounds the uniform', () => {
    expect(values({ type: 'truncated-normal', mean: 1, std: 0.5 }).every(value => Math.abs(value - 1) <= 1)).toBe(true);
    const limit = Math.sqrt(6 / (INTO + OUT));
    expect(values({ type: 'glorot-uniform' }).every(value => Math.abs(value) <= limit)).toBe(true);
    expect(mean(values({ type: 'uniform', minimum: 2, maximum: 4 }))).toBeCloseTo(3, 1);
  });

  const sizes = [
    [40, 40],
    [25, 60],
    [60, 25],
    [1, 5],
    [5, 1],
  ] as const;
  it.each(sizes)('orthogonal %d × %d has orthogonal vectors of norm gain', (rows, columns) => {
    const gain = 1.7;
    const matrix = values({ type: 'orthogonal', gain }, [rows, columns]);
    expect(orthogonalityError(matrix, rows, columns, gain)).toBeLessThan(1e-13);
  });

  it('draws orthogonal matrices uniformly: the trace has mean 0 and variance 1', () => {
    const random = new Random(4);
    const traces = Float64Array.from({ length: 4000 }, () => {
      const matrix = new Float64Array(9);
      initialize(matrix, [3, 3], { type: 'orthogonal', gain: 1 }, random);
      return matrix[0] + matrix[4] + matrix[8];
    });
    expect(Math.abs(mean(traces))).toBeLessThan(0.07);
    expect(Math.abs(deviation(traces) - 1)).toBeLessThan(0.05);
  });

  it('initialises each gate by itself', () => {
    const gates = values({ type: 'orthogonal', gain: 1 }, [4 * 16, 16], 1, 4);
    for (let gate = 0; gate < 4; gate++) {
      expect(orthogonalityError(gates.subarray(gate * 256, (gate + 1) * 256), 16, 16, 1)).toBeLessThan(1e-13);
    }
    expect(gates.subarray(0, 256)).not.toEqual(gates.subarray(256, 512));
    const glorot = values({ type: 'glorot-uniform' }, [4 * 100, 100], 1, 4);
    expect(deviation(glorot) / Math.sqrt(2 / 200)).toBeCloseTo(1, 1);
    expect(values({ type: 'identity', gain: 1 }, [4, 2], 1, 2)).toEqual(Float64Array.of(1, 0, 0, 1, 1, 0, 0, 1));
  });

  it('is decided by the seed, pinned to these bits, and alike in both precisions', () => {
    const initializers: InitializerOptions[] = [
      { type: 'normal', mean: 0, std: 1 },
      { type: 'glorot-uniform' },
      { type: 'he-normal' },
      { type: 'orthogonal', gain: 1 },
    ];
    const hashes = initializers.map(initializer => {
      const single = new Float32Array(OUT);
      initialize(single, [20, 15], initializer, new Random(1));
      expect(single).toEqual(Float32Array.from(values(initializer, [20, 15])));
      return hash(single);
    });
    expect(hashes).toEqual([1378408112, 2536017026, 2529165817, 2217507804]);
    expect(values({ type: 'he-normal' }, [4, 4], 1)).not.toEqual(values({ type: 'he-normal' }, [4, 4], 2));
  });

  it('refuses sizes that do not fit', () => {
    expect(() => values({ type: 'orthogonal', gain: 1 }, [5])).toThrow('needs a matrix');
    expect(() => values({ type: 'zeros' }, [5, 2], 1, 2)).toThrow('no 2 equal blocks');
    expect(() => initialize(new Float32Array(5), [2, 3], { type: 'zeros' }, new Random(1))).toThrow(
      'has 6 values, not 5',
    );
  });
});
