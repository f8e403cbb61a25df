/** Sentences with names of layers and keys between backticks, as the host writes them. */
import { element } from './dom';

export interface TextPart {
  readonly text: string;
  readonly code: boolean;
}

/** Cuts a text at its backticks; one without a partner stays as it is. */
export function splitCode(text: string): readonly TextPart[] {
  const parts = text.split('`');
  const paired = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  return parts
    .map((part, index) => (index < paired ? { text: part, code: index % 2 === 1 } : { text: `\`${part}`, code: false }))
    .filter(part => part.text !== '');
}

/** The parts as nodes. */
export function inlineCode(text: string): readonly (Node | string)[] {
  return splitCode(text).map(part => (part.code ? element('code', {}, part.text) : part.text));
}
