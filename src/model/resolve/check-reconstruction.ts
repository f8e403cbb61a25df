/** Whether a model whose target is its own input can be trained on it. */
import type { DataSpec, LayerSpec } from '../model-spec';
import type { ReconstructionPart } from '../reconstruction';
import type { SettingPart } from '../place';
import type { Task, TaskProblem } from './check-task';
import { elementCount, layerText, sameShape, shapeText } from './shape-text';

/** Generated data whose numbers lie on both sides of 0. */
const SIGNED: ReadonlySet<DataSpec['type']> = new Set<DataSpec['type']>(['blobs', 'circles', 'spirals', 'teacher']);

/**
 * The output must have the input's shape, or one of both is flat and has as many numbers, which are then taken in
 * row-major order; and the loss must compare numbers.
 *
 * @param key the part of `data` that says `input`
 */
export function reconstructionProblem(
  { input, loss, data }: Task,
  last: LayerSpec,
  key: ReconstructionPart,
): TaskProblem | undefined {
  const mismatch = (text: string, at: SettingPart<'data'> = key): TaskProblem => ({
    code: 'data-mismatch',
    text,
    at: { setting: 'data', part: at },
  });
  if (input.kind === 'tokens') {
    return mismatch(`\`${key}: input\` predicts numbers, but the input is token ids; use \`copy-memory\` or \`text\`.`);
  }
  if (loss.type === 'cross-entropy') {
    const text =
      `\`${key}: input\` predicts numbers, but \`cross-entropy\` compares classes; use \`mse\`, \`mae\` or ` +
      '`binary-cross-entropy`.';
    return { code: 'loss-mismatch', text, at: { setting: 'loss' } };
  }
  if (loss.type === 'binary-cross-entropy' && SIGNED.has(data.type)) {
    const text = `\`binary-cross-entropy\` predicts inputs from 0 to 1, but \`${data.type}\` gives numbers of either sign; use \`mse\`.`;
    return { code: 'loss-mismatch', text, at: { setting: 'loss' } };
  }
  if (data.type === 'spirals' && elementCount(input.shape) < 2) {
    return mismatch(`\`spirals\` need an input of at least 2 features, but it is ${shapeText(input.shape)}.`);
  }
  const { outputShape } = last;
  const count = elementCount(input.shape);
  const isFlat = outputShape.length === 1 || input.shape.length === 1;
  if (!sameShape(outputShape, input.shape) && !(isFlat && elementCount(outputShape) === count)) {
    return mismatch(
      `\`${key}: input\` needs an output of the input's shape ${shapeText(input.shape)}, but ${layerText(last)} returns ` +
        `${shapeText(outputShape)}; end with ${count} units, or with layers that return ${shapeText(input.shape)}.`,
    );
  }
  if ('standardizeTarget' in data && data.standardizeTarget) {
    return mismatch(
      `\`standardize_target\` does nothing with \`${key}: input\`: the target is the input as the model gets it; use ` +
        '`standardize`.',
      'standardizeTarget',
    );
  }
  return undefined;
}
