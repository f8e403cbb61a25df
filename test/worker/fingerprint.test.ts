import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/worker/fingerprint';

describe('the fingerprint of data files', () => {
  it('is the same for the same names and bytes, and another one where a name, a size or any byte differs', async () => {
    const large = (change: (bytes: Uint8Array) => void = () => undefined): Uint8Array => {
      const bytes = new Uint8Array(2 ** 22 + 5);
      change(bytes);
      return bytes;
    };
    const ends = [large(), large(bytes => (bytes[0] = 1)), large(bytes => (bytes[bytes.length - 1] = 1))];
    const prints = await Promise.all([
      ...ends.map(bytes => fingerprint({ a: bytes })),
      fingerprint({ b: large() }),
      fingerprint({ a: large().subarray(1) }),
      fingerprint({}),
    ]);
    expect(new Set(prints).size).toBe(prints.length);
    expect(await fingerprint({ a: large() })).toBe(prints[0]);
  });
});
