import { readFileSync } from 'node:fs';

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** The F32 and I64 tensors of a safetensors file: a length, a JSON header of that length, the bytes. */
export function readSafetensors(file: URL): ReadonlyMap<string, StoredTensor> {
  const bytes = new Uint8Array(readFileSync(file));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const tensors = new Map<string, StoredTensor>();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [from, to],
    },
  ] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const values: number[] = [];
    const start = 8 + headerLength;
    for (let at = start + from; at < start + to; at += dtype === 'I64' ? 8 : 4) {
      values.push(dtype === 'I64' ? Number(view.getBigInt64(at, true)) : view.getFloat32(at, true));
    }
    tensors.set(name, { shape, values });
  }
  return tensors;
}
