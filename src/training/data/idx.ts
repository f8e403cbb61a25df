/** The IDX format of the MNIST files (http://yann.lecun.com/exdb/mnist). */
import { TrainingError } from '../training-error';
import type { NamedBytes } from './given-files';
import { inflate, isGzip } from './inflate';
import type { NumericArray } from './numeric-array';

interface ElementType {
  readonly width: number;
  readonly read: (view: DataView, offset: number) => number;
}

/** By the third byte of the file; numbers are big-endian. */
const ELEMENTS: Readonly<Record<number, ElementType>> = {
  0x08: { width: 1, read: (view, offset) => view.getUint8(offset) },
  0x09: { width: 1, read: (view, offset) => view.getInt8(offset) },
  0x0b: { width: 2, read: (view, offset) => view.getInt16(offset) },
  0x0c: { width: 4, read: (view, offset) => view.getInt32(offset) },
  0x0d: { width: 4, read: (view, offset) => view.getFloat32(offset) },
  0x0e: { width: 8, read: (view, offset) => view.getFloat64(offset) },
};

/** Reads an IDX file, gzipped or not. @throws TrainingError where it is none, is cut off, or unpacks to too much. */
export function readIdx(file: NamedBytes, limitBytes: number): NumericArray {
  const bytes = isGzip(file.bytes) ? inflate(file, 'gzip', limitBytes) : file.bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (what: string): TrainingError =>
    new TrainingError(`"${file.name}" ${what}; copy or download it again.`, file.source);
  const element = bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 ? ELEMENTS[bytes[2]] : undefined;
  if (!element || bytes[3] === 0)
    throw fail('is no IDX file: it does not begin with two zeros, a type and a number of axes');
  const start = 4 + 4 * bytes[3];
  if (start > bytes.length) throw fail('is cut off within its header');
  const shape = Array.from({ length: bytes[3] }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  if (size * element.width > bytes.length - start) {
    throw fail(
      `is cut off: its header tells of ${size} numbers ([${shape.join(', ')}]), but ` +
        `${Math.floor((bytes.length - start) / element.width)} follow`,
    );
  }
  return { shape, size, at: index => element.read(view, start + index * element.width) };
}
