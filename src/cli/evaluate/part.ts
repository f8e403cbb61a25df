/** The two parts of a collection: one for looking at, and one that is kept out of development. */
import { createHash } from 'node:crypto';

/** `development`: its cases may be looked at; `held-out`: only its totals, unless somebody asks to reveal the cases. */
export type Part = 'development' | 'held-out';

/**
 * Assigns a model to a part, by its name alone: the first byte of the name's SHA-256, even or odd. A model keeps its
 * part whatever becomes of the suite, and nobody chooses it.
 */
export function partOf(name: string): Part {
  return createHash('sha256').update(name).digest()[0] % 2 === 0 ? 'development' : 'held-out';
}
