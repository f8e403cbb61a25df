/** Files of bounded size, and nothing but files: a pipe would wait, and a device may never end. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** Something at a path that cannot be read as a file, in one sentence with advice. */
export class NoRegularFile extends Error {
  override readonly name = 'NoRegularFile';
}

/** Bytes that are read at once. */
const PIECE_BYTES = 2 ** 20;

/**
 * Reads a file from its start, up to where `endIn` says that it ends in the piece it is given, to its end, or to `most`
 * bytes.
 * @throws Error of the file system, and `NoRegularFile` where what is at the path is no file
 */
export function readRegularFile(
  file: string,
  most: number,
  endIn: (piece: Uint8Array) => number | undefined = () => undefined,
): Uint8Array {
  // Asked before it is opened, since opening a device may do something, and after, since it may be another one by then.
  refuseOthers(file, statSync(file));
  const opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    refuseOthers(file, fstatSync(opened));
    const pieces: Uint8Array[] = [];
    for (let read = 0; read < most;) {
      const piece = new Uint8Array(Math.min(PIECE_BYTES, most - read));
      const bytes = piece.subarray(0, readSync(opened, piece));
      const end = endIn(bytes);
      pieces.push(bytes.subarray(0, end));
      if (end !== undefined || bytes.length === 0) break;
      read += bytes.length;
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(opened);
  }
}

function refuseOthers(file: string, found: { isDirectory(): boolean; isFile(): boolean }): void {
  if (found.isDirectory()) throw new NoRegularFile(`${file} is a folder: name a file in it.`);
  if (!found.isFile())
    throw new NoRegularFile(
      `${file} is a pipe or a device, which may never end: write its output to a file and name that file.`,
    );
}
