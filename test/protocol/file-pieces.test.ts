import { describe, expect, it } from 'vitest';
import { FileAssembler, inPieces, type FilePiece } from '../../src/protocol/file-pieces';
import { isFilePiece } from '../../src/protocol/parse-message';

const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, index) => index);

describe('data files on their way to another process', () => {
  it('arrive as they were, the large ones in pieces before the message that they belong to', () => {
    const message = { type: 'start', files: { 'small.csv': bytes(3), 'large.csv': bytes(10), __proto__: bytes(5) } };
    Object.defineProperty(message.files, '__proto__', { value: bytes(5), enumerable: true });
    const sent = inPieces(message, 4);
    expect(
      sent.map(part => (isFilePiece(part) ? `${part.file} ${part.offset}` : Object.keys(part.files).join())),
    ).toEqual(['large.csv 0', 'large.csv 4', 'large.csv 8', '__proto__ 0', '__proto__ 4', 'small.csv']);
    const assembler = new FileAssembler();
    for (const piece of sent.filter(isFilePiece)) assembler.add(piece);
    expect(assembler.complete({ type: 'cancel' })).toEqual({ type: 'cancel' });
    const whole = assembler.complete(sent.at(-1) as typeof message);
    expect(new Map(Object.entries(whole.files))).toEqual(
      new Map([
        ['small.csv', bytes(3)],
        ['large.csv', bytes(10)],
        ['__proto__', bytes(5)],
      ]),
    );
    expect(assembler.complete({ type: 'start', files: {} })).toEqual({ type: 'start', files: {} });
  });

  it('are no pieces where they reach beyond the whole', () => {
    const piece: FilePiece = { type: 'piece', file: 'a', offset: 3, size: 4, bytes: bytes(2) };
    expect([isFilePiece(piece), isFilePiece({ ...piece, offset: 2 }), isFilePiece({ ...piece, bytes: [1] })]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('stay in their message where they are small or there are none', () => {
    const message = { type: 'start', files: { a: bytes(4) } };
    expect(inPieces(message, 4)).toEqual([message]);
    expect(inPieces({ type: 'cancel' })).toEqual([{ type: 'cancel' }]);
  });
});
