/** Edits that write comments of `ignore-comments.ts`. */
import { readIgnores } from './ignore-comments';
import { ownerOf } from './source-path';
import type { SourcePath } from '../../model/model-spec';
import { applyEdits } from './edit';
import { parseModelFile } from './parse';
import { rangeAt } from './source-range';
import type { SourceDocument } from './source-document';
import type { TextEdit } from '../../text/text-edit';

/**
 * One edit that silences `rule` for the layer or entry which holds `source`: a comment above its first line, or one
 * more name in the comment that it has. `undefined` where no comment can mean this place alone, as when several layers
 * share a line.
 */
export function ignoreHere(
  document: SourceDocument,
  source: SourcePath,
  rule: string,
  rules: readonly string[],
): TextEdit | undefined {
  const { text } = document;
  const owner = ownerOf(source);
  const start = rangeAt(document, owner, 'entry')?.start;
  if (owner.length === 0 || start === undefined) return undefined;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line))![0];
  const above: TextEdit = {
    range: { start: line, end: line },
    text: `${indent}${comment(document, rule)}${lineEnd(text)}`,
  };
  const edit = extended(document, owner, rule, rules) ?? above;
  return silences(document, owner, edit, rule, rules) ? edit : undefined;
}

/**
 * One edit that silences `rule` in the whole file: a comment before everything, or one more name in the one that is
 * there.
 */
export function ignoreInFile(document: SourceDocument, rule: string, rules: readonly string[]): TextEdit {
  const { text } = document;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return (
    extended(document, [], rule, rules) ?? {
      range: { start, end: start },
      text: `${comment(document, rule)}${lineEnd(text)}`,
    }
  );
}

function comment({ language }: SourceDocument, rule: string): string {
  return `${language === 'json' ? '//' : '#'} gradient-health: ignore ${rule}`;
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Another name in a comment of the very same place. */
function extended(
  document: SourceDocument,
  path: SourcePath,
  rule: string,
  rules: readonly string[],
): TextEdit | undefined {
  const same = readIgnores(document, rules).ignores.find(ignore => samePath(ignore.path, path));
  return same && { range: { start: same.names.end, end: same.names.end }, text: `, ${rule}` };
}

/** Whether the edited text has a comment that silences the rule for this place and for nothing around it. */
function silences(
  document: SourceDocument,
  owner: SourcePath,
  edit: TextEdit,
  rule: string,
  rules: readonly string[],
): boolean {
  const edited = parseModelFile(applyEdits(document.text, [edit]), document.language);
  return (
    edited.problems.length <= document.problems.length &&
    readIgnores(edited, rules).ignores.some(ignore => samePath(ignore.path, owner) && ignore.rules.includes(rule))
  );
}

function samePath(one: SourcePath, other: SourcePath): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}
