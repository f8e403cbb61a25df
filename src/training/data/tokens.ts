/** Texts as token ids. */
import type { DataSpec } from '../../spec/model-spec';

export type TokenKind = Extract<DataSpec, { readonly tokens: string }>['tokens'];

/** A word with its inner apostrophes and hyphens, or one sign. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’‐-][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;

/** The tokens of a text, one by one. */
export function* tokensOf(text: string, kind: TokenKind): Generator<string, void> {
  if (kind === 'characters') yield* text;
  else for (const [word] of text.matchAll(WORD)) yield word;
}

export interface Vocabulary {
  /** Id of a token; that of the rare ones where it has none of its own. */
  readonly idOf: (token: string) => number;
  /** Different tokens in the text. */
  readonly different: number;
  /** Tokens of the text that share the id of the rare ones, as a share of all. */
  readonly rareShare: number;
}

/**
 * Ids from `first` on for the commonest tokens, by frequency and then by code point, as far as `size` goes.
 * @param rare id of all others
 */
export function buildVocabulary(tokens: Iterable<string>, size: number, first: number, rare: number): Vocabulary {
  const counts = new Map<string, number>();
  let all = 0;
  for (const token of tokens) {
    counts.set(token, (counts.get(token) ?? 0) + 1);
    all++;
  }
  const ranked = [...counts].sort(([one, often], [other, less]) => less - often || (one < other ? -1 : 1));
  const known = ranked.slice(0, Math.max(0, size - first));
  const ids = new Map(known.map(([token], rank) => [token, first + rank]));
  const covered = known.reduce((sum, [, count]) => sum + count, 0);
  return { idOf: (token) => ids.get(token) ?? rare, different: counts.size, rareShare: all === 0 ? 0 : 1 - covered / all };
}

/** For the description of a task: how many tokens are not told apart; empty where all are. */
export function rareText({ rareShare }: Vocabulary): string {
  return rareShare > 0 ? `, ${(100 * rareShare).toPrecision(2)} % of them rare` : '';
}
