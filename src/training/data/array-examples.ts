/** Two arrays, inputs and targets, as examples for a model. */
import type { ModelSpec, Shape, SourcePath } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import type { Dataset } from './dataset';
import type { NumericArray } from './numeric-array';
import { checkSize } from './size-limit';
import type { Remark } from '../remark';
import {
  classCountRemedies,
  encodeClasses,
  inputSizeOf,
  outputShapeOf,
  targetOf,
  targetSizeOf,
  wrongClassCount,
} from './target';

/** A class id is below this: what an `Int32Array` holds. */
const MOST_CLASSES = 2 ** 31;
/** So many times as many units as classes are remarked. */
const MANY_UNUSED = 2;

/** An array, what the sentences of errors call it, and the key that names it. */
export interface NamedArray {
  readonly array: NumericArray;
  readonly name: string;
  readonly source: SourcePath;
}

/**
 * The first axis of both is the examples. Inputs may have any shape with as many elements as the model's input; they
 * are taken in row-major order. Targets for cross-entropy are class ids from 0, one a position, or one-hot rows; for
 * binary cross-entropy 0 and 1; otherwise numbers of the output's shape.
 * @param targets `undefined` where the target is the input itself
 * @param limitBytes what the examples may take at most; checked before they are copied
 * @throws TrainingError where the arrays and the model do not fit, or a value is not finite.
 */
export function arrayExamples(
  model: ModelSpec,
  inputs: NamedArray,
  targets: NamedArray | undefined,
  limitBytes: number,
): Dataset {
  const examples = inputs.array.shape[0] ?? 0;
  checkLengths(inputs, targets);
  const inputSize = inputSizeOf(model);
  const given = inputs.array.size / examples;
  if (given !== inputSize) {
    const wanted = model.input.kind === 'tokens' ? `${model.input.length} tokens` : `[${model.input.shape.join(', ')}]`;
    throw new TrainingError(
      `${inputs.name} has examples of ${shapeText(inputs.array.shape.slice(1))}, but the model's input is ${wanted}; ` +
        (model.input.kind === 'tokens'
          ? `set "length" to ${given}.`
          : `set "input" to ${shapeText(inputs.array.shape.slice(1))}.`),
      ['input'],
    );
  }
  checkSize(model, examples, limitBytes, 'use fewer examples', inputs.source);
  const tokens = model.input.kind === 'tokens';
  const values = tokens ? wholeNumbers(inputs, model.input.vocabulary, 'token ids') : finiteNumbers(inputs);
  const answers = targets ? toTargets(model, targets) : values;
  return {
    examples,
    inputs: values,
    inputSize,
    targets: answers,
    targetSize: targetSizeOf(targetOf(model)),
    ...(!tokens && {
      measuredColumns: Array.from({ length: inputSize }, (_, column) => column),
      measuredTogether: isImage(inputs.array),
    }),
    ...(targets && { remarks: classRemarks(model, targets, answers) }),
    description: `${targets ? `${targets.name} from ${inputs.name}` : `the input itself, of ${inputs.name}`}, ${examples} examples of ${shapeText(inputs.array.shape.slice(1))}`,
  };
}

function isImage({ shape }: NumericArray): boolean {
  return shape.length > 2;
}

function checkLengths(inputs: NamedArray, targets: NamedArray | undefined): void {
  const [examples = 0] = inputs.array.shape;
  if (examples < 2 || inputs.array.size === 0) {
    throw new TrainingError(
      `${inputs.name} has the shape [${inputs.array.shape.join(', ')}]; 2 or more examples along its first axis are needed.`,
      inputs.source,
    );
  }
  if (targets && (targets.array.shape[0] !== examples || targets.array.size === 0)) {
    throw new TrainingError(
      `${inputs.name} has ${examples} examples, but ${targets.name} has the shape [${targets.array.shape.join(', ')}]; the first ` +
        'axes must be equally long.',
      targets.source,
    );
  }
}

function toTargets(model: ModelSpec, targets: NamedArray): Float32Array | Int32Array {
  const [examples] = targets.array.shape;
  const target = targetOf(model);
  const given = targets.array.size / examples;
  if (target.kind === 'classes') {
    if (given === target.classes && target.positions === 1) return fromOneHot(targets, examples, target.classes);
    checkWidth(model, targets, target.positions);
    const ids = wholeNumbers(targets, MOST_CLASSES, 'class ids');
    const classes = classCount(ids);
    if (classes > target.classes)
      throw wrongClassCount(
        model,
        classes,
        `${targets.name} has class ids up to ${classes - 1}, so ${classes} classes`,
      );
    return ids;
  }
  if (target.kind === 'values') {
    checkWidth(model, targets, target.width);
    return finiteNumbers(targets);
  }
  if (given === 1 && target.width > 1) {
    const ids = wholeNumbers(targets, MOST_CLASSES, 'class ids');
    return encodeClasses(model, ids, classCount(ids));
  }
  checkWidth(model, targets, target.width);
  return Float32Array.from(wholeNumbers(targets, 2, 'labels'));
}

function classCount(ids: Int32Array): number {
  return ids.reduce((most, id) => Math.max(most, id), 0) + 1;
}

/** Many more units than classes are no fault of a run, but hardly meant. */
function classRemarks(model: ModelSpec, targets: NamedArray, answers: Float32Array | Int32Array): readonly Remark[] {
  const target = targetOf(model);
  if (target.kind !== 'classes') return [];
  const classes = classCount(answers as Int32Array);
  const last = model.layers[model.layers.length - 1];
  if (target.positions > 1 || target.classes < MANY_UNUSED * classes) return [];
  return [
    {
      code: 'unused-classes',
      message: `${targets.name} has ${classes} classes, but "${last.path}" gives a score for ${target.classes}; give it ${classes} units.`,
      source: { layer: last.path },
      remedies: classCountRemedies(model, classes),
    },
  ];
}

function checkWidth(model: ModelSpec, { array, name, source }: NamedArray, width: number): void {
  if (array.size === array.shape[0] * width) return;
  throw new TrainingError(
    `${name} has targets of ${shapeText(array.shape.slice(1))}, but the output [${outputShapeOf(model).join(', ')}] with ` +
      `${model.loss.type} needs ${width} ${width === 1 ? 'number' : 'numbers'} an example.`,
    source,
  );
}

function fromOneHot({ array, name, source }: NamedArray, examples: number, classes: number): Int32Array {
  const ids = new Int32Array(examples).fill(-1);
  for (let index = 0; index < array.size; index++) {
    const value = array.at(index);
    const example = Math.floor(index / classes);
    if (value === 1 && ids[example] < 0) ids[example] = index % classes;
    else if (value !== 0)
      throw new TrainingError(`${name}, example ${example}: neither a class id nor a one-hot row.`, source);
  }
  const empty = ids.indexOf(-1);
  if (empty >= 0) throw new TrainingError(`${name}, example ${empty}: its one-hot row has no 1.`, source);
  return ids;
}

function wholeNumbers({ array, name, source }: NamedArray, below: number, noun: string): Int32Array {
  const values = new Int32Array(array.size);
  for (let index = 0; index < values.length; index++) {
    const value = array.at(index);
    if (!Number.isInteger(value) || value < 0 || value >= below) {
      throw new TrainingError(
        `${name}, example ${exampleOf(array, index)}: ${noun} are whole numbers from 0 ${below === MOST_CLASSES ? 'on' : `to ${below - 1}`}, not ${value}.`,
        source,
      );
    }
    values[index] = value;
  }
  return values;
}

function finiteNumbers({ array, name, source }: NamedArray): Float32Array {
  const values = new Float32Array(array.size);
  for (let index = 0; index < values.length; index++) {
    values[index] = array.at(index);
    if (!Number.isFinite(values[index])) {
      throw new TrainingError(
        `${name}, example ${exampleOf(array, index)}: ${array.at(index)} is no finite number; remove the example or fill it in.`,
        source,
      );
    }
  }
  return values;
}

/** From 0, as NumPy counts. */
function exampleOf({ size, shape }: NumericArray, index: number): number {
  return Math.floor(index / (size / shape[0]));
}

function shapeText(shape: Shape): string {
  return `[${shape.length === 0 ? 1 : shape.join(', ')}]`;
}
