/** Unpacking of deflate and gzip, never to more bytes than are allowed. */
import { Inflate } from 'pako/lib/inflate';
import { TrainingError } from '../training-error';
import type { NamedBytes } from './data-files';

const CHUNK_BYTES = 2 ** 16;

/** Is this a gzip file? */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a deflate stream (RFC 1951, as in zip files) or a gzip file (RFC 1952), whose check sum must be right.
 * @param limitBytes unpacking stops as soon as there is more, so that a small file cannot fill the memory
 * @throws TrainingError where the stream is damaged, ends early or is too large.
 */
export function inflate({ bytes, name, source }: NamedBytes, format: 'deflate' | 'gzip', limitBytes: number): Uint8Array {
  const stream = new Inflate({ raw: format === 'deflate', chunkSize: CHUNK_BYTES });
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.onData = (chunk) => {
    size += chunk.length;
    if (size > limitBytes) {
      const most = Math.floor(limitBytes / 2 ** 20);
      throw new TrainingError(`"${name}" unpacks to more than the ${most} MB that are allowed; use fewer examples.`, source);
    }
    chunks.push(chunk);
  };
  // Told that more may come, it ends at the end of the stream alone, and so tells whether that was reached.
  const whole = stream.push(bytes, false);
  if (!whole || stream.err !== 0 || !stream.ended) {
    const reason = stream.msg === '' ? 'the packed data end early' : stream.msg;
    throw new TrainingError(`"${name}" is damaged: it cannot be unpacked (${reason}); copy or download it again.`, source);
  }
  const unpacked = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    unpacked.set(chunk, offset);
    offset += chunk.length;
  }
  return unpacked;
}
