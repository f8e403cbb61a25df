/** The NPY format of NumPy (numpy.lib.format, versions 1 to 3). */
import { power } from '../../engine/elementary';
import type { Shape } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import type { NamedBytes } from './given-files';
import type { NumericArray } from './numeric-array';

type ReadNumber = (view: DataView, offset: number, little: boolean) => number;

/** By kind and bytes of an element, as NumPy writes them. */
const NUMBERS: Readonly<Record<string, ReadNumber>> = {
  b1: (view, offset) => view.getUint8(offset),
  i1: (view, offset) => view.getInt8(offset),
  u1: (view, offset) => view.getUint8(offset),
  i2: (view, offset, little) => view.getInt16(offset, little),
  u2: (view, offset, little) => view.getUint16(offset, little),
  i4: (view, offset, little) => view.getInt32(offset, little),
  u4: (view, offset, little) => view.getUint32(offset, little),
  i8: (view, offset, little) => Number(view.getBigInt64(offset, little)),
  u8: (view, offset, little) => Number(view.getBigUint64(offset, little)),
  f2: (view, offset, little) => halfToNumber(view.getUint16(offset, little)),
  f4: (view, offset, little) => view.getFloat32(offset, little),
  f8: (view, offset, little) => view.getFloat64(offset, little),
};
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const WAY = 'write it again with np.save';

/**
 * Reads an array of whole or floating numbers, in either byte order, row- or column-major. Nothing is copied.
 * @throws TrainingError where the file is none, is cut off, or holds text, complex numbers or pickled objects.
 */
export function readNpy(file: NamedBytes): NumericArray {
  const { bytes } = file;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) throw refusal(file, 'is no NPY file');
  const long = bytes[6] >= 2;
  const start = long ? 12 : 10;
  const dataStart = start + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  if (dataStart > bytes.length) throw refusal(file, 'is cut off within its header');
  const header = new TextDecoder().decode(bytes.subarray(start, dataStart));
  const { shape, fortran, little, width, read } = parseHeader(file, header);
  const size = shape.reduce((product, length) => product * length, 1);
  // Also where the product is beyond the whole numbers that a double can tell apart.
  if (size * width > bytes.length - dataStart) {
    throw refusal(
      file,
      `is cut off: its header tells of ${size} numbers, but ${Math.floor((bytes.length - dataStart) / width)} follow`,
    );
  }
  const at = (index: number): number => read(view, dataStart + index * width, little);
  return { shape, size, at: fortran && shape.length > 1 ? index => at(columnMajor(index, shape)) : at };
}

interface Header {
  readonly shape: Shape;
  readonly fortran: boolean;
  readonly little: boolean;
  /** Bytes of an element. */
  readonly width: number;
  readonly read: ReadNumber;
}

/** Characters of a shape: 64 axes of 20 digits each, with what parts them. */
const LONGEST_SHAPE = 64 * 22;

/** The header is a Python dictionary with three keys. */
function parseHeader(file: NamedBytes, text: string): Header {
  const type = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (order === undefined || sizes === undefined) throw refusal(file, 'has a header that cannot be read');
  const [, endian, kind] = /^([<>|=]?)([a-zA-Z]\d+)$/.exec(type ?? '') ?? [];
  if (kind === undefined || !Object.hasOwn(NUMBERS, kind)) {
    const message =
      `"${file.name}" holds ${type ? `elements of type "${type}"` : 'records'}, which are no numbers; convert it with ` +
      `astype('float32').`;
    throw new TrainingError(message, file.source);
  }
  if (sizes.length > LONGEST_SHAPE) throw refusal(file, 'has a header with more axes than NumPy knows');
  const shape = (sizes.match(/\d+/g) ?? []).map(Number);
  return {
    shape,
    fortran: order === 'True',
    little: endian !== '>',
    width: Number(kind.slice(1)),
    read: NUMBERS[kind],
  };
}

/** Index in column-major order of an index in row-major order. */
function columnMajor(index: number, shape: Shape): number {
  let [rest, found] = [index, 0];
  let stride = shape.reduce((product, length) => product * length, 1);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    stride /= shape[axis];
    found += (rest % shape[axis]) * stride;
    rest = Math.floor(rest / shape[axis]);
  }
  return found;
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return (sign * fraction) / power(2, 24);
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * (exponent < 15 ? 1 / power(2, 15 - exponent) : power(2, exponent - 15));
}

function refusal({ name, source }: NamedBytes, what: string): TrainingError {
  return new TrainingError(`"${name}" ${what}; ${WAY}.`, source);
}
