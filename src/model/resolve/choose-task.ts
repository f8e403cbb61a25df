import type { DataDraft } from '../layer-draft';
import type { DataSpec, InputSpec, LossSpec, Shape } from '../model-spec';
import { isReconstruction } from '../reconstruction';
import { dataParts, lossParts } from '../vocabulary/setting-parts';
import { sameShape } from './shape-text';

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
 * The task that a model without `data` gets: the classic one for its shapes, or a teacher network, which fits every
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
  return { ...completeData(dataParts(type), input), inferred: true };
}

/** Fills in what depends on the shapes. */
export function completeData(draft: DataDraft, input: InputSpec): DataSpec {
  if (draft.type !== 'copy-memory') {
    return { ...draft, inferred: false };
  }
  const length = input.kind === 'tokens' ? input.length : (input.shape[0] ?? 1);
  return draft.symbols === undefined
    ? { ...draft, symbols: Math.max(1, Math.min(10, Math.floor(length / 10))), inferred: false, derived: ['symbols'] }
    : { ...draft, symbols: draft.symbols, inferred: false };
}

/** The loss that a model without `loss` gets: it follows from the data or, where any loss would do, from the output. */
export function chooseLoss({ input, output }: TaskShapes, data: DataDraft | undefined): LossSpec {
  const single = sameShape(output, [1]);
  const plain = (type: 'cross-entropy' | 'binary-cross-entropy' | 'mse'): LossSpec => ({
    ...lossParts(type),
    inferred: true,
  });
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
