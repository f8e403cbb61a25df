/** Lines and columns from 1, as editors and compilers show them. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Where an offset stands in a text; lines end with `\n`, `\r\n` or `\r`. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before[before.length - 1].length + 1 };
}
