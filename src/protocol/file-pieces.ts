/** Data files on their way to another process: in pieces, so that no message takes its sender long. */
import type { DataFiles } from '../training/data/given-files';

/** Part of a data file; the parts of one file come in their order, before the message that it belongs to. */
export interface FilePiece {
  readonly type: 'piece';
  /** The path that the model file names it by. */
  readonly file: string;
  readonly offset: number;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

interface WithFiles {
  readonly files?: DataFiles;
}

/** Larger files are cut: posting so much takes a few milliseconds. */
export const PIECE_BYTES = 2 ** 21;

/** Cuts the large files out of a message: their pieces come first, then the message with the others. */
export function inPieces<M extends object>(message: M, pieceBytes = PIECE_BYTES): readonly (M | FilePiece)[] {
  const { files } = message as WithFiles;
  const large = Object.entries(files ?? {}).filter(([, bytes]) => bytes.length > pieceBytes);
  if (large.length === 0) return [message];
  const pieces = large.flatMap(([file, bytes]) =>
    Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index): FilePiece => {
      const offset = index * pieceBytes;
      return { type: 'piece', file, offset, size: bytes.length, bytes: bytes.subarray(offset, offset + pieceBytes) };
    }),
  );
  const small = Object.fromEntries(Object.entries(files!).filter(([file]) => !large.some(([name]) => name === file)));
  return [...pieces, { ...message, files: small }];
}

/** Puts files together again. */
export class FileAssembler {
  private files = new Map<string, Uint8Array>();

  add({ file, offset, size, bytes }: FilePiece): void {
    const known = this.files.get(file);
    const whole = known?.length === size ? known : new Uint8Array(size);
    whole.set(bytes, offset);
    this.files.set(file, whole);
  }

  /** Gives a message that takes files those that came for it. */
  complete<M extends object>(message: M): M {
    if (!('files' in message) || this.files.size === 0) return message;
    const files = { ...(message as WithFiles).files, ...Object.fromEntries(this.files) };
    this.files = new Map();
    return { ...message, files };
  }
}
