/** What is measured of the examples before training, and what standardizing does with it. */
import { logarithm, square } from '../../engine/elementary';
import { logarithmOfOnePlus } from '../../engine/logarithm-of-one-plus';
import type { LossSpec, ModelSpec } from '../../model/model-spec';
import type { InputStatistics, TargetStatistics } from '../../record/step-record';
import type { Dataset } from './dataset';
import { targetOf, type Target } from './target';

/** Standardizes or rescales inputs, and standardizes targets, as the model file asks. */
export function standardizeExamples(data: Dataset, training: Int32Array, model: ModelSpec): Dataset {
  if (!('standardize' in model.data)) return data;
  const moved = model.data.standardize ? standardizeInputs(data, training) : data;
  const scaled = model.data.rescale ? rescaleInputs(moved, training) : moved;
  const numbers = targetOf(model).kind === 'values';
  return model.data.standardizeTarget && numbers ? standardizeTargets(scaled, training) : scaled;
}

/**
 * Brings every measured column of the inputs to mean 0 and deviation 1 over the training examples, or all together
 * where they are pixels of an image; the held-back ones are moved by the same numbers. A column that does not vary is
 * only centred.
 */
export function standardizeInputs(data: Dataset, training: Int32Array): Dataset {
  if (!data.measuredColumns || data.inputs instanceof Int32Array) return data;
  return { ...data, inputs: standardized(data.inputs, data.inputSize, groupsOf(data), training) };
}

/**
 * Brings every measured column of the inputs, or all pixels of an image together, to the range from 0 to 1 over the
 * training examples; the held-back ones are moved by the same numbers. A column that does not vary becomes 0.
 */
export function rescaleInputs(data: Dataset, training: Int32Array): Dataset {
  const { inputs, inputSize: size } = data;
  if (!data.measuredColumns || inputs instanceof Int32Array) return data;
  const moved = inputs.slice();
  for (const columns of groupsOf(data)) {
    let [least, most] = [Infinity, -Infinity];
    for (const example of training) {
      for (const column of columns) {
        const value = inputs[example * size + column];
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    const span = most > least ? most - least : 1;
    for (const column of columns)
      for (let i = column; i < moved.length; i += size) moved[i] = (inputs[i] - least) / span;
  }
  return { ...data, inputs: moved };
}

/** Measured columns that have one scale together. */
function groupsOf({ measuredColumns = [], measuredTogether }: Dataset): readonly (readonly number[])[] {
  return measuredTogether ? [measuredColumns] : measuredColumns.map(column => [column]);
}

/** Brings every column of the targets to mean 0 and deviation 1 over the training examples. */
export function standardizeTargets(data: Dataset, training: Int32Array): Dataset {
  if (data.targets instanceof Int32Array) return data;
  const groups = Array.from({ length: data.targetSize }, (_, column) => [column]);
  return { ...data, targets: standardized(data.targets, data.targetSize, groups, training) };
}

function standardized(
  rows: Float32Array,
  size: number,
  groups: readonly (readonly number[])[],
  training: Int32Array,
): Float32Array {
  const moved = rows.slice();
  for (const columns of groups) {
    const count = training.length * columns.length;
    let sum = 0;
    let squares = 0;
    for (const example of training) for (const column of columns) sum += rows[example * size + column];
    const mean = sum / count;
    for (const example of training)
      for (const column of columns) squares += square(rows[example * size + column] - mean);
    const factor = squares > 0 ? 1 / Math.sqrt(squares / count) : 1;
    for (const column of columns)
      for (let i = column; i < moved.length; i += size) moved[i] = (rows[i] - mean) * factor;
  }
  return moved;
}

/** Mean and deviation of all input values of the training examples; `undefined` for token ids. */
export function inputStatistics(data: Dataset, training: Int32Array): InputStatistics | undefined {
  const { inputs, inputSize } = data;
  if (inputs instanceof Int32Array) return undefined;
  const count = training.length * inputSize;
  let sum = 0;
  let squares = 0;
  for (const example of training) for (let i = 0; i < inputSize; i++) sum += inputs[example * inputSize + i];
  const mean = sum / count;
  for (const example of training)
    for (let i = 0; i < inputSize; i++) squares += square(inputs[example * inputSize + i] - mean);
  return { mean, std: Math.sqrt(squares / count) };
}

/** Mean, deviation and range of all target values of the training examples; `undefined` for class ids. */
export function targetStatistics(data: Dataset, training: Int32Array, target: Target): TargetStatistics | undefined {
  if (target.kind === 'classes') return undefined;
  const { targets, targetSize } = data;
  const count = training.length * targetSize;
  let [sum, squares, minimum, maximum] = [0, 0, Infinity, -Infinity];
  const each = (visit: (value: number) => void): void => {
    for (const example of training) for (let i = 0; i < targetSize; i++) visit(targets[example * targetSize + i]);
  };
  each(value => {
    sum += value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  });
  const mean = sum / count;
  each(value => (squares += square(value - mean)));
  return { mean, std: Math.sqrt(squares / count), minimum, maximum };
}

/**
 * Loss over the training examples of the best prediction that is the same for each: entropy of the class frequencies
 * for the cross-entropies (with their smoothing and weights), variance for mse, mean distance to the median for mae,
 * and the least huber loss. Outputs (and positions) are taken one by one and averaged, by how many of their answers
 * count: those of the `ignored` class do not.
 */
export function trivialLoss(
  data: Dataset,
  training: Int32Array,
  target: Target,
  loss: LossSpec,
  ignored?: number,
): number {
  let sum = 0;
  let weight = 0;
  const { targets, targetSize } = data;
  const column = new Float64Array(training.length);
  for (let position = 0; position < targetSize; position++) {
    for (let i = 0; i < column.length; i++) column[i] = targets[training[i] * targetSize + position];
    if (loss.type === 'cross-entropy' && target.kind === 'classes') {
      const shares = classShares(column, target.classes, loss, ignored);
      sum += entropy(shares.smoothed);
      weight += shares.weight;
    } else if (loss.type === 'binary-cross-entropy') {
      const ones = meanOf(column, value => value);
      sum += entropy([1 - ones, loss.posWeight * ones]);
      weight++;
    } else {
      sum += bestConstantLoss(column, loss);
      weight++;
    }
  }
  return sum / weight;
}

/** Of the answers: what each class counts in the loss, and what all count. `balanced` weights are numbers by now. */
function classShares(
  ids: Float64Array,
  classes: number,
  { labelSmoothing, classWeights }: Extract<LossSpec, { type: 'cross-entropy' }>,
  ignored: number | undefined,
): { readonly smoothed: Float64Array; readonly weight: number } {
  if (classWeights === 'balanced')
    throw new Error('Balanced class weights follow from the examples; see withClassWeights.');
  const weights = classWeights === 'none' ? new Float64Array(classes).fill(1) : Float64Array.from(classWeights);
  const parts = weights.map(weight => weight / ids.length);
  const counted = new Float64Array(classes);
  let answers = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    if (id === ignored) continue;
    answers++;
    counted[id] += parts[id];
  }
  const smoothing = (labelSmoothing / classes) * (answers / ids.length);
  return {
    smoothed: counted.map((share, id) => (1 - labelSmoothing) * share + smoothing * weights[id]),
    weight: counted.reduce((sum, share) => sum + share, 0),
  };
}

/** Σ -q log(q / Σ q): the least of Σ -q log p over distributions p. */
function entropy(q: ArrayLike<number>): number {
  let [total, result] = [0, 0];
  for (let i = 0; i < q.length; i++) total += q[i];
  for (let i = 0; i < q.length; i++) if (q[i] > 0) result -= q[i] * logarithm(q[i] / total);
  return result;
}

function bestConstantLoss(values: Float64Array, loss: LossSpec): number {
  // The best constant is the one whose log(1 + c) is their mean.
  if (loss.type === 'msle') return bestConstantLoss(values.map(logarithmOfOnePlus), { type: 'mse' });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (loss.type === 'mse') return meanOf(values, value => square(value - mean));
  const sorted = values.toSorted();
  const median = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  if (loss.type !== 'huber') return meanOf(values, value => Math.abs(value - median));
  const { delta } = loss;
  const lossAt = (constant: number): number =>
    meanOf(values, value => {
      const error = Math.abs(value - constant);
      return error <= delta ? (error * error) / 2 : delta * (error - delta / 2);
    });
  return leastValue(lossAt, sorted[0], sorted[sorted.length - 1]);
}

/** Least value of a convex function between two points, by golden-section search. */
function leastValue(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  for (let i = 0; i < 40; i++) {
    const [left, right] = [b - ratio * (b - a), a + ratio * (b - a)];
    if (f(left) <= f(right)) b = right;
    else a = left;
  }
  return f((a + b) / 2);
}

function meanOf(values: Float64Array, f: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += f(value);
  return sum / values.length;
}
