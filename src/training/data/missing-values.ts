/** Values that a table lacks: counted over all its columns, and what is left after rows without them. */
import { TrainingError } from '../training-error';
import type { ChosenColumns, TableSettings } from './choose-columns';
import { isMissing, PATH, type TextTable } from './table';

/** Rows that are used, and what is said of the values that were missing. */
export interface Completeness {
  readonly rows: Int32Array;
  /** For the description of the task; empty where nothing was missing. */
  readonly note: string;
}

/** Columns whose share a sentence names. */
const MAX_NAMED = 12;

/**
 * Decides which rows are used: all, or, as `missing` says, those without gaps; a row without a target is left out in
 * any case.
 * @throws TrainingError that names every column with gaps where `missing` says nothing, or where too few rows are left
 */
export function completeRows(table: TextTable, chosen: ChosenColumns, { missing }: TableSettings): Completeness {
  const { target, features } = chosen;
  const count = table.rowNumbers.length;
  const gaps = (column: number): number =>
    table.columns[column].reduce((sum, text) => sum + (isMissing(text) ? 1 : 0), 0);
  const columns = [...features, ...(target === undefined ? [] : [target])].sort((one, other) => one - other);
  const incomplete = columns.map(column => ({ column, share: gaps(column) / count })).filter(({ share }) => share > 0);
  const all = Int32Array.from({ length: count }, (_, row) => row);
  if (incomplete.length === 0) return { rows: all, note: '' };
  const shares = shareText(incomplete.map(({ column, share }) => ({ name: table.names[column], share })));
  if (missing === undefined) {
    throw new TrainingError(
      `"${table.file}" has missing values: ${shares}; fill them in, or set "missing" to mean, median or drop.`,
      PATH,
      (['mean', 'median', 'drop'] as const).map(value => ({
        title: value === 'drop' ? 'Leave out rows with missing values' : `Fill missing values with the ${value}`,
        changes: [{ path: ['data', 'missing'], value }],
      })),
    );
  }
  const needed =
    missing === 'drop'
      ? incomplete.map(({ column }) => column)
      : incomplete.flatMap(({ column }) => (column === target ? [column] : []));
  const rows = all.filter(row => needed.every(column => !isMissing(table.columns[column][row])));
  if (rows.length < 2) {
    throw new TrainingError(
      `Only ${rows.length} of ${count} rows of "${table.file}" have no missing value (${shares}); set "missing" to mean or median, or leave ` +
        'out columns.',
      ['data', 'missing'],
    );
  }
  const left = count - rows.length;
  const out = left > 0 ? `, ${left} rows with missing values left out` : '';
  const filled = incomplete.filter(({ column }) => !needed.includes(column));
  const by =
    filled.length > 0
      ? `, missing values filled by the ${missing} (${shareText(
          filled.map(({ column, share }) => ({ name: table.names[column], share })),
        )})`
      : '';
  return { rows, note: out + by };
}

/** "age 5 %, tenure 3 %". */
function shareText(columns: readonly { readonly name: string; readonly share: number }[]): string {
  const texts = columns.slice(0, MAX_NAMED).map(({ name, share }) => `${name} ${percentText(100 * share)} %`);
  const others = columns.length - texts.length;
  return `${texts.join(', ')}${others > 0 ? ` and ${others} more columns` : ''}`;
}

function percentText(percent: number): string {
  return percent >= 1 ? String(Math.round(percent)) : percent >= 0.1 ? percent.toFixed(1) : 'under 0.1';
}
