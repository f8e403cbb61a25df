/** Names that mean something where they are shown. A hover of the second one made the editor fetch a picture. */
import { describe, expect, it } from 'vitest';
import { processOutput } from '../../src/cli/output';
import { completionsAt } from '../../src/frontends/model-file/assist/completion';
import { hoverAt } from '../../src/frontends/model-file/assist/hover';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import {
  inlineCode,
  markdownCell,
  noticeText,
  snippetText,
  spreadsheetText,
  terminalText,
} from '../../src/text/plain-text';
import { problems } from '../frontends/model-file/compile-text';

const NAMES = [
  'plain',
  'a` ![x](https://2130706433/x) `b',
  '``',
  '${CLIPBOARD}',
  '$1',
  'a: b',
  '# a',
  '[a',
  '- a',
  'a, b',
  '{',
  '}',
  '\\',
  'm\u001b]0;x\u0007',
  'a\u202eb',
  '"',
  "'",
  ' a',
  'true',
  '1',
  '|',
  '&a',
  '*a',
  '=1+1',
  '<img src=x>',
  'x\u0085y',
  '@SUM(A1)',
];

describe('a name', () => {
  it.each(NAMES)('%j stays in its code span', name => {
    const code = inlineCode(name);
    const fence = /^`+/.exec(code)![0];
    const inside = code.slice(fence.length, -fence.length);
    expect(code.endsWith(fence)).toBe(true);
    expect((inside.match(/`+/g) ?? []).every(run => run.length !== fence.length)).toBe(true);
    expect(inside).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/); // eslint-disable-line no-control-regex
  });

  it.each(NAMES)('%j is hovered as code, and no picture', name => {
    const text = `input: [4]\nlayers:\n  - { type: dense, units: 3, name: ${JSON.stringify(name)} }\n`;
    const hover = hoverAt(parseModelFile(text, 'yaml'), text.indexOf('dense') + 1);
    if (problems(text).length === 0) expect(hover?.markdown).toContain(`${inlineCode(name)}: [4] → [3]`);
  });

  it.each(NAMES)('%j completes to itself, in a list and alone', name => {
    const before = `input: [4]\nlayers:\n  - { type: dense, units: 4, name: ${JSON.stringify(name)} }\n  - { type: dense, units: 4, name: other }\n`;
    if (problems(before).some(({ code }) => code !== 'unread-layer')) return;
    for (const [rest, isList] of [
      ['  - type: dense\n    units: 4\n    inputs: ', false],
      ['  - type: add\n    inputs: ', true],
    ] as const) {
      const text = before + rest;
      const document = parseModelFile(text, 'yaml');
      const documentation = completionsAt(document, text.length).find(each =>
        each.documentation.startsWith(`Reads ${inlineCode(name)}`),
      );
      expect(documentation, rest).toBeDefined();
      const { insertText, kind, range } = documentation!;
      const written =
        kind === 'snippet' ? insertText.replace(/(?<!\\)\$\{1:(\w+)\}/, '$1').replace(/\\([\\$}])/g, '$1') : insertText;
      const completed = text.slice(0, range.start) + written + '\n';
      expect(
        problems(completed).filter(({ code }) => code !== 'unread-layer'),
        completed,
      ).toEqual([]);
      expect(isList).toBe(kind === 'snippet');
    }
  });

  it('is itself in tables, snippets, notices and spreadsheets', () => {
    expect(markdownCell('a|b\nc ![x](y) `z`')).toBe('a\\|b c \\!\\[x\\](y) \\`z\\`');
    expect(snippetText('${A}$1\\')).toBe('\\${A\\}\\$1\\\\');
    expect(noticeText('see [x](command:evil)')).toBe('see [x] (command:evil)');
    expect(['=1', '+1', '-1', '@a', 'a=1', '\t=1'].map(spreadsheetText)).toEqual([
      "'=1",
      "'+1",
      "'-1",
      "'@a",
      'a=1',
      "'\t=1",
    ]);
  });
});

describe('a terminal', () => {
  it('gets lines and tabs, and no orders', () => {
    expect(terminalText('a\tb\r\nc\u001b]0;x\u0007\rd\u009b2J')).toBe('a\tb\nc\ufffd]0;x\ufffd\ufffdd\ufffd2J');
  });

  it('gets none by the output of the commands', () => {
    const written: string[] = [];
    const { write } = process.stdout;
    process.stdout.write = (text: string) => written.push(text) > 0;
    try {
      processOutput().out('name \u001b[2J\n');
    } finally {
      process.stdout.write = write;
    }
    expect(written).toEqual(['name \ufffd[2J\n']);
  });
});
