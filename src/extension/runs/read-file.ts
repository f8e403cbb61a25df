/** Files beside a model file. Local ones are read by this process; only those of other file systems are asked of the editor. */
import fs from 'node:fs/promises';
import * as vscode from 'vscode';

export interface FileSize {
  readonly isFolder: boolean;
  readonly bytes: number;
  /** When it was changed, in milliseconds. */
  readonly modified: number;
}

/** Bytes that are read at once where only the beginning of a file is. */
const PIECE_BYTES = 2 ** 20;

/*
 * `vscode.workspace.fs` waits for the window before it does anything, for local files too. A window that opens a panel is busy for
 * a third of a second, and a run that is to be seen in that panel would not begin before.
 */

/** What is at `file`; `undefined` where nothing is. Throws what else the file system says. */
export async function sizeOf(file: vscode.Uri): Promise<FileSize | undefined> {
  try {
    if (file.scheme === 'file') {
      const found = await fs.stat(file.fsPath);
      return { isFolder: found.isDirectory(), bytes: found.size, modified: found.mtimeMs };
    }
    const { type, size, mtime } = await vscode.workspace.fs.stat(file);
    return { isFolder: (type & vscode.FileType.Directory) !== 0, bytes: size, modified: mtime };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export async function bytesOf(file: vscode.Uri): Promise<Uint8Array> {
  return file.scheme === 'file' ? fs.readFile(file.fsPath) : vscode.workspace.fs.readFile(file);
}

/**
 * The beginning of a file, up to where `endIn` says that it ends in the piece it is given, or all of it. Once more than `most` bytes were
 * read there is no more to be had: what has come so far is returned, which is more than `most`.
 */
export async function beginningOf(
  file: vscode.Uri, endIn: (piece: Uint8Array) => number | undefined, most: number,
): Promise<Uint8Array> {
  if (file.scheme !== 'file') {
    const bytes = await vscode.workspace.fs.readFile(file);
    return bytes.subarray(0, endIn(bytes));
  }
  const opened = await fs.open(file.fsPath);
  try {
    const pieces: Uint8Array[] = [];
    for (let read = 0; read <= most;) {
      const { bytesRead, buffer } = await opened.read(new Uint8Array(PIECE_BYTES));
      const piece = buffer.subarray(0, bytesRead);
      const end = bytesRead === 0 ? 0 : endIn(piece);
      pieces.push(piece.subarray(0, end));
      if (end !== undefined) break;
      read += bytesRead;
    }
    return concatenated(pieces);
  } finally {
    await opened.close();
  }
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    whole.set(piece, position);
    position += piece.length;
  }
  return whole;
}

function isNotFound(error: unknown): boolean {
  if (error instanceof vscode.FileSystemError) return error.code === 'FileNotFound';
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
