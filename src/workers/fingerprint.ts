/** Telling data files apart without holding their reader up. */

const known = new WeakMap<Uint8Array, Promise<string>>();

/** A short text that tells data files apart: of each its name, its size and a hash of its bytes, which another thread makes, once. */
export async function fingerprint(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const parts = await Promise.all(Object.entries(files).map(async ([name, bytes]) => `${name} ${bytes.length} ${await hashOf(bytes)}`));
  return parts.join(' ');
}

function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = known.get(bytes) ?? digest(bytes);
  known.set(bytes, hash);
  return hash;
}

async function digest(bytes: Uint8Array): Promise<string> {
  // The files that we read are never shared between threads.
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
