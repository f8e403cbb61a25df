/** Places in a text, and changes of it. */

/** UTF-16 offsets into the text, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Replace `range` by `text`. The edits of one list never overlap and all speak of the same, unedited text. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}
