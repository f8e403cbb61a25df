/** A short text that tells data files apart: FNV-1a over the bytes, and their number. Not for secrets. */
export function fingerprint(bytes: Uint8Array | undefined): string {
  if (!bytes) return '';
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${bytes.length}-${(hash >>> 0).toString(16)}`;
}
