/** Reading of one file out of a zip archive (PKWARE's APPNOTE 6.3), as much of it as npz files need. */
import { nearestName } from '../../model/vocabulary/nearest-name';
import { TrainingError } from '../training-error';
import { crc32 } from './crc32';
import type { NamedBytes } from './given-files';
import { inflate } from './inflate';

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly checkSum: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** Length of the last record without its comment, of a directory entry and of a local header without their names. */
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;

/**
 * What the archive says it holds. @throws TrainingError where it is no zip archive or a record points outside of it.
 */
export function listZip(file: NamedBytes): readonly ZipEntry[] {
  const { bytes } = file;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end < 0) throw damaged(file, 'it has no directory at its end, so it is no archive or not whole');
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (position + ENTRY_BYTES > end || view.getUint32(position, true) !== DIRECTORY_ENTRY) {
      throw damaged(file, `entry ${i + 1} of its directory is not where it should be`);
    }
    const nameLength = view.getUint16(position + 28, true);
    const next =
      position + ENTRY_BYTES + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
    if (next > end) throw damaged(file, `entry ${i + 1} of its directory is cut off`);
    const start = position + ENTRY_BYTES;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(start, start + nameLength)),
      method: view.getUint16(position + 10, true),
      checkSum: view.getUint32(position + 16, true),
      packedSize: view.getUint32(position + 20, true),
      size: view.getUint32(position + 24, true),
      offset: view.getUint32(position + 42, true),
    });
    position = next;
  }
  return entries;
}

/**
 * Bytes of one entry. @throws TrainingError where it is damaged, packed in another way, or larger than `limitBytes`.
 */
export function readZipEntry(file: NamedBytes, entry: ZipEntry, limitBytes: number): Uint8Array {
  const { bytes, source } = file;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = `${file.name}: ${entry.name}`;
  if (entry.size > limitBytes) {
    const [has, most] = [Math.ceil(entry.size / 2 ** 20), Math.floor(limitBytes / 2 ** 20)];
    throw new TrainingError(`"${name}" has ${has} MB, but ${most} MB are allowed; use fewer examples.`, source);
  }
  if (entry.offset + LOCAL_BYTES > bytes.length || view.getUint32(entry.offset, true) !== LOCAL_HEADER) {
    throw damaged(file, `"${entry.name}" is not where its directory says`);
  }
  const start =
    entry.offset + LOCAL_BYTES + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  if (start + entry.packedSize > bytes.length) throw damaged(file, `"${entry.name}" is cut off`);
  const packed = bytes.subarray(start, start + entry.packedSize);
  const content = unpack(entry, { bytes: packed, name, source });
  if (content.length !== entry.size || crc32(content) !== entry.checkSum) {
    throw damaged(file, `the check sum of "${entry.name}" is wrong`);
  }
  return content;
}

/** The entry of that name. @throws TrainingError that names the nearest. */
export function findZipEntry(file: NamedBytes, entries: readonly ZipEntry[], name: string, ending: string): ZipEntry {
  const found = entries.find(entry => entry.name === name + ending);
  if (found) return found;
  const names = entries.map(entry => (entry.name.endsWith(ending) ? entry.name.slice(0, -ending.length) : entry.name));
  const near = nearestName(name, names);
  const listed = names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ');
  const question = near ? `; did you mean "${near}"?` : '.';
  throw new TrainingError(
    `"${file.name}" has no array "${name}"${question} It holds: ${listed || 'nothing'}.`,
    file.source,
  );
}

function unpack(entry: ZipEntry, packed: NamedBytes): Uint8Array {
  if (entry.method === 0) return packed.bytes;
  if (entry.method === 8) return inflate(packed, 'deflate', entry.size);
  const message = `"${packed.name}" is packed by method ${entry.method}, which is not read here; write it with np.savez_compressed.`;
  throw new TrainingError(message, packed.source);
}

/** Where the last record begins; -1 without one. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--)
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  return -1;
}

function damaged({ name, source }: NamedBytes, reason: string): TrainingError {
  return new TrainingError(`"${name}" is damaged: ${reason}; write, copy or download it again.`, source);
}
