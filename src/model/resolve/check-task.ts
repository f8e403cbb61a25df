import type { DataSpec, LayerSpec, LossSpec, ModelSpec } from '../model-spec';
import { targetPartOf } from '../reconstruction';
import { reconstructionProblem } from './check-reconstruction';
import type { SettingPart, SettingPlace } from '../place';
import type { ProblemLog } from './problem-log';
import { layerText, shapeText } from './shape-text';

/** A model whose data and loss are known, before they are known to fit. */
export type Task = Pick<ModelSpec, 'input' | 'layers' | 'loss' | 'data'>;

/** Reports where data, loss, input and output do not fit one another. */
export function checkTask(log: ProblemLog, task: Task): void {
  const last = task.layers.at(-1);
  if (!last) {
    return;
  }
  const message = lossProblem(task.loss, last) ?? dataProblem(task, last);
  if (message) {
    log.report(message.code, message.text, message.at);
  }
}

/** A sentence on what is wrong, and where. */
export interface TaskProblem {
  readonly code: 'loss-mismatch' | 'data-mismatch';
  readonly text: string;
  readonly at: SettingPlace;
}

function lossProblem(loss: LossSpec, last: LayerSpec): TaskProblem | undefined {
  const classes = last.outputShape.at(-1) ?? 0;
  if (loss.type === 'cross-entropy' && classes < 2) {
    const text =
      `\`cross-entropy\` compares one score a class, but ${layerText(last)} returns ${shapeText(last.outputShape)}; ` +
      `give it one unit a class, or use \`binary-cross-entropy\`.`;
    return { code: 'loss-mismatch', text, at: { setting: 'loss' } };
  }
  if (loss.type === 'cross-entropy' && typeof loss.classWeights === 'object' && loss.classWeights.length !== classes) {
    const text =
      `\`class_weights\` must have one number a class: ${classes}, since ${layerText(last)} returns ` +
      `${shapeText(last.outputShape)}; it has ${loss.classWeights.length}.`;
    return { code: 'loss-mismatch', text, at: { setting: 'loss', part: 'classWeights' } };
  }
  return undefined;
}

function dataProblem(task: Task, last: LayerSpec): TaskProblem | undefined {
  const { data } = task;
  const settings = settingsProblem(data);
  if (settings) {
    return settings;
  }
  const key = targetPartOf(data);
  if (key) {
    return reconstructionProblem(task, last, key);
  }
  switch (data.type) {
    case 'blobs':
    case 'circles':
    case 'spirals':
      return pointsProblem(task, data, last);
    case 'adding-problem':
      return addingProblem(task, last);
    case 'copy-memory':
      return copyProblem(task, data.symbols, last);
    case 'text':
    case 'sentence-pairs':
      return textProblem(task, last);
    default:
      return undefined;
  }
}

/** Keys of `data` that exclude each other. */
function settingsProblem(data: DataSpec): TaskProblem | undefined {
  const at = (part: SettingPart<'data'>, text: string): TaskProblem => ({
    code: 'data-mismatch',
    text,
    at: { setting: 'data', part },
  });
  if ('rescale' in data && data.rescale && data.standardize) {
    return at('rescale', '`rescale` and `standardize` both set the scale of the inputs; keep one of them.');
  }
  if (data.type === 'json-lines' && data.missing !== undefined && data.columns === undefined) {
    return at('missing', '`missing` fills fields that `columns` names; name the fields there in place of `inputs`.');
  }
  const drop = 'drop' in data ? data.drop : undefined;
  const both = 'columns' in data ? data.columns?.find(name => drop?.includes(name)) : undefined;
  if (both !== undefined) {
    return at('drop', `"${both}" is named by \`columns\` and by \`drop\`; keep one of them.`);
  }
  const target = 'target' in data ? data.target : undefined;
  const dropped = drop?.find(name => name === target);
  return dropped === undefined
    ? undefined
    : at('drop', `"${dropped}" is the target, so it cannot be left out; take it from \`drop\`.`);
}

function pointsProblem({ input }: Task, data: DataSpec, last: LayerSpec): TaskProblem | undefined {
  if (input.kind === 'tokens') {
    return mismatch(`\`${data.type}\` gives numbers, but the input is token ids; use \`teacher\` or \`copy-memory\`.`);
  }
  if (data.type === 'spirals' && input.shape.every(size => size === 1)) {
    return mismatch(`\`spirals\` need an input of at least 2 features, but it is ${shapeText(input.shape)}.`);
  }
  if (last.outputShape.length > 1) {
    return mismatch(
      `\`${data.type}\` has one class an example, but ${layerText(last)} returns ${shapeText(last.outputShape)}; ` +
        `reduce it with last-step, mean-over-time or flatten.`,
    );
  }
  return undefined;
}

function addingProblem({ input, loss }: Task, last: LayerSpec): TaskProblem | undefined {
  const shape = input.kind === 'features' ? input.shape : [];
  if (shape.length !== 2 || shape[0] < 2 || shape[1] !== 2) {
    const given = input.kind === 'tokens' ? 'token ids' : shapeText(shape);
    return mismatch(
      `\`adding-problem\` needs an input of shape [time, 2] with at least 2 time steps, but it is ${given}.`,
    );
  }
  if (last.outputShape.length !== 1 || last.outputShape[0] !== 1) {
    return mismatch(
      `\`adding-problem\` has one number as its answer, but ${layerText(last)} returns ` +
        `${shapeText(last.outputShape)}; end with \`{ type: dense, units: 1 }\`.`,
    );
  }
  return loss.type.endsWith('cross-entropy')
    ? lossMismatch(`\`adding-problem\` has a number as its answer, so ` + `\`${loss.type}\` does not fit; use \`mse\`.`)
    : undefined;
}

function copyProblem({ input, loss }: Task, symbols: number, last: LayerSpec): TaskProblem | undefined {
  if (input.kind === 'features' && input.shape.length !== 2) {
    return mismatch(
      `\`copy-memory\` needs token ids or one-hot vectors [time, features] as input, but it is ` +
        `${shapeText(input.shape)}.`,
    );
  }
  if (loss.type !== 'cross-entropy') {
    return lossMismatch(
      `\`copy-memory\` has tokens as its answer, so \`${loss.type}\` does not fit; use \`cross-entropy\`.`,
    );
  }
  const [time, tokens] = input.kind === 'tokens' ? [input.length, input.vocabulary] : [input.shape[0], input.shape[1]];
  const { outputShape } = last;
  if (outputShape.length !== 1 && (outputShape.length !== 2 || outputShape[0] !== time)) {
    return mismatch(
      `\`copy-memory\` needs an output at each of its ${time} time steps, but ${layerText(last)} returns ` +
        `${shapeText(outputShape)}.`,
    );
  }
  if (time < 2 * symbols + 1) {
    return mismatch(
      `\`copy-memory\` with ${symbols} symbols needs at least ${2 * symbols + 1} time steps, but the input has ` +
        `${time}; ask for fewer \`symbols\`.`,
    );
  }
  const alphabet = Math.min(tokens - 2, outputShape.at(-1)! - (outputShape.length - 1));
  if (alphabet < 2) {
    return mismatch(
      `\`copy-memory\` needs 2 or more symbols besides a blank and a mark, but the input has ${tokens} tokens ` +
        `and the output ${outputShape.at(-1)} classes.`,
    );
  }
  return undefined;
}

/** What texts ask of a model: token ids in, a score for every token out. */
function textProblem({ input, data, loss }: Task, last: LayerSpec): TaskProblem | undefined {
  if (input.kind !== 'tokens') {
    return mismatch(
      `\`${data.type}\` gives token ids, but the input is ${shapeText(input.shape)}; write it as ` +
        `\`{ tokens: 64, length: 30 }\`.`,
    );
  }
  if (loss.type !== 'cross-entropy') {
    return lossMismatch(
      `\`${data.type}\` has tokens as its answer, so \`${loss.type}\` does not fit; use \`cross-entropy\`.`,
    );
  }
  const { outputShape } = last;
  const pairs = data.type === 'sentence-pairs';
  if (pairs && last.type !== 'seq2seq') {
    return mismatch(`\`sentence-pairs\` needs \`seq2seq\` as the last layer, but it is ${layerText(last)}.`);
  }
  if (!pairs && outputShape.length !== 1 && (outputShape.length !== 2 || outputShape[0] !== input.length)) {
    return mismatch(
      `\`text\` needs the next token at each of its ${input.length} steps, or the one after them, but ` +
        `${layerText(last)} returns ${shapeText(outputShape)}.`,
    );
  }
  return outputShape.at(-1)! >= input.vocabulary
    ? undefined
    : mismatch(
        `\`${data.type}\` needs a score for each of the ` +
          `${input.vocabulary} tokens, but ${layerText(last)} returns ${shapeText(outputShape)}.`,
      );
}

function mismatch(text: string): TaskProblem {
  return { code: 'data-mismatch', text, at: { setting: 'data' } };
}

function lossMismatch(text: string): TaskProblem {
  return { code: 'loss-mismatch', text, at: { setting: 'loss' } };
}
