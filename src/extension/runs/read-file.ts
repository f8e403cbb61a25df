/** Files beside a model file. Local ones are read by this process; only those of other file systems are asked of the editor. */
import fs from 'node:fs/promises';
import * as vscode from 'vscode';

export interface FileSize {
  readonly isFolder: boolean;
  readonly bytes: number;
}

/*
 * `vscode.workspace.fs` waits for the window before it does anything, for local files too. A window that opens a panel is busy for
 * a third of a second, and a run that is to be seen in that panel would not begin before.
 */

/** What is at `file`; `undefined` where nothing is. Throws what else the file system says. */
export async function sizeOf(file: vscode.Uri): Promise<FileSize | undefined> {
  try {
    if (file.scheme === 'file') {
      const found = await fs.stat(file.fsPath);
      return { isFolder: found.isDirectory(), bytes: found.size };
    }
    const { type, size } = await vscode.workspace.fs.stat(file);
    return { isFolder: (type & vscode.FileType.Directory) !== 0, bytes: size };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export async function bytesOf(file: vscode.Uri): Promise<Uint8Array> {
  return file.scheme === 'file' ? fs.readFile(file.fsPath) : vscode.workspace.fs.readFile(file);
}

function isNotFound(error: unknown): boolean {
  if (error instanceof vscode.FileSystemError) return error.code === 'FileNotFound';
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
