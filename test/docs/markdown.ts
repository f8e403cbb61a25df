/** The Markdown files of this repository, and what tests read out of them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');

/** Paths of all Markdown files, relative to the repository, including those that are not committed yet. */
export const MARKDOWN_FILES: readonly string[] = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '*.md'],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\0')
  .filter(Boolean);

/** Absolute path of a file of the repository. */
export function absolute(file: string): string {
  return path.join(ROOT, file);
}

/** Text of a file of the repository. */
export function read(file: string): string {
  return readFileSync(absolute(file), 'utf8');
}

/** The text with every character of fenced code blocks and HTML comments blanked, so that lines keep their numbers. */
export function withoutCode(text: string): string {
  const blank = (match: string): string => match.replace(/[^\n]/g, ' ');
  return text.replace(/^(```|~~~).*\n[\s\S]*?^\1[ \t]*$/gm, blank).replace(/<!--[\s\S]*?-->/g, blank);
}

/** One paragraph, list item or heading, with the number of its first line. */
export interface Block {
  readonly line: number;
  readonly text: string;
}

/** Paragraphs and list items of a page, each on one line. Code blocks, tables and headings are left out. */
export function proseOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; text: string } | undefined;
  const close = (): void => {
    if (open) blocks.push(open);
    open = undefined;
  };
  for (const [index, line] of withoutCode(text).split('\n').entries()) {
    const item = /^\s*(?:[-*+]|\d+\.)\s+/.exec(line);
    if (line.trim() === '' || /^\s*(?:\||#)/.test(line)) close();
    else if (open && !item) open.text += ` ${line.trim()}`;
    else {
      close();
      open = { line: index + 1, text: line.slice(item?.[0].length ?? 0).trim() };
    }
  }
  close();
  return blocks;
}

/** Sentences of a block, with each code span and formula as one word. */
export function sentencesOf(block: string): string[] {
  const plain = block
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`[^`]*`/g, 'CODE')
    .replace(/<[^>]+>/g, '')
    .replace(/\bet al\./g, 'et al');
  return plain
    .split(/(?<=[.!?][")*]*)\s+(?=["(*]*[A-Z\d‖*])/)
    .map(sentence => sentence.trim())
    .filter(Boolean);
}

/** Words of a sentence: runs between spaces that hold a letter or a digit. */
export function countWords(sentence: string): number {
  return sentence.split(/\s+/).filter(word => /[\p{L}\d]/u.test(word)).length;
}

/** Anchors of the headings of a page, as GitHub makes them. */
export function anchorsOf(text: string): string[] {
  const anchors: string[] = [];
  for (const [, heading] of withoutCode(text).matchAll(/^#{1,6}[ \t]+(.+)$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const times = anchors.filter(anchor => anchor === slug || new RegExp(`^${slug}-\\d+$`).test(anchor)).length;
    anchors.push(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}
