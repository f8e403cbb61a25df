/** Bytes of a CSV file → a table of texts. */
import Papa, { type Parser, type ParseResult } from 'papaparse';
import { readCsvHeader } from '../../text/csv-header';
import { TrainingError } from '../training-error';
import { checkFileSize, decodeText } from './given-files';
import { PATH, type TableFile, type TextTable } from './table';

/** Characters that are split at once: so often is told how far reading is. */
const PIECE = 2 ** 20;

/**
 * Reads a CSV file with a header. The delimiter is found out from it. Rows are numbered as a spreadsheet does: the
 * header is row 1.
 * @throws TrainingError for anything that is no complete rectangular table, naming row and column.
 */
export function readCsv(file: TableFile): TextTable {
  const { name } = file;
  checkFileSize(file.bytes, name, PATH);
  const text = decodeText({ bytes: file.bytes, name, source: PATH });
  const most = file.rows ?? Infinity;
  let names: readonly string[] | undefined;
  const columns: string[][] = [];
  const rowNumbers: number[] = [];
  let line = 0;
  splitRows(text, file, fields => {
    line++;
    if (fields.length === 1 && fields[0].trim() === '') return true;
    if (!names) {
      names = fields.map(field => field.trim());
      checkHeader(names, name);
      for (const column of names.keys()) columns[column] = [];
      return true;
    }
    if (fields.length !== names.length) {
      throw new TrainingError(
        `"${name}", row ${line}: ${fields.length} values, but the header names ${names.length} columns.`,
        PATH,
      );
    }
    for (let column = 0; column < fields.length; column++) columns[column].push(fields[column].trim());
    rowNumbers.push(line);
    return rowNumbers.length < most;
  });
  if (!names) throw new TrainingError(`"${name}" is empty; it needs a header row and rows of data.`, PATH);
  if (rowNumbers.length === 0) throw new TrainingError(`"${name}" has a header but no rows of data.`, PATH);
  return { names, columns, rowNumbers, file: name, rowNoun: 'row' };
}

/**
 * Calls `take` with the fields of each row until it returns false, and says after each piece how far the text is split.
 * @throws TrainingError where a quote is not closed
 */
function splitRows(text: string, { name, onReading }: TableFile, take: (fields: readonly string[]) => boolean): void {
  let before = 0;
  // A text is split piece by piece as a file is, though the types know it of files alone.
  const config = {
    delimiter: readCsvHeader(text).delimiter,
    chunkSize: PIECE,
    chunk: ({ data, errors, meta }: ParseResult<string[]>, parser: Parser): void => {
      const broken = errors.find(error => error.type === 'Quotes');
      if (broken) {
        throw new TrainingError(
          `"${name}", row ${before + (broken.row ?? 0) + 1}: a quoted value is not closed properly.`,
          PATH,
        );
      }
      if (!data.every(take)) {
        parser.abort();
        return;
      }
      before += data.length;
      if (meta.cursor < text.length) onReading?.(meta.cursor / text.length);
    },
  };
  Papa.parse<string[]>(text, config);
}

function checkHeader(names: readonly string[], file: string): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (name === '') throw new TrainingError(`"${file}", row 1: column ${index + 1} has no name.`, PATH);
    if (seen.has(name)) throw new TrainingError(`"${file}", row 1: two columns are called "${name}".`, PATH);
    seen.add(name);
  });
  if (names.every(name => Number.isFinite(Number(name)))) {
    throw new TrainingError(
      `"${file}" has no header: its first row holds only numbers; add a row of column names.`,
      PATH,
    );
  }
}
