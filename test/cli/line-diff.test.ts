import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../src/cli/train/line-diff';

describe('lineDiff', () => {
  it('is empty for equal texts', () => {
    expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual([]);
  });

  it('shows what was removed and added with a line of context', () => {
    expect(lineDiff('a\nb\nc\nd\ne', 'a\nb\nX\nd\ne')).toEqual(['@@ line 2 @@', ' b', '-c', '+X', ' d']);
  });

  it('gives each place a heading', () => {
    expect(lineDiff('a\nb\nc\nd\ne\nf\ng', 'A\nb\nc\nd\ne\nf\nG')).toEqual([
      '@@ line 1 @@',
      '-a',
      '+A',
      ' b',
      '@@ line 6 @@',
      ' f',
      '-g',
      '+G',
    ]);
  });

  it('shows inserted and deleted lines alone, with either line ending', () => {
    expect(lineDiff('a\r\nb\r\nc', 'a\r\nnew\r\nb\r\nc')).toEqual(['@@ line 1 @@', ' a', '+new', ' b']);
    expect(lineDiff('a\nb\nc', 'a\nc')).toEqual(['@@ line 1 @@', ' a', '-b', ' c']);
  });
});
