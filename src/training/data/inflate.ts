/** Unpacking of deflate and gzip, never to more bytes than are allowed. */
import { Inflate } from 'pako';
import { TrainingError } from '../training-error';
import type { NamedBytes } from './given-files';

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
export function inflate(
  { bytes, name, source }: NamedBytes,
  format: 'deflate' | 'gzip',
  limitBytes: number,
): Uint8Array {
  const stream = new Inflate({ raw: format === 'deflate', chunkSize: CHUNK_BYTES });
  const output = new Output(limitBytes);
  stream.onData = chunk => {
    if (output.add(chunk)) return;
    const most = Math.floor(limitBytes / 2 ** 20);
    throw new TrainingError(
      `"${name}" unpacks to more than the ${most} MB that are allowed; use fewer examples.`,
      source,
    );
  };
  // As long as more may come, it ends at the end of the stream alone, and so shows whether that was reached.
  const whole = stream.push(bytes, false);
  if (!whole || stream.err !== 0 || !stream.ended) {
    const reason = stream.msg === '' ? 'the packed data end early' : stream.msg;
    throw new TrainingError(
      `"${name}" is damaged: it cannot be unpacked (${reason}); copy or download it again.`,
      source,
    );
  }
  return output.bytes();
}

/** What is unpacked, in one array that grows: pieces that are put together at the end would need twice the memory. */
class Output {
  private array: Uint8Array;
  private length = 0;

  constructor(private readonly most: number) {
    // What a file says of its size may be a lie: memory is taken as it fills.
    this.array = new Uint8Array(Math.min(most, 16 * CHUNK_BYTES));
  }

  /** False where it would hold more than it may. */
  add(chunk: Uint8Array): boolean {
    const needed = this.length + chunk.length;
    if (needed > this.most) return false;
    if (needed > this.array.length) {
      const grown = new Uint8Array(Math.min(this.most, Math.max(needed, 2 * this.array.length)));
      grown.set(this.array.subarray(0, this.length));
      this.array = grown;
    }
    this.array.set(chunk, this.length);
    this.length = needed;
    return true;
  }

  bytes(): Uint8Array {
    return this.array.subarray(0, this.length);
  }
}
