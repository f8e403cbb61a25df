/** Every relative link and anchor of every Markdown file leads somewhere. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { absolute, anchorsOf, MARKDOWN_FILES, read, withoutCode } from './markdown';

/** What is wrong with one link of a file; `undefined` where it leads somewhere. */
function faultOf(file: string, link: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) return undefined;
  const [address, anchor] = link.split('#');
  const target = address === '' ? file : path.posix.join(path.posix.dirname(file), decodeURIComponent(address));
  if (!existsSync(absolute(target))) return `${file}: ${link} does not exist`;
  if (anchor === undefined) return undefined;
  if (statSync(absolute(target)).isDirectory() || !target.endsWith('.md'))
    return `${file}: ${link} has an anchor into something that is no page`;
  return anchorsOf(read(target)).includes(anchor) ? undefined : `${file}: ${link} has no heading of that name`;
}

/** Links of a page, images included. */
function linksOf(text: string): string[] {
  const prose = withoutCode(text).replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, link]) => link);
}

it('every relative link and anchor leads somewhere', () => {
  const links = MARKDOWN_FILES.flatMap(file => linksOf(read(file)).map(link => ({ file, link })));
  expect(links.length).toBeGreaterThan(100);
  expect(links.map(({ file, link }) => faultOf(file, link)).filter(fault => fault !== undefined)).toEqual([]);
});

it('a link that leads nowhere is found', () => {
  expect(linksOf('See [a](docs/none.md), `[b](no.md)` and ![c](docs/none.png).')).toEqual([
    'docs/none.md',
    'docs/none.png',
  ]);
  expect(faultOf('README.md', 'docs/none.md')).toBe('README.md: docs/none.md does not exist');
  expect(faultOf('README.md', 'docs/fixes.md#none')).toBe('README.md: docs/fixes.md#none has no heading of that name');
  expect(faultOf('README.md', 'docs/fixes.md#clip-by-norm')).toBeUndefined();
});
