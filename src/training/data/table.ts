/** A table of texts as it was read, before it is known what its columns hold. */
import type { SourcePath } from '../../model/model-spec';

/** Columns of texts, without blanks around them; a missing value is any of `MISSING`. */
export interface TextTable {
  readonly names: readonly string[];
  readonly columns: readonly (readonly string[])[];
  /** As a spreadsheet or an editor numbers each row or line. */
  readonly rowNumbers: readonly number[];
  /** The file as the model file calls it, and what its rows are called. */
  readonly file: string;
  readonly rowNoun: 'row' | 'line';
}

/** Bytes of a table, and how much of it is read. */
export interface TableFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Rows that are read at most; all where it is absent. */
  readonly rows?: number | undefined;
  /** Is called now and then, while a large file is read, with the share that is done. */
  readonly onReading?: ((share: number) => void) | undefined;
}

export const PATH: SourcePath = ['data', 'path'];

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?']);

/** Whether a text stands for a value that is not there. */
export function isMissing(text: string): boolean {
  return text.length < 5 && MISSING.has(text.toLowerCase());
}
