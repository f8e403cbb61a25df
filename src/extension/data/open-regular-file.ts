/**
 * Local files, opened only where they are files: a pipe, a device or a link elsewhere is asked what it is and left
 * alone. Knows no editor.
 */
import { constants, type Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Bytes that are read at once. */
const PIECE_BYTES = 2 ** 20;
/**
 * Opening a pipe waits for its other end without this flag, and one of the few threads that all extensions share with
 * it. Windows has neither.
 */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The file at a path. */
export type FoundFile =
  | { readonly kind: 'file'; readonly bytes: number; readonly modified: number }
  | { readonly kind: 'folder' | 'none' }
  /** A pipe, a device, a socket: reading it may never end. */
  | { readonly kind: 'other' }
  /** A link inside one of the folders that leads out of all of them. */
  | { readonly kind: 'outside'; readonly target: string };

/**
 * Looks at a path without opening it.
 * @param folders a file that lies in one of them by its name must do so by the links of its path too
 * @throws Error of the file system for all but a missing file
 */
export async function lookAt(file: string, folders: readonly string[]): Promise<FoundFile> {
  try {
    const found = await fs.stat(file);
    if (found.isDirectory()) return { kind: 'folder' };
    if (!found.isFile()) return { kind: 'other' };
    const target = await fs.realpath(file);
    const isNamedInside = folders.some(folder => contains(folder, path.resolve(file)));
    if (isNamedInside && !(await realFolders(folders)).some(folder => contains(folder, target)))
      return { kind: 'outside', target };
    return { kind: 'file', bytes: found.size, modified: found.mtimeMs };
  } catch (error) {
    if (isMissing(error)) return { kind: 'none' };
    throw error;
  }
}

/**
 * Reads a file from its start, up to where `endIn` says that it ends in the piece it is given, or to its end. Once more
 * than `most` bytes were read it stops: what has come so far is returned, which is more than `most`.
 * @throws Error where what was opened is no file, whatever it was when it was looked at
 */
export async function readRegularFile(
  file: string,
  most: number,
  endIn: (piece: Uint8Array) => number | undefined = () => undefined,
): Promise<Uint8Array> {
  const opened = await fs.open(file, WITHOUT_WAITING);
  try {
    const found: Stats = await opened.stat();
    if (!found.isFile()) throw new Error('it is not a file');
    const pieces: Uint8Array[] = [];
    for (let read = 0; read <= most;) {
      const { bytesRead, buffer } = await opened.read(new Uint8Array(Math.min(PIECE_BYTES, most + 1)));
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

function realFolders(folders: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    folders.map(folder =>
      fs.realpath(folder).catch((error: unknown) => {
        if (isMissing(error)) return folder;
        throw error;
      }),
    ),
  );
}

function contains(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0];
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    whole.set(piece, position);
    position += piece.length;
  }
  return whole;
}
