/** A model file and its data files, read from disk. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withIgnoreProblems } from '../../diagnosis/silenced';
import { compileModel } from '../../spec/compile';
import { dataFilesOf } from '../../spec/data-files';
import { pythonFile } from '../../spec/foreign/other-formats';
import { languageOf } from '../../spec/model-file-name';
import type { ModelSpec, SourcePath } from '../../spec/model-spec';
import { parseModelFile } from '../../spec/parse';
import { nearestRange } from '../../spec/source-range';
import type { SpecDocument, SpecProblem } from '../../spec/spec-document';
import { positionAt } from './text-position';

/** Python by its name, whatever its first lines are. */
const PYTHON_FILE = /\.pyw?$/i;

export interface ModelFile {
  readonly path: string;
  readonly document: SpecDocument;
  readonly model: ModelSpec | undefined;
  readonly problems: readonly SpecProblem[];
}

/** @throws Error of the file system where the file cannot be read. */
export function readModelFile(file: string): ModelFile {
  const text = readFileSync(file, 'utf8');
  const document = PYTHON_FILE.test(file)
    ? { text, language: languageOf(file), foreignNames: [], ...pythonFile(text) }
    : parseModelFile(text, languageOf(file));
  const { model, problems } = compileModel(document);
  return { path: file, document, model, problems: withIgnoreProblems(document, problems) };
}

/** Bytes of the data files that a model names, without those that are not there. @throws Error of the file system otherwise. */
export function readDataFiles(file: string, model: ModelSpec): Readonly<Record<string, Uint8Array>> {
  const found: [string, Uint8Array][] = [];
  for (const { path: written } of dataFilesOf(model.data)) {
    try {
      found.push([written, readFileSync(path.resolve(path.dirname(file), written))]);
    } catch (error) {
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
export function placeAt(file: string, document: SpecDocument, offset: number): string {
  const { line, column } = positionAt(document.text, offset);
  return `${file}:${line}:${column}`;
}
