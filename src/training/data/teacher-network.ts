/** The random networks that answer for the `teacher` task. */
import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import { elementCount, outputShapeOf } from './target';

/** Writes the answer to one example, all elements of the output, into `output`. */
export type Teacher = (input: ArrayLike<number>, output: Float64Array) => void;

const HIDDEN_UNITS = 16;
/** A recurrent teacher is smaller, since it runs once a time step. */
const STATE_UNITS = 8;
/** Deviation of the recurrent weights times √units: below 1, so that the state forgets instead of exploding. */
const RECURRENT_GAIN = 0.9;

/**
 * A teacher for the model's shapes: a recurrent network where the input is a sequence (`[time, features]` or token
 * ids), which answers at the last step, or at every step where the output is a sequence too; else one hidden layer of
 * squashing units.
 */
export function drawTeacher(model: ModelSpec, random: Random): Teacher {
  const { input } = model;
  const output = outputShapeOf(model);
  if (input.kind === 'features' && input.shape.length !== 2) {
    return drawFeedForward(elementCount(input.shape), elementCount(output), random);
  }
  const time = input.kind === 'tokens' ? input.length : input.shape[0];
  const everyStep = output.length > 1 && output[0] === time;
  const width = elementCount(output) / (everyStep ? time : 1);
  const step =
    input.kind === 'tokens' ? drawTokenStep(input.vocabulary, random) : drawFeatureStep(input.shape[1], random);
  return drawRecurrent(step, time, width, everyStep, random);
}

function drawFeedForward(inputs: number, outputs: number, random: Random): Teacher {
  const into = drawMatrix(HIDDEN_UNITS, inputs, 1, random);
  const bias = Float64Array.from({ length: HIDDEN_UNITS }, () => 0.5 * random.normal());
  const out = drawMatrix(outputs, HIDDEN_UNITS, 1, random);
  const hidden = new Float64Array(HIDDEN_UNITS);
  return (input, output) => {
    hidden.set(bias);
    addProduct(into, input, 0, inputs, hidden);
    squash(hidden);
    output.fill(0);
    addProduct(out, hidden, 0, HIDDEN_UNITS, output);
  };
}

/** Adds what the input of time step `t` contributes to `state`. */
type InputStep = (input: ArrayLike<number>, t: number, state: Float64Array) => void;

function drawFeatureStep(features: number, random: Random): InputStep {
  const into = drawMatrix(STATE_UNITS, features, 1, random);
  return (input, t, state) => addProduct(into, input, t * features, features, state);
}

function drawTokenStep(vocabulary: number, random: Random): InputStep {
  const table = Float64Array.from({ length: vocabulary * STATE_UNITS }, () => random.normal());
  return (input, t, state) => {
    for (let unit = 0; unit < STATE_UNITS; unit++) state[unit] += table[input[t] * STATE_UNITS + unit];
  };
}

function drawRecurrent(step: InputStep, time: number, width: number, everyStep: boolean, random: Random): Teacher {
  const recurrent = drawMatrix(STATE_UNITS, STATE_UNITS, RECURRENT_GAIN, random);
  const out = drawMatrix(width, STATE_UNITS, 1, random);
  let state = new Float64Array(STATE_UNITS);
  let next = new Float64Array(STATE_UNITS);
  return (input, output) => {
    state.fill(0);
    output.fill(0);
    for (let t = 0; t < time; t++) {
      next.fill(0);
      addProduct(recurrent, state, 0, STATE_UNITS, next);
      step(input, t, next);
      squash(next);
      [state, next] = [next, state];
      if (everyStep) addProduct(out, state, 0, STATE_UNITS, output.subarray(t * width, (t + 1) * width));
    }
    if (!everyStep) addProduct(out, state, 0, STATE_UNITS, output);
  };
}

/** Row-major `[rows, columns]` of N(0, gain² / columns). */
function drawMatrix(rows: number, columns: number, gain: number, random: Random): Float64Array {
  const std = gain / Math.sqrt(columns);
  return Float64Array.from({ length: rows * columns }, () => std * random.normal());
}

/** `sum += matrix x`, x being `columns` elements of `input` from `offset` on. */
function addProduct(
  matrix: Float64Array,
  input: ArrayLike<number>,
  offset: number,
  columns: number,
  sum: Float64Array,
): void {
  for (let row = 0; row < sum.length; row++) {
    let dot = 0;
    for (let i = 0; i < columns; i++) dot += matrix[row * columns + i] * input[offset + i];
    sum[row] += dot;
  }
}

/**
 * A squashing function in place of tanh: x / √(1 + x²) uses only operations that IEEE 754 defines exactly, so that a
 * seed gives the same bits on every machine.
 */
function squash(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] /= Math.sqrt(1 + values[i] * values[i]);
}
