/** The first record of a CSV file: its delimiter, and the names of its columns. */

const DELIMITERS = [',', ';', '\t', '|'];

/** Delimiter and names, as the header of a CSV text gives them. */
export interface CsvHeader {
  readonly delimiter: string;
  /** Without blanks around them. */
  readonly names: readonly string[];
}

/**
 * Reads the header: the delimiter (comma, semicolon, tab, bar) is the one that gives it the most names. Only the header
 * decides: values may hold any of the others, in quotes. Without any delimiter, the one column is read as with commas.
 */
export function readCsvHeader(text: string): CsvHeader {
  const start = text.replace(/^\uFEFF?(?:[ \t]*\r?\n)*/, '');
  const records = DELIMITERS.map(delimiter => ({ delimiter, names: firstRecord(start, delimiter) }));
  const most = Math.max(...records.map(({ names }) => names.length));
  const { delimiter, names } = records.find(record => record.names.length === most)!;
  return { delimiter, names: names.map(name => name.trim()) };
}

/**
 * Fields of the first record. Quotes around a field (RFC 4180) may enclose delimiters, line ends and doubled quotes.
 */
function firstRecord(text: string, delimiter: string): readonly string[] {
  const fields: string[] = [];
  for (let position = 0; ;) {
    const quoted = text[position] === '"' ? /"((?:[^"]|"")*)"/y : undefined;
    if (quoted) {
      quoted.lastIndex = position;
    }
    const match = quoted?.exec(text);
    const start = match ? position + match[0].length : position;
    let end = start;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') {
      end += 1;
    }
    fields.push(match ? match[1].replaceAll('""', '"') : text.slice(start, end));
    if (text[end] !== delimiter) {
      return fields;
    }
    position = end + 1;
  }
}
