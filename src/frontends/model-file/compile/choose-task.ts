import type { DataSpec, InputSpec, LossSpec, Shape } from '../../../model/model-spec';
import type { VariantValue } from '../../../model/vocabulary/family';
import type { DATA } from '../../../model/vocabulary/data';
import { defaultsOf } from './default-value';
import { isReconstruction } from '../../../model/reconstruction';
import { sameShape } from './shape-text';
import { DATA as DATA_FAMILY } from '../../../model/vocabulary/data';
import { findVariant } from '../../../model/vocabulary/family';
import { LOSSES } from '../../../model/vocabulary/losses';

/** `data` as the file gives it: what is decided from the shapes is still open. */
export type DataValues = VariantValue<typeof DATA>;

/** `loss` as the file gives it. */
export type LossValues = VariantValue<typeof LOSSES>;

/** The loss with the names of a `LossSpec`. */
export function toLoss(values: LossValues): LossSpec {
  switch (values.type) {
    case 'cross-entropy': {
      const { label_smoothing: labelSmoothing, class_weights: classWeights } = values;
      return { type: values.type, labelSmoothing, classWeights };
    }
    case 'binary-cross-entropy':
      return { type: values.type, posWeight: values.pos_weight };
    default:
      return values;
  }
}

/** What the task is chosen from. */
export interface TaskShapes {
  readonly input: InputSpec;
  readonly output: Shape;
}

/** Fewer time steps than this are no test of memory. */
const SHORTEST_ADDING_PROBLEM = 4;
/** The blank, the mark, and two symbols to tell apart. */
const SMALLEST_COPY_VOCABULARY = 4;
const SHORTEST_COPY_MEMORY = 3;

/**
 * The task that a file without `data` gets: the classic one for its shapes, or a teacher network, which fits every
 * shape.
 */
export function chooseData({ input, output }: TaskShapes, loss: Pick<LossSpec, 'type'> | undefined): DataSpec {
  const classes = loss === undefined || loss.type === 'cross-entropy';
  const values = loss === undefined || !loss.type.endsWith('cross-entropy');
  if (input.kind === 'tokens') {
    const copies =
      classes &&
      sameShape(output, [input.length, input.vocabulary]) &&
      input.length >= SHORTEST_COPY_MEMORY &&
      input.vocabulary >= SMALLEST_COPY_VOCABULARY;
    return generated(copies ? 'copy-memory' : 'teacher', input);
  }
  const [time = 0, features] = input.shape;
  if (
    values &&
    input.shape.length === 2 &&
    features === 2 &&
    time >= SHORTEST_ADDING_PROBLEM &&
    sameShape(output, [1])
  ) {
    return generated('adding-problem', input);
  }
  const points = classes && sameShape(input.shape, [2]) && output.length === 1 && output[0] >= 2;
  return generated(points ? 'blobs' : 'teacher', input);
}

function generated(type: 'blobs' | 'teacher' | 'adding-problem' | 'copy-memory', input: InputSpec): DataSpec {
  const values = { type, ...defaultsOf(findVariant(DATA_FAMILY, type)?.keys ?? {}) } as DataValues;
  return { ...completeData(values, input), inferred: true };
}

/** Fills in what depends on the shapes. */
export function completeData(values: DataValues, input: InputSpec): DataSpec {
  if ('standardize' in values) {
    const { standardize_target: standardizeTarget, ...others } = values;
    return { ...others, standardizeTarget, inferred: false };
  }
  if (values.type !== 'copy-memory') {
    return { ...values, inferred: false };
  }
  const length = input.kind === 'tokens' ? input.length : (input.shape[0] ?? 1);
  const symbols = values.symbols ?? Math.max(1, Math.min(10, Math.floor(length / 10)));
  return { ...values, symbols, inferred: false };
}

/** The loss that a file without `loss` gets: it follows from the data or, where any loss would do, from the output. */
export function chooseLoss({ input, output }: TaskShapes, data: DataValues | undefined): LossSpec {
  const single = sameShape(output, [1]);
  const plain = (type: 'cross-entropy' | 'binary-cross-entropy' | 'mse'): LossSpec =>
    toLoss({ type, ...defaultsOf(findVariant(LOSSES, type)?.keys ?? {}) } as LossValues);
  if (data && isReconstruction(data)) {
    return plain('mse');
  }
  switch (data?.type) {
    case 'blobs':
    case 'circles':
    case 'spirals':
      return plain(single ? 'binary-cross-entropy' : 'cross-entropy');
    case 'copy-memory':
    case 'text':
    case 'sentence-pairs':
    case 'idx':
      return plain('cross-entropy');
    case 'adding-problem':
      return plain('mse');
    default: {
      const copies = input.kind === 'features' && sameShape(input.shape, output);
      const series = input.kind === 'features' && output.length > 1;
      return plain(copies || series || output.at(-1) === 1 ? 'mse' : 'cross-entropy');
    }
  }
}
