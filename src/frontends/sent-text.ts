/** Sources as plain data, for other processes and for files: they are read again where they arrive. */
import type { Source } from './frontend';
import { readLike } from './registry';

/** A text with all that reading it takes. */
export type SentText = Pick<Source, 'frontEnd' | 'context' | 'text'>;

/** A source as it travels. */
export function sentText({ frontEnd, context, text }: Source): SentText {
  return { frontEnd, context, text };
}

/** Reads a text that arrived as it was read where it came from. */
export function readSent(sent: SentText): Source {
  return readLike(sent, sent.text);
}
