import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/cli/safetensors';

function file(header: unknown, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const BYTES = new Uint8Array(new Float32Array([1.5, -2, 3, 4]).buffer);

describe('readSafetensors', () => {
  it('reads the tensors of a golden case', () => {
    const tensors = readSafetensors(readFileSync('test/golden/cases/dense-relu-sgd.safetensors'));
    expect(tensors.get('input')?.shape).toEqual([16, 6]);
    expect(tensors.get('target')?.values).toBeInstanceOf(Int32Array);
    expect(tensors.get('initial.fc1.weight')?.values).toHaveLength(72);
  });

  it('reads at any byte', () => {
    const tensors = readSafetensors(
      file({ a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] }, __metadata__: {} }, BYTES),
    );
    expect(Array.from(tensors.get('a')?.values ?? [])).toEqual([1.5, -2, 3, 4]);
  });

  it('never reads outside of a file whose header lies', () => {
    const whole = readFileSync('test/golden/cases/dense-relu-sgd.safetensors').subarray(0, 400);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (place, value) => {
        const damaged = Uint8Array.from(whole);
        damaged[place] = value;
        expect(() => readSafetensors(damaged)).toThrow(Error);
      }),
    );
  });

  it.each([
    [new Uint8Array(4), 'too short'],
    [file({}).fill(255, 0, 8), 'more than the file has'],
    [file('{'), 'not JSON'],
    [file([]), 'not a JSON object'],
    [file({ a: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }, BYTES), 'F16'],
    [file({ a: { dtype: 'F32', shape: [5], data_offsets: [0, 20] } }, BYTES), 'outside'],
    [file({ a: { dtype: 'F32', shape: [3], data_offsets: [0, 16] } }, BYTES), 'takes 12 bytes, but has 16'],
    [file({ a: { dtype: 'F32', shape: [-1], data_offsets: [0, 16] } }, BYTES), 'no shape'],
    [file({ a: null }, BYTES), 'no shape'],
    [file({ a: { dtype: 'I64', shape: [2], data_offsets: [0, 16] } }, BYTES), 'does not fit 32 bits'],
  ])('refuses a damaged file (%#)', (bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
  });
});
