/** What the output and the loss of a model ask of its targets. */
import type { ModelSpec, Shape } from '../../model/model-spec';
import { INPUT_AS_TARGET } from '../../model/vocabulary/data';
import type { Remedy } from '../remark';
import { TrainingError } from '../training-error';
import { PADDING } from './padding';

export type Target =
  /** Cross-entropy: a class id below `classes` at each of `positions` (1, or one a time step). */
  | { readonly kind: 'classes'; readonly classes: number; readonly positions: number }
  /** Binary cross-entropy: 0 or 1 for each of `width` outputs. */
  | { readonly kind: 'labels'; readonly width: number }
  /** A number for each of `width` outputs. */
  | { readonly kind: 'values'; readonly width: number };

/** Number of elements of a shape. */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Shape of one example's output. */
export function outputShapeOf(model: ModelSpec): Shape {
  return model.layers[model.layers.length - 1].outputShape;
}

/** The class whose answers do not count in loss and accuracy: that of padding, where the data has any. */
export function ignoredClass({ data }: ModelSpec): number | undefined {
  return data.type === 'sentence-pairs' ? PADDING : undefined;
}

/** Elements of one example's input. */
export function inputSizeOf(model: ModelSpec): number {
  return model.input.kind === 'tokens' ? model.input.length : elementCount(model.input.shape);
}

export function targetOf(model: ModelSpec): Target {
  const shape = outputShapeOf(model);
  const width = elementCount(shape);
  switch (model.loss.type) {
    case 'cross-entropy': {
      const classes = shape[shape.length - 1];
      return { kind: 'classes', classes, positions: width / classes };
    }
    case 'binary-cross-entropy':
      return { kind: 'labels', width };
    default:
      return { kind: 'values', width };
  }
}

/** Elements of one example's target. */
export function targetSizeOf(target: Target): number {
  return target.kind === 'classes' ? target.positions : target.width;
}

/** How many classes a generated task should have so that it fits: the outputs, or two for a single output. */
export function classCountFor(target: Target): number {
  if (target.kind === 'classes') return target.classes;
  return target.width === 1 ? 2 : target.width;
}

/**
 * Targets `[examples, targetSize]` from one class id an example: the id for cross-entropy; for other losses one-hot
 * rows, or 0 and 1 where the model has a single output.
 * @throws TrainingError where the output has another number of classes, or more than one position.
 */
export function encodeClasses(model: ModelSpec, ids: Int32Array, classes: number): Float32Array | Int32Array {
  const target = targetOf(model);
  const last = model.layers[model.layers.length - 1];
  const shape = `[${outputShapeOf(model).join(', ')}]`;
  if (target.kind === 'classes' && target.positions > 1) {
    throw new TrainingError(
      `The data has one class an example, but "${last.path}" gives an output of ${shape}, a class at each of ` +
        `${target.positions} positions; reduce it with last-step, mean-over-time or flatten.`,
      { layer: last.path },
    );
  }
  const outputs = target.kind === 'classes' ? target.classes : target.width;
  const single = target.kind !== 'classes' && outputs === 1 && classes === 2;
  if (outputs !== classes && !single) {
    throw wrongClassCount(model, classes);
  }
  if (target.kind === 'classes') return ids;
  if (single) return Float32Array.from(ids);
  const oneHot = new Float32Array(ids.length * classes);
  ids.forEach((id, example) => (oneHot[example * classes + id] = 1));
  return oneHot;
}

/** The refusal of a model whose output does not have a unit for each class. */
export function wrongClassCount(
  model: ModelSpec,
  classes: number,
  subject = `The data has ${classes} classes`,
): TrainingError {
  const last = model.layers[model.layers.length - 1];
  const key = inputTargetKey(model);
  const way = key ? `, or write "${key}: input" to predict the input itself` : '';
  return new TrainingError(
    `${subject}, but "${last.path}" gives an output of [${outputShapeOf(model).join(', ')}]; it needs ${classes} units${way}.`,
    { layer: last.path },
    classCountRemedies(model, classes),
  );
}

/**
 * Edits for an output that does not have a unit for each class: so many units, or the input as the target where it has
 * that size.
 */
export function classCountRemedies(model: ModelSpec, classes: number): readonly Remedy[] {
  const last = model.layers[model.layers.length - 1];
  const key = inputTargetKey(model);
  return [
    ...(key
      ? [
          {
            title: `Predict the input itself: \`${key}: input\``,
            changes: [{ path: ['data', key], value: INPUT_AS_TARGET }],
          },
        ]
      : []),
    ...('units' in last && classes > 1
      ? [
          {
            title: `Give \`${last.path}\` ${classes} units`,
            changes: [{ path: { layer: last.path, part: 'units' as const }, value: classes }],
          },
        ]
      : []),
  ];
}

/** The key of `data` that can name the input as the target, of a model whose output is as large as its input. */
function inputTargetKey(model: ModelSpec): string | undefined {
  const { data, input, loss } = model;
  if (input.kind === 'tokens' || loss.type === 'cross-entropy') return undefined;
  if (elementCount(outputShapeOf(model)) !== elementCount(input.shape)) return undefined;
  return 'labels' in data ? 'labels' : 'targets' in data ? 'targets' : 'target' in data ? 'target' : undefined;
}
