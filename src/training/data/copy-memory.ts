import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import type { Dataset } from './dataset';
import { outputShapeOf, targetOf } from './target';

const BLANK = 0;

/**
 * Copy memory (Hochreiter and Schmidhuber 1997; Arjovsky et al. 2016): `symbols` random symbols, a long stretch of
 * blanks, a mark, and as many blanks again. A model with an output at every step must answer blanks until the mark and
 * then the symbols in their order; knowing nothing of them costs symbols · ln(alphabet) / length. A model with one
 * output must name the first symbol. Token 0 is the blank, the last one the mark, those between are the alphabet; an
 * input `[time, features]` gets them one-hot.
 * @throws TrainingError where the input is no sequence, is too short, or the loss is not cross-entropy.
 */
export function copyMemory(
  model: ModelSpec,
  settings: { readonly examples: number; readonly symbols: number },
  random: Random,
): Dataset {
  const { time, vocabulary } = sequenceOf(model);
  const { examples, symbols } = settings;
  const output = outputShapeOf(model);
  const target = targetOf(model);
  if (target.kind !== 'classes' || (target.positions !== 1 && target.positions !== time)) {
    throw new TrainingError(
      `"copy-memory" needs class outputs with cross-entropy, one for the sequence or one at each of its ${time} steps, but the ` +
        `output is [${output.join(', ')}] with ${model.loss.type}.`,
      ['data'],
    );
  }
  if (time < 2 * symbols + 1) {
    throw new TrainingError(
      `"copy-memory" with ${symbols} symbols needs at least ${2 * symbols + 1} time steps, but the input has ${time}; ` +
        `set "symbols" to ${Math.max(1, (time - 1) >> 1)} or less.`,
      ['data'],
    );
  }
  const everyStep = target.positions > 1;
  // With an output at every step one class is taken by the blank.
  const alphabet = Math.min(vocabulary - 2, target.classes - (everyStep ? 1 : 0));
  if (alphabet < 2) {
    throw new TrainingError(
      `"copy-memory" needs an alphabet of 2 or more symbols besides the blank and the mark, but there are ${vocabulary} tokens ` +
        `and ${target.classes} classes.`,
      ['data'],
    );
  }
  const tokens = new Int32Array(examples * time);
  const targets = new Int32Array(examples * target.positions);
  for (let example = 0; example < examples; example++) {
    const start = example * time;
    for (let i = 0; i < symbols; i++) {
      const symbol = 1 + random.integer(alphabet);
      tokens[start + i] = symbol;
      if (everyStep) targets[start + time - symbols + i] = symbol;
      else if (i === 0) targets[example] = symbol - 1;
    }
    tokens.fill(BLANK, start + symbols, start + time);
    tokens[start + time - symbols - 1] = vocabulary - 1;
  }
  const oneHot = model.input.kind === 'features';
  return {
    examples,
    inputs: oneHot ? toOneHot(tokens, vocabulary) : tokens,
    inputSize: oneHot ? time * vocabulary : time,
    targets,
    targetSize: target.positions,
    description: `copy memory of ${symbols} symbols out of ${alphabet}, ${examples} examples of ${time} time steps`,
  };
}

function sequenceOf(model: ModelSpec): { readonly time: number; readonly vocabulary: number } {
  const { input } = model;
  if (input.kind === 'tokens') return { time: input.length, vocabulary: input.vocabulary };
  if (input.shape.length === 2) return { time: input.shape[0], vocabulary: input.shape[1] };
  throw new TrainingError(
    `"copy-memory" needs token ids or one-hot vectors [time, features] as input, but it is [${input.shape.join(', ')}].`,
    ['data'],
  );
}

function toOneHot(tokens: Int32Array, vocabulary: number): Float32Array {
  const oneHot = new Float32Array(tokens.length * vocabulary);
  tokens.forEach((token, position) => (oneHot[position * vocabulary + token] = 1));
  return oneHot;
}
