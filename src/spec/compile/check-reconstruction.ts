/** Whether a model whose target is its own input can be trained on it. */
import type { LayerSpec } from '../model-spec';
import type { Task } from './check-task';
import { elementCount, layerText, sameShape, shapeText } from './shape-text';

/** A sentence on what is wrong, and the key to point at. */
export interface ReconstructionProblem {
  readonly code: 'loss-mismatch' | 'data-mismatch';
  readonly text: string;
  readonly at: 'loss' | readonly ['data', string];
}

/**
 * The output must have the input's shape, or one of both is flat and has as many numbers, which are then taken in row-major order; and
 * the loss must compare numbers.
 *
 * @param key the key of `data` that says `input`
 */
export function reconstructionProblem({ input, loss, data }: Task, last: LayerSpec, key: string): ReconstructionProblem | undefined {
  const mismatch = (text: string, at: string = key): ReconstructionProblem => ({ code: 'data-mismatch', text, at: ['data', at] });
  if (input.kind === 'tokens') {
    return mismatch(`\`${key}: input\` predicts numbers, but the input is token ids; use \`copy-memory\` or \`text\`.`);
  }
  if (loss.type === 'cross-entropy') {
    const text = `\`${key}: input\` predicts numbers, but \`cross-entropy\` compares classes; use \`mse\`, \`mae\` or ` +
      '`binary-cross-entropy`.';
    return { code: 'loss-mismatch', text, at: 'loss' };
  }
  const { outputShape } = last;
  const count = elementCount(input.shape);
  const isFlat = outputShape.length === 1 || input.shape.length === 1;
  if (!sameShape(outputShape, input.shape) && !(isFlat && elementCount(outputShape) === count)) {
    return mismatch(`\`${key}: input\` needs an output of the input's shape ${shapeText(input.shape)}, but ${layerText(last)} returns ` +
      `${shapeText(outputShape)}; end with ${count} units, or with layers that return ${shapeText(input.shape)}.`);
  }
  if ('standardizeTarget' in data && data.standardizeTarget) {
    return mismatch(`\`standardize_target\` does nothing with \`${key}: input\`: the target is the input as the model gets it; use ` +
      '`standardize`.', 'standardize_target');
  }
  return undefined;
}
