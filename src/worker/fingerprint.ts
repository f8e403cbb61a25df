/** Telling data files apart without holding their reader up. */

/** Bytes that are handed to the other thread at a time. */
const PART_BYTES = 2 ** 22;

const known = new WeakMap<Uint8Array, Promise<string>>();

/**
 * A short text that tells data files apart: of each its name, its size and a hash of its bytes, which another thread
 * makes, once.
 */
export async function fingerprint(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const parts = await Promise.all(
    Object.entries(files).map(async ([name, bytes]) => `${name} ${bytes.length} ${await hashOf(bytes)}`),
  );
  return parts.join(' ');
}

function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = known.get(bytes) ?? digest(bytes);
  known.set(bytes, hash);
  return hash;
}

/** The hash of the hashes of its parts: handing all of a large file over at once would take a while too. */
async function digest(bytes: Uint8Array): Promise<string> {
  let hash = await sha256(bytes.subarray(0, PART_BYTES));
  for (let offset = PART_BYTES; offset < bytes.length; offset += PART_BYTES) {
    const part = await sha256(bytes.subarray(offset, offset + PART_BYTES));
    hash = await sha256(Uint8Array.of(...hash, ...part));
  }
  return Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join('');
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  // The files that we read are never shared between threads.
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}
