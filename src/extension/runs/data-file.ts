/** The data file that a model file names: where it is, whether it is there, and its bytes. Works on every file system of the editor. */
import * as vscode from 'vscode';
import type { ModelSpec, SourcePath } from '../../spec/model-spec';

/** Larger files are refused rather than read into memory. */
export const MAXIMUM_DATA_BYTES = 64 * 2 ** 20;

const PATH_OF_DATA: SourcePath = ['data', 'path'];

/** What is wrong with the data file, and the value of the model file that names it. */
export interface DataProblem {
  readonly message: string;
  readonly source: SourcePath;
}

/** Looks for the data file of `model` without reading it. `undefined` when it is there, or when the model names none. */
export async function checkDataFile(modelFile: vscode.Uri, model: ModelSpec): Promise<DataProblem | undefined> {
  const file = locate(modelFile, model);
  return file && await problemOf(file);
}

/** The bytes of the data file, `undefined` bytes for generated data, or what is wrong with the file. */
export async function readDataFile(
  modelFile: vscode.Uri, model: ModelSpec,
): Promise<{ readonly bytes: Uint8Array | undefined } | { readonly problem: DataProblem }> {
  const file = locate(modelFile, model);
  if (!file) return { bytes: undefined };
  const problem = await problemOf(file);
  if (problem) return { problem };
  try {
    return { bytes: await vscode.workspace.fs.readFile(file) };
  } catch (error) {
    return { problem: at(vscode.l10n.t('The data file {0} cannot be read: {1}', shown(file), reasonOf(error))) };
  }
}

/** Paths are relative to the model file; an absolute one is taken as it stands. */
function locate(modelFile: vscode.Uri, model: ModelSpec): vscode.Uri | undefined {
  if (model.data.type !== 'csv') return undefined;
  const path = model.data.path.replaceAll('\\', '/');
  const isAbsolute = path.startsWith('/') || /^[a-z]:\//i.test(path);
  return isAbsolute ? modelFile.with({ scheme: fileScheme(modelFile), path: path.startsWith('/') ? path : `/${path}` })
    : vscode.Uri.joinPath(modelFile.with({ scheme: fileScheme(modelFile) }), '..', path);
}

/** A new, unsaved model file finds its data as if it were saved where it says. */
function fileScheme(modelFile: vscode.Uri): string {
  return modelFile.scheme === 'untitled' ? vscode.workspace.workspaceFolders?.[0]?.uri.scheme ?? 'file' : modelFile.scheme;
}

async function problemOf(file: vscode.Uri): Promise<DataProblem | undefined> {
  let stat: vscode.FileStat;
  try {
    stat = await vscode.workspace.fs.stat(file);
  } catch (error) {
    return at(error instanceof vscode.FileSystemError && error.code === 'FileNotFound'
      ? vscode.l10n.t('There is no data file at {0}: correct the path, which is relative to the model file, or put the file there.', shown(file))
      : vscode.l10n.t('The data file {0} cannot be read: {1}', shown(file), reasonOf(error)));
  }
  if (stat.type & vscode.FileType.Directory) return at(vscode.l10n.t('{0} is a folder: name a CSV file in it.', shown(file)));
  if (stat.size <= MAXIMUM_DATA_BYTES) return undefined;
  return at(vscode.l10n.t(
    'The data file {0} has {1} MB, more than the {2} MB that a short training run reads: name a file with fewer rows.',
    shown(file), Math.ceil(stat.size / 2 ** 20), MAXIMUM_DATA_BYTES / 2 ** 20,
  ));
}

function at(message: string): DataProblem {
  return { message, source: PATH_OF_DATA };
}

function shown(file: vscode.Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.toString(true);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
