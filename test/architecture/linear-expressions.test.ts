/**
 * Regular expressions that may take exponential time: a repeated group that itself holds a repetition, or two ways to
 * read the same.
 */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

/**
 * Groups that are repeated without end and hold a repetition, each read and found to be parted by characters that the
 * repetition cannot match.
 */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'src/frontends/model-file/assist/cursor.ts /^\\s*(- +)*$/':
    'each turn begins with a dash, which the spaces cannot match',
  'src/frontends/model-file/assist/cursor.ts /(^|\\n)[ \\t]*(- +)*$/': 'the same, on at most 200 characters',
  'src/text/csv-header.ts /^\\uFEFF?(?:[ \\t]*\\r?\\n)*/':
    'each turn ends with a line feed, which the blanks cannot match',
  'src/frontends/model-file/edit/replace-node.ts /^(?:[ \\t]+[&!][^\\s,[\\]{}]*)*/':
    'each turn begins with blanks, which a name cannot match',
  'src/frontends/model-file/foreign/other-formats.ts /^(?:from [\\w.]+ import .+|import [\\w.]+(?: as \\w+)?(?:, *[\\w.]+)*|def \\w+\\(.*|class \\w+(?:\\(.*\\))?:) *(?:#.*)?$/':
    'each turn begins with a comma, which a name cannot match',
  "src/training/data/tokens.ts /[\\p{L}\\p{M}\\p{N}]+(?:['’‐-][\\p{L}\\p{M}\\p{N}]+)*|[^\\s\\p{L}\\p{M}\\p{N}]/gu":
    'each turn begins with a mark, which a letter cannot match',
};

function expressionsIn(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Whether a group that is repeated without end holds a repetition without end or a choice that may match nothing or the
 * same.
 */
export function nestsRepetition(expression: string): boolean {
  const stack: { repeats: boolean }[] = [];
  let inClass = false;
  for (let at = 1; at < expression.length; at++) {
    const character = expression[at];
    if (character === '\\') at++;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') stack.push({ repeats: false });
    else if (character === ')') {
      const group = stack.pop();
      const isRepeated = /^[*+]|^\{\d+,\}/.test(expression.slice(at + 1));
      if (isRepeated && group?.repeats) return true;
      if (stack.length > 0 && (isRepeated || group?.repeats)) stack.at(-1).repeats = true;
    } else if (stack.length > 0 && (character === '*' || character === '+' || /^\{\d+,\}/.test(expression.slice(at))))
      stack.at(-1).repeats = true;
  }
  return false;
}

describe('regular expressions', () => {
  it.each([
    ['/(a+)+$/', true],
    ['/^(?:\\s|!\\S*|#[^\\n]*)*$/', true],
    ['/((a)*b)+/', true],
    ['/(?:a|b)*c+/', false],
    ['/[(a+)+]*/', false],
    ['/\\(a+\\)+/', false],
  ])('are found to nest repetitions: %s is %s', (expression, nests) => expect(nestsRepetition(expression)).toBe(nests));

  it('nest no repetition in one that was not read by hand', () => {
    const files = ['src', 'webview'].flatMap(folder =>
      fs
        .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.ts'))
        .map(name => `${folder}/${name.replaceAll(path.sep, '/')}`),
    );
    const nesting = files.flatMap(file =>
      expressionsIn(file)
        .filter(nestsRepetition)
        .map(expression => `${file} ${expression}`),
    );
    expect(nesting.sort()).toEqual(Object.keys(READ_BY_HAND).sort());
  });

  it('are made from no text at run time', () => {
    const files = fs
      .readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'));
    expect(files.filter(name => /\bRegExp\(/.test(fs.readFileSync(path.join(ROOT, 'src', name), 'utf8')))).toEqual([]);
  });
});
