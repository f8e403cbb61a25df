/** A column of a table as what a model is to predict. */
import type { ModelSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import { isConstant } from './column-remarks';
import { encodeClasses, outputShapeOf, targetOf } from './target';
import type { TypedColumn } from './typed-column';

/**
 * Targets from a column without gaps: class ids of categories, in alphabetical order, or of whole numbers, in ascending
 * order, where the loss compares classes; else its numbers.
 * @throws TrainingError where it does not vary, or does not fit the output or the loss
 */
export function columnTargets(model: ModelSpec, column: TypedColumn): Float32Array | Int32Array {
  if (isConstant(column)) {
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
      { layer: last.path },
      'units' in last
        ? [
            {
              title: `Give \`${last.path}\` 1 unit`,
              changes: [{ path: { layer: last.path, part: 'units' }, value: 1 }],
            },
          ]
        : [],
    );
  }
  return Float32Array.from(column.values);
}

/** Class ids of a column of whole numbers: its distinct values in ascending order, so that 1 to 3 become 0 to 2. */
function numericClasses(name: string, values: Float64Array, model: ModelSpec): [ids: Int32Array, classes: number] {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const broken = distinct.find(value => !Number.isInteger(value));
  if (broken !== undefined) {
    throw new TrainingError(
      `Column "${name}" holds numbers such as ${broken}, but ${model.loss.type} needs classes; use the loss mse, mae or huber.`,
      ['data', 'target'],
      [{ title: 'Use the loss `mse`', changes: [{ path: ['loss'], value: 'mse' }] }],
    );
  }
  const idOf = new Map(distinct.map((value, id) => [value, id]));
  return [Int32Array.from(values, value => idOf.get(value) ?? -1), distinct.length];
}
