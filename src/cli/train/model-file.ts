/** A model file and its data files, read from disk. */
import path from 'node:path';
import { RULE_IDS } from '../../diagnosis/rule-ids';
import type { Source } from '../../frontends/frontend';
import { MODEL_FILE } from '../../frontends/model-file/front-end';
import { ModelFileSource } from '../../frontends/model-file/model-file-source';
import { frontEndOf } from '../../frontends/registry';
import { dataFilesOf } from '../../model/data-files';
import { FirstRows } from '../../frontends/model-file/first-rows';
import { pythonFile } from '../../frontends/model-file/foreign/other-formats';
import { languageOf } from '../../frontends/model-file/model-file-name';
import type { ModelSpec } from '../../model/model-spec';
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
/** Characters of a file that tell what it is, where its name does not. */
const HEAD_LENGTH = 4096;
/** More than what is read of a data file, which says so itself. */
const MAXIMUM_DATA_BYTES = 64 * 2 ** 20 + 1;

export interface ModelFile {
  readonly path: string;
  readonly source: Source;
}

/** @throws Error of the file system where the file cannot be read. */
export function readModelFile(file: string): ModelFile {
  const text = Buffer.from(readRegularFile(file, MAXIMUM_MODEL_BYTES)).toString('utf8');
  const context = { fileName: file, rules: RULE_IDS };
  const frontEnd = frontEndOf(file, text.slice(0, HEAD_LENGTH));
  if (!frontEnd && PYTHON_FILE.test(file)) {
    const refused = { text, language: languageOf(file), foreignNames: [], ...pythonFile(text) };
    return { path: file, source: new ModelFileSource(refused, context) };
  }
  // Any other file that is named on the command line is meant to be a model file.
  return { path: file, source: (frontEnd ?? MODEL_FILE).read(text, context) };
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

/** `file:line:column` of an offset of the file. */
export function placeAt({ path: file, source }: ModelFile, offset: number): string {
  const { line, column } = positionAt(source.text, offset);
  return `${file}:${line}:${column}`;
}
