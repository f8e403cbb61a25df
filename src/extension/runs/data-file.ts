/** The data files that a model file names: where they are, whether they are there, and their bytes. Works on every file system of the editor. */
import * as vscode from 'vscode';
import { dataFilesOf, type DataFile } from '../../spec/data-files';
import type { ModelSpec, SourcePath } from '../../spec/model-spec';
import { bytesOf, sizeOf, type FileSize } from './read-file';

/** Larger files are refused rather than read into memory. */
export const MAXIMUM_DATA_BYTES = 64 * 2 ** 20;

/** What is wrong with a data file, and the value of the model file that names it. */
export interface DataProblem {
  readonly message: string;
  readonly source: SourcePath;
}

/** Looks for the data files of `model` without reading them. `undefined` when all are there, or when the model names none. */
export async function checkDataFiles(modelFile: vscode.Uri, model: ModelSpec): Promise<DataProblem | undefined> {
  for (const named of dataFilesOf(model.data)) {
    const problem = await problemOf(locate(modelFile, named.path), named);
    if (problem) return problem;
  }
  return undefined;
}

/** The bytes of the data files by the path that names them, none for generated data, or what is wrong with the first bad one. */
export async function readDataFiles(
  modelFile: vscode.Uri, model: ModelSpec,
): Promise<{ readonly files: Readonly<Record<string, Uint8Array>> } | { readonly problem: DataProblem }> {
  const read: [string, Uint8Array][] = [];
  for (const named of dataFilesOf(model.data)) {
    const file = locate(modelFile, named.path);
    const problem = await problemOf(file, named);
    if (problem) return { problem };
    try {
      read.push([named.path, await bytesOf(file)]);
    } catch (error) {
      const message = vscode.l10n.t('The data file {0} cannot be read: {1}', shown(file), reasonOf(error));
      return { problem: { message, source: named.source } };
    }
  }
  return { files: Object.fromEntries(read) };
}

/** Paths are relative to the model file; an absolute one is taken as it stands. */
function locate(modelFile: vscode.Uri, written: string): vscode.Uri {
  const path = written.replaceAll('\\', '/');
  const isAbsolute = path.startsWith('/') || /^[a-z]:\//i.test(path);
  return isAbsolute ? modelFile.with({ scheme: fileScheme(modelFile), path: path.startsWith('/') ? path : `/${path}` })
    : vscode.Uri.joinPath(modelFile.with({ scheme: fileScheme(modelFile) }), '..', path);
}

/** A new, unsaved model file finds its data as if it were saved where it says. */
function fileScheme(modelFile: vscode.Uri): string {
  return modelFile.scheme === 'untitled' ? vscode.workspace.workspaceFolders?.[0]?.uri.scheme ?? 'file' : modelFile.scheme;
}

async function problemOf(file: vscode.Uri, { source }: DataFile): Promise<DataProblem | undefined> {
  const at = (message: string): DataProblem => ({ message, source });
  let found: FileSize | undefined;
  try {
    found = await sizeOf(file);
  } catch (error) {
    return at(vscode.l10n.t('The data file {0} cannot be read: {1}', shown(file), reasonOf(error)));
  }
  if (!found) {
    return at(vscode.l10n.t(
      'There is no data file at {0}: correct the path, which is relative to the model file, or put the file there.', shown(file),
    ));
  }
  if (found.isFolder) return at(vscode.l10n.t('{0} is a folder: name a file in it.', shown(file)));
  if (found.bytes <= MAXIMUM_DATA_BYTES) return undefined;
  return at(vscode.l10n.t(
    'The data file {0} has {1} MB, more than the {2} MB that a short training run reads: name a smaller one.',
    shown(file), Math.ceil(found.bytes / 2 ** 20), MAXIMUM_DATA_BYTES / 2 ** 20,
  ));
}

function shown(file: vscode.Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.toString(true);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
