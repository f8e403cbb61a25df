/** Names of columns of the data file, where a model file may name some. */
import { readCsvHeader } from '../../../text/csv-header';
import { formatText } from '../edit/format-value';
import type { SourcePath } from '../../../model/model-spec';
import { inlineCode, oneLine } from '../../../text/plain-text';
import { nodeIn } from '../source-range';
import type { SourceNode, SourceDocument } from '../source-document';
import type { Key } from '../../../model/vocabulary/key';
import type { Proposal } from './completion';
import { cursorAt, type Cursor } from './cursor';
import { expectationAt } from './expectation';

/** A table whose columns could be named, as the model file names it. */
export interface ColumnFile {
  readonly path: string;
  readonly format: 'csv' | 'lines';
}

/**
 * The file whose columns could be named at `offset`; `undefined` where none could be, or the text names no file yet.
 */
export function columnFileAt(document: SourceDocument, offset: number): ColumnFile | undefined {
  const cursor = document.language === 'yaml' ? cursorAt(document.text, offset) : undefined;
  const place = cursor && expectationAt(cursor.root, cursor.path);
  if (!cursor || place?.kind !== 'value' || !isOfColumns(place.key)) {
    return undefined;
  }
  const path = textAt(cursor.root, ['data', 'path']);
  return path === undefined
    ? undefined
    : { path, format: textAt(cursor.root, ['data', 'type']) === 'json-lines' ? 'lines' : 'csv' };
}

/** Names of the columns by the beginning of a file: its header, or the fields of its first line. */
export function columnsIn(text: string, format: ColumnFile['format']): readonly string[] {
  if (format === 'csv') {
    return readCsvHeader(text).names.filter(name => name !== '');
  }
  const line = text.split('\n').find(candidate => candidate.trim() !== '') ?? '';
  try {
    const fields: unknown = JSON.parse(line);
    return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? Object.keys(fields) : [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
    // A line that is no JSON is told of when the data is checked; it has no names to offer.
    return [];
  }
}

/**
 * Completions at the cursor: the columns that no other key names yet, and the words in their place. Where no column is
 * known, a placeholder: else the editor would offer any word of the text.
 */
export function columnProposals(cursor: Cursor, key: Key, columns: readonly string[]): readonly Proposal[] {
  const named = new Set(['target', 'columns', 'drop'].flatMap(name => namesAt(cursor.root, ['data', name])));
  const free = columns.filter(name => !named.has(name));
  const words = key.value.kind === 'column-name' ? key.value.words : [];
  const asList = key.value.kind === 'column-names' && cursor.position === 'value';
  const shown = free.map((name): Proposal => {
    const text = formatText(name, false);
    return {
      label: oneLine(name),
      detail: 'column',
      documentation: `The column ${inlineCode(name)} of the data file.`,
      insertText: asList ? `[${text}]` : text,
      kind: 'value',
    };
  });
  const placeholder: Proposal = {
    label: asList ? '[column]' : 'column',
    detail: 'name of a column',
    documentation: key.description,
    insertText: asList ? '[${1:column}]' : '${1:column}',
    kind: 'snippet',
  };
  return [
    ...(shown.length > 0 || words.length > 0 ? shown : [placeholder]),
    ...words.map(({ name, description }): Proposal => ({
      label: name,
      detail: '',
      documentation: `**${name}**\n\n${description}`,
      insertText: name,
      kind: 'value',
    })),
  ];
}

/** Whether a key names columns. */
export function isOfColumns({ value }: Key): boolean {
  return value.kind === 'column-name' || value.kind === 'column-names';
}

function textAt(root: SourceNode, path: SourcePath): string | undefined {
  const node = nodeIn(root, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function namesAt(root: SourceNode, path: SourcePath): readonly string[] {
  const node = nodeIn(root, path);
  const items = node?.kind === 'sequence' ? node.items : node ? [node] : [];
  return items.flatMap(item => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : []));
}
