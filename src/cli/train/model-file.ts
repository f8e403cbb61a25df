/** A model file and its data files, read from disk. */
import path from 'node:path';
import { withIgnoreProblems } from '../../diagnosis/silenced';
import { compileModel } from '../../frontends/model-file/compile';
import { dataFilesOf } from '../../model/data-files';
import { FirstRows } from '../../frontends/model-file/first-rows';
import { pythonFile } from '../../frontends/model-file/foreign/other-formats';
import { languageOf } from '../../frontends/model-file/model-file-name';
import type { ModelSpec, SourcePath } from '../../model/model-spec';
import { parseModelFile } from '../../frontends/model-file/parse';
import { nearestRange } from '../../frontends/model-file/source-range';
import type { SourceDocument } from '../../frontends/model-file/source-document';
import type { TextProblem } from '../../frontends/text-problem';
import { TrainingError } from '../../training/training-error';
import { NoRegularFile, readRegularFile } from './regular-file';
import { positionAt } from './text-position';

/** Python by its name, whatever its first lines are. */
const PYTHON_FILE = /\.pyw?$/i;
/**
 * More is no model file; its own limit is told in a sentence by the parser, so it is left to see one byte a letter
 * more.
 */
const MAXIMUM_MODEL_BYTES = 8 * 2 ** 20;
/** More than what is read of a data file, which says so itself. */
const MAXIMUM_DATA_BYTES = 64 * 2 ** 20 + 1;

export interface ModelFile {
  readonly path: string;
  readonly document: SourceDocument;
  readonly model: ModelSpec | undefined;
  readonly problems: readonly TextProblem[];
}

/** @throws Error of the file system where the file cannot be read. */
export function readModelFile(file: string): ModelFile {
  const text = Buffer.from(readRegularFile(file, MAXIMUM_MODEL_BYTES)).toString('utf8');
  const document = PYTHON_FILE.test(file)
    ? { text, language: languageOf(file), foreignNames: [], ...pythonFile(text) }
    : parseModelFile(text, languageOf(file));
  const { model, problems } = compileModel(document);
  return { path: file, document, model, problems: withIgnoreProblems(document, problems) };
}

/**
 * Bytes of the data files that a model names, without those that are not there. @throws Error of the file system
 * otherwise.
 */
export function readDataFiles(file: string, model: ModelSpec): Readonly<Record<string, Uint8Array>> {
  const found: [string, Uint8Array][] = [];
  for (const { path: written, table } of dataFilesOf(model.data)) {
    const named = path.resolve(path.dirname(file), written);
    try {
      const rows = table?.rows === undefined ? undefined : new FirstRows(table.format, table.rows);
      found.push([written, readRegularFile(named, MAXIMUM_DATA_BYTES, rows && (piece => rows.feed(piece)))]);
    } catch (error) {
      if (error instanceof NoRegularFile) throw new TrainingError(error.message, ['data', 'path']);
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return Object.fromEntries(found);
}

/** `file:line:column` of a place in the model file, or of the nearest that the text has. */
export function placeOf({ path: file, document }: ModelFile, source: SourcePath): string {
  return placeAt(file, document, nearestRange(document, source).start);
}

/** `file:line:column` of an offset. */
export function placeAt(file: string, document: SourceDocument, offset: number): string {
  const { line, column } = positionAt(document.text, offset);
  return `${file}:${line}:${column}`;
}
