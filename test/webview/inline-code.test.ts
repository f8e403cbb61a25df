import { describe, expect, it } from 'vitest';
import { splitCode } from '../../webview/views/inline-code';

const shown = (text: string): string =>
  splitCode(text)
    .map(part => (part.code ? `[${part.text}]` : part.text))
    .join('|');

describe('splitCode', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['in `memory`, and `a.b`', 'in |[memory]|, and |[a.b]'],
    ['`first` word', '[first]| word'],
    ['a stray ` mark', 'a stray |` mark'],
    ['`a` and `b', '[a]| and |`b'],
  ])('cuts %j', (text, parts) => expect(shown(text)).toBe(parts));
});
