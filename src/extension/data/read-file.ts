/**
 * Files beside a model file. Local ones are read by this process; only those of other file systems are asked of the
 * editor.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import { lookAt, readRegularFile, type FoundFile } from './open-regular-file';

/*
 * `vscode.workspace.fs` waits for the window before it does anything, for local files too. A window that opens a panel
 * is busy for a third of a second, and a run that is to be seen in that panel would not begin before.
 */

/** Finds the file at `file`, which `modelFile` names. Throws what else the file system says. */
export async function findFile(file: vscode.Uri, modelFile: vscode.Uri): Promise<FoundFile> {
  if (file.scheme === 'file') return lookAt(file.fsPath, ownFolders(modelFile));
  try {
    const { type, size, mtime } = await vscode.workspace.fs.stat(file);
    if ((type & vscode.FileType.Directory) !== 0) return { kind: 'folder' };
    return (type & vscode.FileType.File) === 0 ? { kind: 'other' } : { kind: 'file', bytes: size, modified: mtime };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return { kind: 'none' };
    throw error;
  }
}

/** All of a file; more than `most` bytes where it has more. */
export function bytesOf(file: vscode.Uri, most: number): Promise<Uint8Array> {
  return beginningOf(file, () => undefined, most);
}

/**
 * The beginning of a file, up to where `endIn` says that it ends in the piece it is given, or all of it. Once more than
 * `most` bytes were read there is no more to be had: what has come so far is returned, which is more than `most`.
 */
export async function beginningOf(
  file: vscode.Uri,
  endIn: (piece: Uint8Array) => number | undefined,
  most: number,
): Promise<Uint8Array> {
  if (file.scheme === 'file') return readRegularFile(file.fsPath, most, endIn);
  const bytes = await vscode.workspace.fs.readFile(file);
  return bytes.subarray(0, endIn(bytes));
}

/** The folders of the workspace and that of the model file: a link in them leads to files in them, or is told of. */
function ownFolders(modelFile: vscode.Uri): readonly string[] {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .map(({ uri }) => uri)
    .filter(({ scheme }) => scheme === 'file')
    .map(({ fsPath }) => fsPath);
  return modelFile.scheme === 'file' ? [...folders, path.dirname(modelFile.fsPath)] : folders;
}
