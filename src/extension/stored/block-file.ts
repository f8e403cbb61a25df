/**
 * A file of typed arrays behind a JSON header, compressed and with a checksum: a changed or shortened one is refused,
 * never half read.
 */
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

/** Changes whenever what is written can no longer be read by an earlier or later version. */
export const FORMAT = 4;
const MAGIC = 'GRADRUNS';
const MAGIC_BYTES = 16;
/** Larger than any file that is written; a file that claims more is not ours. */
const MAXIMUM_BYTES = 2 ** 28;
/** Few large pieces cost this thread less than many small ones. */
const CHUNK_BYTES = 2 ** 20;
/** Blocks begin at multiples of it, so that they are read in place. */
const ALIGNMENT = 8;

const KINDS = { f64: Float64Array, f32: Float32Array, u16: Uint16Array, u8: Uint8Array } as const;
type Kind = keyof typeof KINDS;
export type Block = Float64Array | Float32Array | Uint16Array | Uint8Array;

interface Header {
  readonly blocks: readonly (readonly [kind: Kind, length: number])[];
  readonly content: unknown;
}

/** Why a file is refused, in half a sentence: "it is truncated or was modified". */
export class UnreadableFile extends Error {}

/** JSON and blocks as one piece. All that takes long, compression and checksum, happens outside this thread. */
export function joinBlocks(content: unknown, blocks: readonly Block[]): Promise<Uint8Array> {
  const header = new TextEncoder().encode(
    JSON.stringify({ blocks: blocks.map(block => [kindOf(block), block.length]), content } satisfies Header),
  );
  const starts = startsOf(
    header.length,
    blocks.map(({ byteLength }) => byteLength),
  );
  const bytes = new Uint8Array(starts[blocks.length]);
  new TextEncoder().encodeInto(MAGIC, bytes);
  new DataView(bytes.buffer).setUint32(8, FORMAT, true);
  new DataView(bytes.buffer).setUint32(12, header.length, true);
  bytes.set(header, MAGIC_BYTES);
  blocks.forEach((block, index) =>
    bytes.set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength), starts[index]),
  );
  return promisify(gzip)(bytes, { level: constants.Z_BEST_SPEED, chunkSize: CHUNK_BYTES });
}

/** Splits what `joinBlocks` joined. @throws UnreadableFile for anything else */
export async function splitBlocks(
  file: Uint8Array,
): Promise<{ readonly content: unknown; readonly blocks: readonly Block[] }> {
  const bytes = await decompress(file);
  if (bytes.length < MAGIC_BYTES || new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    throw new UnreadableFile('it is not a stored run');
  const view = new DataView(bytes.buffer);
  const format = view.getUint32(8, true);
  if (format !== FORMAT)
    throw new UnreadableFile(`another version of the extension wrote it (format ${format}; this one reads ${FORMAT})`);
  const headerLength = view.getUint32(12, true);
  const { blocks: listed, content } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(MAGIC_BYTES, MAGIC_BYTES + headerLength)),
  ) as Header;
  const starts = startsOf(
    headerLength,
    listed.map(([kind, length]) => length * KINDS[kind].BYTES_PER_ELEMENT),
  );
  if (starts[listed.length] !== bytes.length) throw new UnreadableFile('its length does not match its header');
  return {
    content,
    blocks: listed.map(([kind, length], index) => new KINDS[kind](bytes.buffer, starts[index], length)),
  };
}

/** A copy that begins its buffer, so that blocks are aligned. */
async function decompress(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await promisify(gunzip)(file, { maxOutputLength: MAXIMUM_BYTES, chunkSize: CHUNK_BYTES }));
  } catch (error) {
    throw new UnreadableFile('it is truncated or was modified', { cause: error });
  }
}

/** Offsets of the blocks, and the length of the whole. */
function startsOf(headerLength: number, lengths: readonly number[]): number[] {
  const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
  const starts = [aligned(MAGIC_BYTES + headerLength)];
  for (const length of lengths) starts.push(aligned(starts[starts.length - 1] + length));
  return starts;
}

function kindOf(block: Block): Kind {
  if (block instanceof Float64Array) return 'f64';
  if (block instanceof Float32Array) return 'f32';
  return block instanceof Uint16Array ? 'u16' : 'u8';
}
