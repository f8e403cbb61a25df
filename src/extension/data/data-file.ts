/**
 * The data files that a model file names: where they are, whether they are there, and their bytes. Works on every file
 * system of the editor.
 */
import * as vscode from 'vscode';
import { dataFilesOf, type DataFile } from '../../model/data-files';
import type { ModelSpec, SourcePath } from '../../model/model-spec';
import { FirstRows } from '../../frontends/model-file/first-rows';
import type { Remedy } from '../../training/remark';
import { dataAddress } from './data-address';
import { beginningOf, bytesOf, findFile } from './read-file';
import { memoryToRead } from './reading-memory';
import type { FoundFile } from './open-regular-file';
import { settingsFor } from '../settings/settings';
import { trustMessage } from '../settings/trust';
import { errorText } from '../../text/error-text';

/** Larger files are refused rather than read into memory. */
export const MAXIMUM_DATA_BYTES = 64 * 2 ** 20;

/** More is no header. */
const MAXIMUM_HEADER_BYTES = 2 ** 20;
/** Rows that a quick fix asks for of a file that is too large. */
const TRIED_ROWS = 50_000;

/** A problem of a data file, the value of the model file that names it, and edits that put it right. */
export interface DataProblem {
  readonly message: string;
  readonly source: SourcePath;
  readonly remedies?: readonly Remedy[];
}

/**
 * Checks the data files of a model: returns what is wrong with them, or a text that changes whenever one of them does.
 */
export type DataState = { readonly problem: DataProblem } | { readonly version: string };

/** Looks for the data files of `model` without reading them. */
export async function checkDataFiles(modelFile: vscode.Uri, model: ModelSpec): Promise<DataState> {
  const versions: string[] = [];
  for (const named of dataFilesOf(model.data)) {
    const found = await look(locateData(modelFile, named.path), named, modelFile, model);
    if ('problem' in found) return found;
    versions.push(`${named.path} ${found.file.bytes} ${found.file.modified}`);
  }
  return { version: versions.join(' ') };
}

/**
 * The bytes of the data files by the path that names them, none for generated data, or what is wrong with the first bad
 * one.
 */
export async function readDataFiles(
  modelFile: vscode.Uri,
  model: ModelSpec,
): Promise<{ readonly files: Readonly<Record<string, Uint8Array>> } | { readonly problem: DataProblem }> {
  const read: [string, Uint8Array][] = [];
  for (const named of dataFilesOf(model.data)) {
    const file = locateData(modelFile, named.path);
    const found = await look(file, named, modelFile, model);
    if ('problem' in found) return found;
    try {
      const bytes = await readNamed(file, named);
      if (bytes.length > MAXIMUM_DATA_BYTES) return { problem: tooLarge(file, named, bytes.length) };
      read.push([named.path, bytes]);
    } catch (error) {
      const message = vscode.l10n.t('The data file {0} cannot be read: {1}', shown(file), errorText(error));
      return { problem: { message, source: named.source } };
    }
  }
  return { files: Object.fromEntries(read) };
}

/** Where the file is that `written` names. */
export function locateData(modelFile: vscode.Uri, written: string): vscode.Uri {
  return vscode.Uri.from(dataAddress(modelFile, vscode.workspace.workspaceFolders?.[0]?.uri, written));
}

/** The beginning of a table with its header, or with the first of JSON lines; empty where there is no such file. */
export async function beginningText(file: vscode.Uri, format: 'csv' | 'lines'): Promise<string> {
  if (!vscode.workspace.isTrusted) return '';
  const found = await findFile(file, file);
  if (found.kind !== 'file' || (file.scheme !== 'file' && found.bytes > MAXIMUM_DATA_BYTES)) return '';
  const rows = new FirstRows(format, format === 'csv' ? 0 : 1);
  return new TextDecoder().decode(await beginningOf(file, piece => rows.feed(piece), MAXIMUM_HEADER_BYTES));
}

function readNamed(file: vscode.Uri, { table }: DataFile): Promise<Uint8Array> {
  if (table?.rows === undefined) return bytesOf(file, MAXIMUM_DATA_BYTES);
  const rows = new FirstRows(table.format, table.rows);
  return beginningOf(file, piece => rows.feed(piece), MAXIMUM_DATA_BYTES);
}

type File = Extract<FoundFile, { kind: 'file' }>;

async function look(
  file: vscode.Uri,
  named: DataFile,
  modelFile: vscode.Uri,
  model: ModelSpec,
): Promise<{ readonly problem: DataProblem } | { readonly file: File }> {
  const at = (message: string): { readonly problem: DataProblem } => ({ problem: { message, source: named.source } });
  if (!vscode.workspace.isTrusted) return at(trustMessage());
  let found: FoundFile;
  try {
    found = await findFile(file, modelFile);
  } catch (error) {
    return at(vscode.l10n.t('The data file {0} cannot be read: {1}', shown(file), errorText(error)));
  }
  switch (found.kind) {
    case 'none':
      return at(
        vscode.l10n.t(
          'There is no data file at {0}: correct the path, which is relative to the model file, or put the file there.',
          shown(file),
        ),
      );
    case 'folder':
      return at(vscode.l10n.t('{0} is a folder: name a file in it.', shown(file)));
    case 'other':
      return at(
        vscode.l10n.t(
          '{0} is a pipe or a device, which may never end: write its output to a file and name that file.',
          shown(file),
        ),
      );
    case 'outside':
      return at(
        vscode.l10n.t(
          '{0} is a link that leads out of the workspace, to {1}: name that file itself.',
          shown(file),
          found.target,
        ),
      );
    case 'file':
      return sizeProblem(file, named, model, found.bytes, settingsFor(modelFile).memoryLimitBytes) ?? { file: found };
  }
}

function sizeProblem(
  file: vscode.Uri,
  named: DataFile,
  { data }: ModelSpec,
  bytes: number,
  limitBytes: number,
): { readonly problem: DataProblem } | undefined {
  // How much of it the rows take that are asked for, only reading shows. Other file systems give whole files only.
  if (named.table?.rows !== undefined && file.scheme === 'file') return undefined;
  if (bytes > MAXIMUM_DATA_BYTES) return { problem: tooLarge(file, named, bytes) };
  const needed = memoryToRead(data.type, bytes);
  if (needed <= limitBytes) return undefined;
  const [megabytes, most] = [Math.ceil(needed / 2 ** 20), Math.floor(limitBytes / 2 ** 20)];
  const way = named.table ? vscode.l10n.t('read its first rows with `rows`') : vscode.l10n.t('name a smaller file');
  const message = vscode.l10n.t(
    'Reading {0} takes at least {1} MB, more than the {2} MB that `gradientHealth.memoryLimit` allows: {3}, or raise the setting.',
    shown(file),
    megabytes,
    most,
    way,
  );
  return { problem: { message, source: named.source } };
}

function tooLarge(file: vscode.Uri, { source, table }: DataFile, bytes: number): DataProblem {
  const [has, most] = [Math.ceil(bytes / 2 ** 20), MAXIMUM_DATA_BYTES / 2 ** 20];
  if (!table || file.scheme !== 'file') {
    const message = vscode.l10n.t(
      'The data file {0} has {1} MB, more than the {2} MB that a short training run reads: name a smaller one.',
      shown(file),
      has,
      most,
    );
    return { message, source };
  }
  const remedies = [
    {
      title: vscode.l10n.t('Read the first {0} rows', TRIED_ROWS),
      changes: [{ path: ['data', 'rows'], value: TRIED_ROWS }],
    },
  ];
  if (table.rows === undefined) {
    const message = vscode.l10n.t(
      'The data file {0} has {1} MB, more than the {2} MB that a short training run reads: read its first rows with `rows: {3}`.',
      shown(file),
      has,
      most,
      TRIED_ROWS,
    );
    return { message, source, remedies };
  }
  const message = vscode.l10n.t(
    'The first {0} rows of {1} take more than the {2} MB that a short training run reads: lower `rows`.',
    table.rows,
    shown(file),
    most,
  );
  return { message, source: ['data', 'rows'], remedies: table.rows > TRIED_ROWS ? remedies : [] };
}

function shown(file: vscode.Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.toString(true);
}
