/** UTF-8 both ways, and UTF-16 back, for a context that has none. */

export class Utf8Encoder {
  readonly encoding = 'utf-8';

  encode(value: unknown = ''): Uint8Array {
    const text = String(value);
    const bytes = new Uint8Array(text.length * 3);
    let length = 0;
    for (let i = 0; i < text.length; i++) {
      let code = text.charCodeAt(i);
      if (code >= 0xd800 && code < 0xdc00 && i + 1 < text.length) {
        code = 0x10000 + (((code & 1023) << 10) | (text.charCodeAt(++i) & 1023));
      }
      if (code < 128) bytes[length++] = code;
      else if (code < 2048) {
        bytes[length++] = 192 | (code >> 6);
        bytes[length++] = 128 | (code & 63);
      } else if (code < 65536) {
        bytes[length++] = 224 | (code >> 12);
        bytes[length++] = 128 | ((code >> 6) & 63);
        bytes[length++] = 128 | (code & 63);
      } else {
        bytes[length++] = 240 | (code >> 18);
        bytes[length++] = 128 | ((code >> 12) & 63);
        bytes[length++] = 128 | ((code >> 6) & 63);
        bytes[length++] = 128 | (code & 63);
      }
    }
    return bytes.slice(0, length);
  }

  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    const bytes = this.encode(text);
    const written = Math.min(bytes.length, target.length);
    target.set(bytes.subarray(0, written));
    return { read: text.length, written };
  }
}

export class Decoder {
  readonly encoding: string;

  constructor(label: unknown = 'utf-8') {
    this.encoding = String(label).toLowerCase();
  }

  decode(source?: ArrayBuffer | ArrayBufferView): string {
    if (source === undefined) return '';
    const bytes = ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source);
    return this.encoding.startsWith('utf-16') ? decodeUtf16(bytes) : decodeUtf8(bytes);
  }
}

/** Code units that `fromCharCode` takes at once. */
const PIECE = 8000;

export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    let code = bytes[i++];
    if (code >= 240) {
      code = ((code & 7) << 18) | ((bytes[i++] & 63) << 12) | ((bytes[i++] & 63) << 6) | (bytes[i++] & 63);
      code -= 0x10000;
      units.push(0xd800 | (code >> 10));
      code = 0xdc00 | (code & 1023);
    } else if (code >= 224) code = ((code & 15) << 12) | ((bytes[i++] & 63) << 6) | (bytes[i++] & 63);
    else if (code >= 128) code = ((code & 31) << 6) | (bytes[i++] & 63);
    units.push(code);
    if (units.length > PIECE) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

function decodeUtf16(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
  return text;
}
