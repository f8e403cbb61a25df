/** Columns that no network can learn from: identifiers, and those that never change. */
import type { ModelSpec } from '../../model/model-spec';
import type { Remark, Remedy } from '../remark';
import { leaveOut, type TableSettings } from './choose-columns';
import { PATH } from './table';
import type { TypedColumn } from './typed-column';

/** With fewer rows, distinct values are no sign of an identifier. */
const MIN_ROWS = 10;
/** Columns that a sentence names. */
const MAX_NAMED = 3;

/** Number of inputs that a column gives: one for numbers, one for each category. */
export function widthOf(column: TypedColumn): number {
  return column.kind === 'numeric' ? 1 : column.categories.length;
}

/**
 * Whether every value is there once, and is a text, or a whole number of a sequence: one that grows from row to row, or
 * one without gaps in any order.
 */
export function isIdentifier(column: TypedColumn): boolean {
  if (column.kind === 'categorical')
    return column.ids.length >= MIN_ROWS && column.categories.length === column.ids.length;
  const { values } = column;
  if (values.length < MIN_ROWS || !values.every(Number.isInteger)) return false;
  if (values.every((value, row) => row === 0 || value > values[row - 1])) return true;
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return most - least + 1 === values.length && new Set(values).size === values.length;
}

/** Whether all values that are there are the same. */
export function isConstant(column: TypedColumn): boolean {
  if (column.kind === 'categorical') return column.categories.length < 2;
  const { values } = column;
  const first = values.find(value => !Number.isNaN(value));
  return values.every(value => value === first || Number.isNaN(value));
}

/**
 * What is noticed about the inputs of a table, each with an edit that leaves the columns out. Only where every column
 * stands for itself: columns that are pixels, time steps or tokens are not judged one by one.
 */
export function columnRemarks(
  model: ModelSpec,
  data: TableSettings,
  features: readonly TypedColumn[],
): readonly Remark[] {
  if (model.input.kind === 'tokens' || model.input.shape.length > 1) return [];
  const constant = features.filter(isConstant);
  const identifiers = features.filter(column => !isConstant(column) && isIdentifier(column));
  const remark = (
    code: Remark['code'],
    columns: readonly TypedColumn[],
    one: string,
    many: string,
  ): readonly Remark[] => {
    if (columns.length === 0) return [];
    const isOne = columns.length === 1;
    return [
      {
        code,
        message: `${namesText(columns)} of "${data.path}" ${isOne ? one : many}; leave ${isOne ? 'it' : 'them'} out with "drop".`,
        source: PATH,
        remedies: columns.length < features.length ? [leaveOutRemedy(model, data, features, columns)] : [],
      },
    ];
  };
  return [
    ...remark(
      'identifier-column',
      identifiers,
      'looks like an identifier: its values are all different',
      'look like identifiers: their values are all different',
    ),
    ...remark('constant-column', constant, 'holds the same value in every row', 'hold the same value in every row'),
  ];
}

/** `Column "id"`, `Columns "id", "name"`, or of many `67 columns ("p1", "p2", "p3", …)`. */
function namesText(columns: readonly TypedColumn[]): string {
  const names = columns.map(({ name }) => `"${name}"`);
  if (names.length === 1) return `Column ${names[0]}`;
  return names.length <= MAX_NAMED
    ? `Columns ${names.join(', ')}`
    : `${names.length} columns (${names.slice(0, MAX_NAMED).join(', ')}, …)`;
}

/** The edit that leaves columns out, and sets `input` to the size that is left. */
export function leaveOutRemedy(
  model: ModelSpec,
  data: TableSettings,
  features: readonly TypedColumn[],
  columns: readonly TypedColumn[],
): Remedy {
  const names = columns.map(({ name }) => name);
  const left = features.filter(column => !columns.includes(column));
  const width = left.reduce((sum, column) => sum + widthOf(column), 0);
  const { input } = model;
  const resized = input.kind === 'features' && input.shape.length === 1 && input.shape[0] !== width;
  const listed = names.length <= MAX_NAMED ? names.map(name => `\`${name}\``).join(', ') : `${names.length} columns`;
  return {
    title: `Leave out ${listed}${resized ? `, and set \`input\` to [${width}]` : ''}`,
    changes: [...leaveOut(data, names), ...(resized ? [{ path: ['input'], value: [width] }] : [])],
  };
}
