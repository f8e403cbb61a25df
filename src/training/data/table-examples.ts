/** Examples from a table: a CSV file, or fields of JSON lines. */
import type { ModelSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import { chooseColumns, type TableSettings } from './choose-columns';
import { columnRemarks, isConstant, isIdentifier, leaveOutRemedy, widthOf } from './column-remarks';
import type { Dataset, GapColumn } from './dataset';
import { checkFloat32 } from './float32-range';
import { completeRows } from './missing-values';
import { checkSize } from './size-limit';
import { columnTargets } from './table-targets';
import type { TextTable } from './table';
import { inputSizeOf, targetOf, targetSizeOf } from './target';
import { typedColumn, usesDecimalCommas, type TypedColumn } from './typed-column';

/** Distinct categories of an input column; one with more is a name or an id, not a category. */
const MAXIMUM_CATEGORIES = 1000;

/**
 * Examples from a table: every column but the target is an input, or those that `columns` and `drop` leave, in the
 * order of the file. A numeric column gives one input, a categorical one as many as it has categories (one-hot). A
 * categorical target gives classes, numbered in alphabetical order; a numeric target is a value to predict, or, with
 * cross-entropy or binary cross-entropy, a class where it holds whole numbers. Gaps that `missing` fills are NaN, at
 * the first input of their column.
 * @param limitBytes what the examples may take at most
 * @throws TrainingError where the table and the model do not fit, naming both sizes.
 */
export function tableExamples(model: ModelSpec, data: TableSettings, table: TextTable, limitBytes: number): Dataset {
  const chosen = chooseColumns(table, data);
  const { rows, note } = completeRows(table, chosen, data);
  checkSize(model, rows.length, limitBytes, 'read fewer with "rows", or columns with fewer categories', [
    'data',
    'path',
  ]);
  const used = [...chosen.features, ...(chosen.target === undefined ? [] : [chosen.target])];
  const decimalCommas = usesDecimalCommas(table, used);
  const typed = (index: number): TypedColumn => {
    const column = typedColumn(table, index, rows, decimalCommas);
    checkFloat32(table, column, rows);
    return column;
  };
  const features = chosen.features.map(typed);
  const target = chosen.target === undefined ? undefined : typed(chosen.target);
  const encoded =
    model.input.kind === 'tokens'
      ? { inputs: toTokens(model.input, features, table, rows), measuredColumns: [], gaps: [] }
      : toInputs(model, data, features, rows.length);
  const commas = [...features, ...(target ? [target] : [])].filter(
    column => column.kind === 'numeric' && column.style === 'comma',
  );
  const subject = target ? `"${target.name}" of ${data.path}` : `the input itself, of ${data.path}`;
  const gaps =
    data.missing === 'mean' || data.missing === 'median' ? { by: data.missing, columns: encoded.gaps } : undefined;
  return {
    examples: rows.length,
    inputs: encoded.inputs,
    inputSize: inputSizeOf(model),
    targets: target ? columnTargets(model, target) : encoded.inputs,
    targetSize: targetSizeOf(targetOf(model)),
    measuredColumns: encoded.measuredColumns,
    ...(gaps && gaps.columns.length > 0 && { gaps }),
    remarks: columnRemarks(model, data, features),
    description: `${subject}, ${rows.length} examples of ${features.length} columns${commaText(commas)}${note}`,
  };
}

/** For the description of a task: which columns have decimal commas. */
function commaText(columns: readonly TypedColumn[]): string {
  if (columns.length === 0) return '';
  const names = columns
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ');
  return `, decimal commas in ${names}${columns.length > 3 ? ` and ${columns.length - 3} more` : ''}`;
}

interface Encoded {
  readonly inputs: Float32Array;
  readonly measuredColumns: readonly number[];
  readonly gaps: readonly GapColumn[];
}

function toInputs(model: ModelSpec, data: TableSettings, features: readonly TypedColumn[], rows: number): Encoded {
  const width = features.reduce((sum, column) => sum + widthOf(column), 0);
  checkWidth(model, data, features, width);
  const inputs = new Float32Array(rows * width);
  const measuredColumns: number[] = [];
  const gaps: GapColumn[] = [];
  let offset = 0;
  for (const column of features) {
    if (column.kind === 'numeric') {
      for (let row = 0; row < rows; row++) inputs[row * width + offset] = column.values[row];
      measuredColumns.push(offset);
      if (column.values.some(Number.isNaN)) gaps.push({ name: column.name, offset, categories: 0 });
    } else {
      for (let row = 0; row < rows; row++) {
        const id = column.ids[row];
        if (id < 0) inputs[row * width + offset] = NaN;
        else inputs[row * width + offset + id] = 1;
      }
      if (column.ids.includes(-1)) gaps.push({ name: column.name, offset, categories: column.categories.length });
    }
    offset += widthOf(column);
  }
  return { inputs, measuredColumns, gaps };
}

function checkWidth(model: ModelSpec, data: TableSettings, features: readonly TypedColumn[], width: number): void {
  const empty = features.find(column => widthOf(column) === 0);
  if (empty) {
    throw new TrainingError(
      `Column "${empty.name}" of "${data.path}" holds no value at all; leave it out with "drop".`,
      ['data', 'path'],
      [leaveOutRemedy(model, data, features, [empty])],
    );
  }
  const shape = model.input.kind === 'features' ? model.input.shape : [];
  if (width === inputSizeOf(model)) return;
  const useless = features.filter(
    column => isConstant(column) || isIdentifier(column) || widthOf(column) > MAXIMUM_CATEGORIES,
  );
  const remedies =
    useless.length > 0 && useless.length < features.length ? [leaveOutRemedy(model, data, features, useless)] : [];
  const wide = features.find(column => widthOf(column) > MAXIMUM_CATEGORIES);
  if (wide) {
    throw new TrainingError(
      `Column "${wide.name}" of "${data.path}" has ${widthOf(wide)} different texts: no category to learn from; leave it out with "drop".`,
      ['input'],
      remedies,
    );
  }
  const detail =
    features.length > 12 ? '' : ` (${features.map(column => `${column.name} ${widthOf(column)}`).join(', ')})`;
  const names = useless.map(({ name }) => `"${name}"`).join(', ');
  const advice = remedies.length > 0 ? `leave out ${names} with "drop", or ` : '';
  throw new TrainingError(
    `"${data.path}" gives inputs of [${width}]${detail}, but the model's input is [${shape.join(', ')}]; ${advice}set "input" to [${width}].`,
    ['input'],
    [...remedies, { title: `Set \`input\` to [${width}]`, changes: [{ path: ['input'], value: [width] }] }],
  );
}

function toTokens(
  input: { readonly vocabulary: number; readonly length: number },
  features: readonly TypedColumn[],
  table: TextTable,
  rows: Int32Array,
): Int32Array {
  if (features.length !== input.length) {
    throw new TrainingError(
      `"${table.file}" gives ${features.length} tokens a row, but the model's input has ${input.length}; ` +
        `set "length" to ${features.length}.`,
      ['input'],
    );
  }
  const tokens = new Int32Array(rows.length * features.length);
  features.forEach((column, position) => {
    for (let row = 0; row < rows.length; row++) {
      const token = column.kind === 'numeric' ? column.values[row] : Number.NaN;
      if (!Number.isInteger(token) || token < 0 || token >= input.vocabulary) {
        throw new TrainingError(
          `"${table.file}", ${table.rowNoun} ${table.rowNumbers[rows[row]]}, column "${column.name}": token ids are whole numbers from 0 to ` +
            `${input.vocabulary - 1}.`,
          ['input'],
        );
      }
      tokens[row * features.length + position] = token;
    }
  });
  return tokens;
}
