/** Text of a CSV file → a table of columns, each of numbers or of categories. */
import Papa from 'papaparse';
import type { SourcePath } from '../../spec/model-spec';
import { TrainingError } from '../training-error';
import { checkFileSize, decodeText } from './data-files';

export type CsvColumn =
  | { readonly kind: 'numeric'; readonly name: string; readonly values: Float64Array }
  /** `categories` in alphabetical order; `ids` index them. */
  | { readonly kind: 'categorical'; readonly name: string; readonly categories: readonly string[]; readonly ids: Int32Array };

export interface CsvTable {
  readonly rows: number;
  readonly columns: readonly CsvColumn[];
}

const PATH: SourcePath = ['data', 'path'];
const DELIMITERS = [',', ';', '\t', '|'];
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?']);
/** A column of which at least this share are numbers is meant to be numeric: what else it holds is a mistake to report. */
const NUMERIC_SHARE = 0.9;

/**
 * Reads a CSV file with a header. The delimiter (comma, semicolon, tab, bar) is found out from it. Rows are numbered as a spreadsheet
 * does: the header is row 1.
 * @param name the file as the model file calls it, for the sentences of errors
 * @throws TrainingError for anything that is no complete rectangular table, naming row and column.
 */
export function readCsvTable(bytes: Uint8Array, name: string): CsvTable {
  checkFileSize(bytes, name, PATH);
  const [header, ...rows] = splitRows(decodeText({ bytes, name, source: PATH }), name);
  if (!header) throw new TrainingError(`"${name}" is empty; it needs a header row and rows of data.`, PATH);
  const names = header.fields.map((field) => field.trim());
  checkHeader(names, name);
  if (rows.length === 0) throw new TrainingError(`"${name}" has a header but no rows of data.`, PATH);
  for (const { fields, row } of rows) {
    if (fields.length !== names.length) {
      throw new TrainingError(
        `"${name}", row ${row}: ${fields.length} values, but the header names ${names.length} columns.`,
        PATH,
      );
    }
  }
  return { rows: rows.length, columns: names.map((column, index) => readColumn(column, index, rows, name)) };
}

interface Row {
  readonly row: number;
  readonly fields: readonly string[];
}

/**
 * The delimiter that gives the header the most names. Only the header tells: values may hold any of the others, in quotes. Without any,
 * the one column is read as with commas.
 */
function delimiterOf(text: string): string {
  const names = DELIMITERS.map((delimiter) => Papa.parse<string[]>(text, { delimiter, preview: 1 }).data[0]?.length ?? 0);
  return DELIMITERS[names.indexOf(Math.max(...names))];
}

function splitRows(text: string, name: string): readonly Row[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text) });
  const broken = errors.find((error) => error.type === 'Quotes');
  if (broken) {
    throw new TrainingError(`"${name}", row ${(broken.row ?? 0) + 1}: a quoted value is not closed properly.`, PATH);
  }
  const rows = data.map((fields, index) => ({ fields, row: index + 1 }));
  return rows.filter(({ fields }) => fields.length > 1 || (fields[0] ?? '').trim() !== '');
}

function checkHeader(names: readonly string[], file: string): void {
  names.forEach((name, index) => {
    if (name === '') throw new TrainingError(`"${file}", row 1: column ${index + 1} has no name.`, PATH);
    if (names.indexOf(name) !== index) throw new TrainingError(`"${file}", row 1: two columns are called "${name}".`, PATH);
  });
  if (names.every((name) => Number.isFinite(Number(name)))) {
    throw new TrainingError(`"${file}" has no header: its first row holds only numbers; add a row of column names.`, PATH);
  }
}

function readColumn(name: string, index: number, rows: readonly Row[], file: string): CsvColumn {
  const texts = rows.map(({ fields }) => fields[index].trim());
  const missing = texts.findIndex((text) => MISSING.has(text.toLowerCase()));
  if (missing >= 0) {
    throw new TrainingError(
      `"${file}", row ${rows[missing].row}, column "${name}": the value is missing; fill it in or remove the row.`,
      PATH,
    );
  }
  const values = Float64Array.from(texts, Number);
  const numbers = values.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0);
  if (numbers === texts.length) return { kind: 'numeric', name, values };
  if (numbers >= NUMERIC_SHARE * texts.length) {
    const odd = values.findIndex((value) => !Number.isFinite(value));
    throw new TrainingError(
      `"${file}", row ${rows[odd].row}, column "${name}": "${shorten(texts[odd])}" is not a finite number, but ${numbers} of ` +
        `${texts.length} values are.`,
      PATH,
    );
  }
  const categories = [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
  const idOf = new Map(categories.map((category, id) => [category, id]));
  return { kind: 'categorical', name, categories, ids: Int32Array.from(texts, (text) => idOf.get(text) ?? -1) };
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
