import type { TextEdit } from './text-edit';

/**
 * The text with the edits made. They speak of `text` as it is and may come in any order; throws `RangeError` where two
 * overlap.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return joinPieces(text, editPieces([{ start: 0, end: text.length }], edits));
}

/** A part of the original text, or new text. */
type Piece = { readonly start: number; readonly end: number } | string;

/**
 * One list of edits for several made one after another, each by a function of the text so far. The result speaks of the
 * original text, so that an editor applies it at once.
 */
export function composeEdits(text: string, steps: readonly ((current: string) => readonly TextEdit[])[]): TextEdit[] {
  let pieces: Piece[] = [{ start: 0, end: text.length }];
  let current = text;
  for (const step of steps) {
    const edits = step(current);
    pieces = editPieces(pieces, edits);
    current = applyEdits(current, edits);
  }
  return toEdits(text, pieces);
}

function editPieces(pieces: readonly Piece[], edits: readonly TextEdit[]): Piece[] {
  const sorted = [...edits].sort(
    (one, other) => one.range.start - other.range.start || one.range.end - other.range.end,
  );
  const edited: Piece[] = [];
  let from = 0;
  for (const { range, text } of sorted) {
    if (range.start < from) {
      throw new RangeError(`Edits overlap at offset ${range.start}`);
    }
    edited.push(...slicePieces(pieces, from, range.start), text);
    from = range.end;
  }
  edited.push(...slicePieces(pieces, from, Number.POSITIVE_INFINITY));
  return edited.filter(piece => lengthOf(piece) > 0);
}

/** The pieces that make up `from` to `to` of the text they stand for. */
function slicePieces(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const sliced: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const start = Math.max(0, from - offset);
    const end = Math.min(lengthOf(piece), to - offset);
    if (start < end) {
      sliced.push(
        typeof piece === 'string' ? piece.slice(start, end) : { start: piece.start + start, end: piece.start + end },
      );
    }
    offset += lengthOf(piece);
  }
  return sliced;
}

function toEdits(text: string, pieces: readonly Piece[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let from = 0;
  let added = '';
  const finish = (start: number): void => {
    if ((added !== '' || start > from) && added !== text.slice(from, start)) {
      edits.push({ range: { start: from, end: start }, text: added });
    }
    added = '';
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      added += piece;
    } else {
      finish(piece.start);
      from = piece.end;
    }
  }
  finish(text.length);
  return edits;
}

function joinPieces(text: string, pieces: readonly Piece[]): string {
  return pieces.map(piece => (typeof piece === 'string' ? piece : text.slice(piece.start, piece.end))).join('');
}

function lengthOf(piece: Piece): number {
  return typeof piece === 'string' ? piece.length : piece.end - piece.start;
}
