/** Missing values of inputs, filled from the training examples alone, as standardizing is done. */
import { TrainingError } from '../training-error';
import type { Dataset, GapColumn } from './dataset';

/**
 * Puts the mean or the median of its column in place of every gap, and the most frequent category (of equally frequent
 * ones the first) where the column holds categories. Only training examples are counted; held-back ones are filled by
 * the same.
 * @throws TrainingError where a column has no value among the training examples
 */
export function fillGaps(data: Dataset, training: Int32Array): Dataset {
  const { gaps, inputSize } = data;
  if (!gaps || data.inputs instanceof Int32Array) return data;
  const inputs = data.inputs.slice();
  for (const column of gaps.columns) {
    const { offset, categories } = column;
    const [at, value] =
      categories > 0
        ? [commonest(inputs, inputSize, column, training), 1]
        : [0, centre(inputs, inputSize, column, training, gaps.by)];
    for (let i = offset; i < inputs.length; i += inputSize) {
      if (!Number.isNaN(inputs[i])) continue;
      inputs[i] = 0;
      inputs[i + at] = value;
    }
  }
  return { ...data, inputs };
}

function commonest(
  inputs: Float32Array,
  size: number,
  { name, offset, categories }: GapColumn,
  training: Int32Array,
): number {
  const counts = new Float64Array(categories);
  for (const example of training) {
    for (let id = 0; id < categories; id++) if (inputs[example * size + offset + id] === 1) counts[id]++;
  }
  const most = Math.max(...counts);
  if (most === 0) throw empty(name);
  return counts.indexOf(most);
}

function centre(
  inputs: Float32Array,
  size: number,
  { name, offset }: GapColumn,
  training: Int32Array,
  by: 'mean' | 'median',
): number {
  const values = Float64Array.from(training, example => inputs[example * size + offset]).filter(
    value => !Number.isNaN(value),
  );
  if (values.length === 0) throw empty(name);
  if (by === 'mean') return values.reduce((sum, value) => sum + value, 0) / values.length;
  values.sort();
  return (values[(values.length - 1) >> 1] + values[values.length >> 1]) / 2;
}

function empty(name: string): TrainingError {
  return new TrainingError(`Column "${name}" has no value among the training examples; leave it out with "drop".`, [
    'data',
    'path',
  ]);
}
