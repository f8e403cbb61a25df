/**
 * Seeded random numbers with the same bits on every machine: integer arithmetic, `+ - * /` and `Math.sqrt` only, which
 * IEEE 754 defines exactly; `Math.log` and `Math.cos` are left to each JavaScript engine and are not used.
 */

import { logarithm } from './elementary';

const TWO_TO_THE_26 = 67108864;
const TWO_TO_THE_MINUS_53 = 1 / 9007199254740992;

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators"), period 2^128 - 1, its
 * state filled by a hash of the seed. The same seed gives the same sequence everywhere.
 */
export class Random {
  private readonly state = new Uint32Array(4);
  private readonly key: number;
  private spare: number | undefined;

  /** `seed`: any number; all 64 bits of it count, so 1, -1 and 1.5 give unrelated sequences. */
  constructor(seed: number) {
    const bits = new Uint32Array(new Float64Array([seed]).buffer);
    this.key = mix(mix(bits[0]) ^ bits[1]);
    let word = this.key;
    for (let i = 0; i < 4; i++) {
      word = (word + 0x9e3779b9) >>> 0;
      this.state[i] = mix(word);
    }
  }

  /** The next 32 random bits, as an integer in [0, 2^32). */
  bits(): number {
    const s = this.state;
    const scrambled = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotateLeft(s[3], 11);
    return scrambled;
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * TWO_TO_THE_26 + low) * TWO_TO_THE_MINUS_53;
  }

  /**
   * Standard normal: mean 0, deviation 1 (Marsaglia & Bray 1964, the polar method). Draws come in pairs; the second is
   * kept.
   */
  normal(): number {
    if (this.spare !== undefined) {
      const kept = this.spare;
      this.spare = undefined;
      return kept;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * logarithm(square)) / square);
        this.spare = y * factor;
        return x * factor;
      }
    }
  }

  /** Uniform integer in [0, below), without bias. Throws RangeError unless `below` is an integer in [1, 2^32]. */
  integer(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > 4294967296) {
      throw new RangeError(`A random integer needs a whole bound from 1 to 4294967296, not ${below}.`);
    }
    // Draws past the last whole multiple of `below` would favour small results.
    const limit = 4294967296 - (4294967296 % below);
    for (;;) {
      const word = this.bits();
      if (word < limit) return word % below;
    }
  }

  /**
   * A generator of its own for one purpose. It depends on this one's seed and on the name only, not on how many numbers
   * were drawn, so adding a draw in one place changes nothing elsewhere.
   */
  fork(stream: string): Random {
    let hash = 0x811c9dc5 ^ this.key;
    for (let i = 0; i < stream.length; i++) hash = Math.imul(hash ^ stream.charCodeAt(i), 0x01000193);
    return new Random(mix(hash ^ stream.length) * 4294967296 + mix(hash ^ this.key));
  }

  /** The numbers 0 to n - 1 in random order (Fisher & Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = order[i];
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }
}

/** MurmurHash3's finalizer: every input bit changes about half of the output bits. */
function mix(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function rotateLeft(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0;
}
