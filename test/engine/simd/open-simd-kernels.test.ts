import { describe, expect, it } from 'vitest';
import type { NumberBuffer } from '../../../src/engine/kernels/buffers';
import { openSimdKernels } from '../../../src/engine/kernels/simd/open-simd-kernels';
import { Random } from '../../../src/engine/random';

describe('openSimdKernels', () => {
  it('gives each set a zeroed, aligned arena of its own', () => {
    const one = openSimdKernels(1000);
    const other = openSimdKernels(1000);
    expect(one.base % 64).toBe(0);
    expect(one.memory.byteLength - one.base).toBeGreaterThanOrEqual(1000);
    expect(new Uint8Array(one.memory, one.base).every(byte => byte === 0)).toBe(true);
    new Uint8Array(one.memory, one.base).fill(1);
    expect(new Uint8Array(other.memory, other.base).every(byte => byte === 0)).toBe(true);
  });

  it('refuses more than WebAssembly can address, in a sentence', () => {
    const sentence = 'The model needs 5.0 GB; WebAssembly memory ends at 4 GB.';
    expect(() => openSimdKernels(5 * 2 ** 30)).toThrow(new RangeError(sentence));
  });
});

describe('bits', () => {
  const [time, batch, units] = [6, 5, 13];
  const set = openSimdKernels(2 ** 20);
  let next = set.base;

  function numbers(n: number, random?: Random): NumberBuffer {
    const data = new Float32Array(set.memory, next, n);
    if (random) for (let i = 0; i < n; i++) data[i] = random.normal();
    const buffer = { offset: next, length: n, data };
    next += Math.ceil(n / 16) * 64;
    return buffer;
  }

  /** FNV-1a over the bits of a buffer. */
  function hash({ data }: NumberBuffer): number {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return bytes.reduce((h, byte) => Math.imul(h ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
  }

  it('are the same on every machine: matrix product, gelu, softmax and lstm, pinned', () => {
    const random = new Random(1);
    const product = numbers(21 * 19);
    set.kernels.matmulTransposedB(numbers(21 * 300, random), numbers(19 * 300, random), product, 21, 19, 300, false);

    const activated = numbers(500);
    set.kernels.activate('gelu', numbers(500, random), undefined, activated, 1, 500);

    const shares = numbers(20 * 7);
    set.kernels.softmax(numbers(20 * 7, random), shares, 20, 7);

    const gates = numbers(time * batch * 4 * units, random);
    const hidden = numbers((time + 1) * batch * units);
    set.kernels.lstm(
      gates,
      numbers(4 * units * units, random),
      numbers(4 * units, random),
      numbers(4 * units, random),
      hidden,
      numbers((time + 1) * batch * units),
      numbers(4 * units * (units + batch + 8)),
      time,
      batch,
      units,
      'tanh',
      'sigmoid',
    );
    expect([product, activated, shares, hidden].map(hash)).toEqual([3468133602, 1861435189, 2005888754, 445072066]);
  });
});
