/** Texts as token ids. */
import type { DataSpec } from '../../model/model-spec';

export type TokenKind = Extract<DataSpec, { readonly tokens: string }>['tokens'];

/** A word with its inner apostrophes and hyphens, or one sign. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’‐-][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;

/** So many code units of a text are cut into words at once: all of them would take ten times the memory of the text. */
const PIECE = 65536;

/** The tokens of a short text. */
export function tokensOf(text: string, kind: TokenKind): readonly string[] {
  return kind === 'characters' ? [...text] : (text.match(WORD) ?? []);
}

/** Calls `take` with each token of a text, in order. */
export function eachToken(text: string, kind: TokenKind, take: (token: string) => void): void {
  if (kind === 'characters') {
    for (const character of text) take(character);
    return;
  }
  for (let start = 0; start < text.length;) {
    const end = nextSpace(text, start + PIECE);
    for (const word of tokensOf(text.slice(start, end), kind)) take(word);
    start = end;
  }
}

/**
 * Where the first white space from `position` on is, which no word has in it; the end of the text where there is none.
 */
function nextSpace(text: string, position: number): number {
  const space = /\s/g;
  space.lastIndex = position;
  return space.exec(text)?.index ?? text.length;
}

export interface Vocabulary {
  /** Id of a token; that of the rare ones where it has none of its own. */
  readonly idOf: (token: string) => number;
  /** Tokens in the text. */
  readonly count: number;
  /** Different ones among them. */
  readonly different: number;
  /** Tokens of the text that share the id of the rare ones, as a share of all. */
  readonly rareShare: number;
}

/**
 * Ids from `first` on for the commonest tokens, by frequency and then by code point, as far as `size` goes.
 * @param each calls its argument with every token
 * @param rare id of all others
 */
export function buildVocabulary(
  each: (take: (token: string) => void) => void,
  size: number,
  first: number,
  rare: number,
): Vocabulary {
  const counts = new Map<string, number>();
  let count = 0;
  each(token => {
    counts.set(token, (counts.get(token) ?? 0) + 1);
    count++;
  });
  const ranked = [...counts].sort(([one, often], [other, less]) => less - often || (one < other ? -1 : 1));
  const known = ranked.slice(0, Math.max(0, size - first));
  const ids = new Map(known.map(([token], rank) => [token, first + rank]));
  const covered = known.reduce((sum, [, often]) => sum + often, 0);
  return {
    idOf: token => ids.get(token) ?? rare,
    count,
    different: counts.size,
    rareShare: count === 0 ? 0 : 1 - covered / count,
  };
}

/** For the description of a task: how many tokens are not told apart; empty where all are. */
export function rareText({ rareShare }: Vocabulary): string {
  return rareShare > 0 ? `, ${(100 * rareShare).toPrecision(2)} % of them rare` : '';
}
