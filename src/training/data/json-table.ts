/** JSON lines whose fields are the columns of a table: `{"age": 30, "plan": "basic", "churn": "no"}`. */
import { TrainingError } from '../training-error';
import type { TableSettings } from './choose-columns';
import { eachJsonLine } from './json-lines';
import { PATH, type TableFile, type TextTable } from './table';

/**
 * Reads the fields that the model file names. A field that a line does not have, or that is `null`, is missing there;
 * `true` and `false` are 1 and 0.
 * @throws TrainingError that names the line, where one is no JSON object or a field is a list
 */
export function readJsonTable(file: TableFile, { columns = [], target }: TableSettings): TextTable {
  const wanted = new Set([...columns, target]);
  const texts = new Map<string, string[]>();
  const seen = new Set<string>();
  const rowNumbers: number[] = [];
  eachJsonLine(file, (fields, line) => {
    for (const name of Object.keys(fields)) {
      seen.add(name);
      if (wanted.has(name) && !texts.has(name)) texts.set(name, new Array<string>(rowNumbers.length).fill(''));
    }
    for (const [name, column] of texts)
      column.push(textOf(fields[name], () => `"${file.name}", line ${line}, "${name}"`));
    rowNumbers.push(line);
  });
  // Names that are not wanted too: a misspelled one is compared with them.
  const names = [...seen];
  return { names, columns: names.map(name => texts.get(name) ?? []), rowNumbers, file: file.name, rowNoun: 'line' };
}

function textOf(value: unknown, place: () => string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(Number(value));
  throw new TrainingError(
    `${place()}: "columns" takes a number or a text, not ${Array.isArray(value) ? 'a list' : 'an object'}.`,
    PATH,
  );
}
