import type { ModelSpec } from '../../spec/model-spec';
import { nearestName } from '../../spec/nearest-name';
import { TrainingError } from '../training-error';
import { readCsvTable, type CsvColumn, type CsvTable } from './csv-table';
import type { Dataset } from './dataset';
import { checkSize } from './size-limit';
import { encodeClasses, inputSizeOf, outputShapeOf, targetOf, targetSizeOf } from './target';

/** Distinct categories of an input column; one with more is a name or an id, not a category. */
const MAXIMUM_CATEGORIES = 1000;

/**
 * Examples from a CSV file: every column but the target is an input, in the order of the file. A numeric column gives one
 * input, a categorical one as many as it has categories (one-hot). A categorical target gives classes, numbered in alphabetical
 * order; a numeric target is a value to predict, or, with cross-entropy or binary cross-entropy, a class where it holds whole
 * numbers.
 * @param limitBytes what the examples may take at most
 * @throws TrainingError where the file and the model do not fit, naming both sizes.
 */
export function csv(
  model: ModelSpec, settings: { readonly path: string; readonly target: string }, bytes: Uint8Array, limitBytes: number,
): Dataset {
  const table = readCsvTable(bytes, settings.path);
  checkSize(model, table.rows, limitBytes, 'use fewer rows, or columns with fewer categories', ['data', 'path']);
  const target = findTarget(table, settings);
  const features = table.columns.filter((column) => column !== target);
  const { inputs, measuredColumns } = model.input.kind === 'tokens'
    ? { inputs: toTokens(model.input, features, table.rows, settings.path), measuredColumns: [] }
    : toInputs(model, features, table.rows, settings.path);
  return {
    examples: table.rows,
    inputs,
    inputSize: inputSizeOf(model),
    targets: toTargets(model, target),
    targetSize: targetSizeOf(targetOf(model)),
    measuredColumns,
    description: `"${target.name}" of ${settings.path}, ${table.rows} examples of ${features.length} columns`,
  };
}

function findTarget(table: CsvTable, settings: { readonly path: string; readonly target: string }): CsvColumn {
  const found = table.columns.find((column) => column.name === settings.target);
  if (found) return found;
  const names = table.columns.map((column) => column.name);
  const near = nearestName(settings.target, names);
  const listed = names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ');
  const question = near ? `; did you mean "${near}"?` : '.';
  throw new TrainingError(
    `"${settings.path}" has no column "${settings.target}"${question} Its columns are: ${listed}.`,
    ['data', 'target'],
  );
}

function widthOf(column: CsvColumn): number {
  return column.kind === 'numeric' ? 1 : column.categories.length;
}

function toInputs(
  model: ModelSpec,
  features: readonly CsvColumn[],
  rows: number,
  path: string,
): { readonly inputs: Float32Array; readonly measuredColumns: readonly number[] } {
  const width = features.reduce((sum, column) => sum + widthOf(column), 0);
  const shape = model.input.kind === 'features' ? model.input.shape : [];
  if (width !== inputSizeOf(model)) {
    const wide = features.find((column) => widthOf(column) > MAXIMUM_CATEGORIES);
    const detail = features.length > 12 ? '' : ` (${features.map((column) => `${column.name} ${widthOf(column)}`).join(', ')})`;
    throw new TrainingError(
      wide
        ? `Column "${wide.name}" of "${path}" has ${widthOf(wide)} different texts: no category to learn from; remove it.`
        : `"${path}" gives inputs of [${width}]${detail}, but the model's input is [${shape.join(', ')}]; ` +
          `set "input" to [${width}].`,
      ['input'],
    );
  }
  const inputs = new Float32Array(rows * width);
  const measuredColumns: number[] = [];
  let offset = 0;
  for (const column of features) {
    if (column.kind === 'numeric') {
      for (let row = 0; row < rows; row++) inputs[row * width + offset] = column.values[row];
      measuredColumns.push(offset);
    } else {
      for (let row = 0; row < rows; row++) inputs[row * width + offset + column.ids[row]] = 1;
    }
    offset += widthOf(column);
  }
  return { inputs, measuredColumns };
}

function toTokens(
  input: { readonly vocabulary: number; readonly length: number },
  features: readonly CsvColumn[],
  rows: number,
  path: string,
): Int32Array {
  if (features.length !== input.length) {
    throw new TrainingError(
      `"${path}" gives ${features.length} tokens a row, but the model's input has ${input.length}; ` +
        `set "length" to ${features.length}.`,
      ['input'],
    );
  }
  const tokens = new Int32Array(rows * features.length);
  features.forEach((column, position) => {
    for (let row = 0; row < rows; row++) {
      const token = column.kind === 'numeric' ? column.values[row] : Number.NaN;
      if (!Number.isInteger(token) || token < 0 || token >= input.vocabulary) {
        throw new TrainingError(
          `"${path}", data row ${row + 1}, column "${column.name}": token ids are whole numbers from 0 to ` +
            `${input.vocabulary - 1}.`,
          ['input'],
        );
      }
      tokens[row * features.length + position] = token;
    }
  });
  return tokens;
}

function toTargets(model: ModelSpec, column: CsvColumn): Float32Array | Int32Array {
  const constant = column.kind === 'categorical' ? column.categories.length === 1 : new Set(column.values).size === 1;
  if (constant) {
    const message = `Column "${column.name}" holds the same value in every row: there is nothing to learn.`;
    throw new TrainingError(message, ['data', 'target']);
  }
  if (column.kind === 'categorical') return encodeClasses(model, column.ids, column.categories.length);
  const target = targetOf(model);
  if (target.kind !== 'values') return encodeClasses(model, ...numericClasses(column.name, column.values, model));
  if (target.width !== 1) {
    const last = model.layers[model.layers.length - 1];
    throw new TrainingError(
      `Column "${column.name}" is one number an example, but "${last.path}" gives an output of ` +
        `[${outputShapeOf(model).join(', ')}]; it needs 1 unit.`,
      last.source,
    );
  }
  return Float32Array.from(column.values);
}

/** Class ids of a column of whole numbers: its distinct values in ascending order, so that 1 to 3 become 0 to 2. */
function numericClasses(name: string, values: Float64Array, model: ModelSpec): [ids: Int32Array, classes: number] {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const broken = distinct.find((value) => !Number.isInteger(value));
  if (broken !== undefined) {
    throw new TrainingError(
      `Column "${name}" holds numbers such as ${broken}, but ${model.loss.type} needs classes; use the loss mse, mae or huber.`,
      ['data', 'target'],
    );
  }
  const idOf = new Map(distinct.map((value, id) => [value, id]));
  return [Int32Array.from(values, (value) => idOf.get(value) ?? -1), distinct.length];
}
