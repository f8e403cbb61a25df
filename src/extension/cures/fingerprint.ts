/** A short text that tells data files apart: of each its name, its size and FNV-1a over its bytes. Not for secrets. */
export function fingerprint(files: Readonly<Record<string, Uint8Array>>): string {
  return Object.entries(files).map(([name, bytes]) => `${name} ${bytes.length} ${hash(bytes)}`).join(' ');
}

function hash(bytes: Uint8Array): string {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return (value >>> 0).toString(16);
}
