/**
 * Reader of safetensors files (https://github.com/huggingface/safetensors): F32 and I64 tensors, every bound checked.
 */

export interface StoredTensor {
  readonly shape: readonly number[];
  /** F32 values, or I64 values as whole numbers. */
  readonly values: Float32Array | Int32Array;
}

/** Larger headers are refused, as in the reference implementation. */
const MAXIMUM_HEADER_BYTES = 100_000_000;

/**
 * The tensors of a file by name.
 * @throws Error in one sentence where the file is damaged, holds another type, or an integer that does not fit 32 bits.
 */
export function readSafetensors(bytes: Uint8Array): ReadonlyMap<string, StoredTensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8) throw new Error('The file is too short for a safetensors file.');
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > MAXIMUM_HEADER_BYTES || 8 + headerBytes > bytes.byteLength) {
    throw new Error(`The header claims ${headerBytes} bytes, more than the file has.`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerBytes));
  const start = 8 + headerBytes;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name !== '__metadata__') tensors.set(name, readTensor(view, start, name, entry));
  }
  return tensors;
}

function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error('The header is not JSON.', { cause: error });
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new Error('The header is not a JSON object.');
  return header as Readonly<Record<string, unknown>>;
}

function readTensor(view: DataView, start: number, name: string, entry: unknown): StoredTensor {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw new Error(`Tensor "${name}" has no shape or no offsets.`);
  }
  const elementBytes = dtype === 'F32' ? 4 : dtype === 'I64' ? 8 : undefined;
  if (!elementBytes) throw new Error(`Tensor "${name}" is of type ${String(dtype)}; only F32 and I64 are read.`);
  const [begin, end] = offsets;
  const length = shape.reduce((product, size) => product * size, 1);
  if (begin > end || start + end > view.byteLength) throw new Error(`Tensor "${name}" lies outside of the file.`);
  if (end - begin !== length * elementBytes) {
    const needed = length * elementBytes;
    throw new Error(`Tensor "${name}" of shape [${shape.join(', ')}] takes ${needed} bytes, but has ${end - begin}.`);
  }
  // The data may stand at any byte, so it is read value by value and not through a view.
  const first = start + begin;
  const values =
    dtype === 'F32'
      ? Float32Array.from({ length }, (_, i) => view.getFloat32(first + 4 * i, true))
      : Int32Array.from({ length }, (_, i) => toInt32(view.getBigInt64(first + 8 * i, true), name));
  return { shape, values };
}

function toInt32(value: bigint, name: string): number {
  if (value !== BigInt.asIntN(32, value))
    throw new Error(`Tensor "${name}" holds ${value}, which does not fit 32 bits.`);
  return Number(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(item => Number.isSafeInteger(item) && item >= 0);
}
