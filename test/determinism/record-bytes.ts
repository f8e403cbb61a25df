import { createHash } from 'node:crypto';

/** A value of plain data as bytes: every number as its 64 bits (all NaN alike), keys in the order of their names. */
export function bytesOf(value: unknown): Buffer {
  const parts: Buffer[] = [];
  write(value, parts);
  return Buffer.concat(parts);
}

/** SHA-256 of those bytes, in hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(bytesOf(value)).digest('hex');
}

function write(value: unknown, parts: Buffer[]): void {
  if (typeof value === 'number') {
    parts.push(Buffer.from(Float64Array.of(Number.isNaN(value) ? NaN : value).buffer));
  } else if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const items = value as unknown as ArrayLike<unknown>;
    parts.push(Buffer.from(`[${items.length}]`));
    for (let i = 0; i < items.length; i++) write(items[i], parts);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) {
      parts.push(Buffer.from(`${key}:`));
      write(inner, parts);
    }
  } else {
    parts.push(Buffer.from(String(value)));
  }
}
