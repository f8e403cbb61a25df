import { square } from '../../engine/elementary';
import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import type { Dataset } from './dataset';
import { elementCount, inputSizeOf, outputShapeOf, targetOf, targetSizeOf } from './target';
import { drawTeacher } from './teacher-network';

/**
 * Examples answered by a small random network: a task that any input and output shape can have and that is known to be
 * learnable. Inputs are standard normal (or uniform token ids). The teacher's answers are standardized over the
 * examples, each output by itself, and `noise` times a standard normal number is added; classes are the largest of
 * them, labels their sign. `scale` multiplies the inputs after the teacher has seen them: other than 1, the data is
 * badly scaled on purpose.
 */
export function teacher(
  model: ModelSpec,
  settings: { readonly examples: number; readonly noise: number; readonly scale: number },
  random: Random,
): Dataset {
  const { examples, noise, scale } = settings;
  const inputSize = inputSizeOf(model);
  const inputs = drawInputs(model, examples, random.fork('inputs'));
  const outputs = elementCount(outputShapeOf(model));
  const answer = drawTeacher(model, random.fork('teacher'));
  const answers = new Float64Array(examples * outputs);
  for (let example = 0; example < examples; example++) {
    answer(
      inputs.subarray(example * inputSize, (example + 1) * inputSize),
      answers.subarray(example * outputs, (example + 1) * outputs),
    );
  }
  standardizeColumns(answers, outputs);
  const blur = random.fork('noise');
  for (let i = 0; i < answers.length; i++) answers[i] += noise * blur.normal();
  if (inputs instanceof Float32Array && scale !== 1) for (let i = 0; i < inputs.length; i++) inputs[i] *= scale;
  return {
    examples,
    inputs,
    inputSize,
    targets: toTargets(model, answers),
    targetSize: targetSizeOf(targetOf(model)),
    description: `answers of a random teacher network, ${examples} examples of ${describeInput(model)}`,
  };
}

function drawInputs(model: ModelSpec, examples: number, random: Random): Float32Array | Int32Array {
  const { input } = model;
  const length = examples * inputSizeOf(model);
  return input.kind === 'tokens'
    ? Int32Array.from({ length }, () => random.integer(input.vocabulary))
    : Float32Array.from({ length }, () => random.normal());
}

/** Each column to mean 0 and deviation 1; one that is constant is only centred. */
function standardizeColumns(values: Float64Array, columns: number): void {
  const rows = values.length / columns;
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    let squares = 0;
    for (let i = column; i < values.length; i += columns) sum += values[i];
    const mean = sum / rows;
    for (let i = column; i < values.length; i += columns) squares += square(values[i] - mean);
    const factor = squares > 0 ? 1 / Math.sqrt(squares / rows) : 1;
    for (let i = column; i < values.length; i += columns) values[i] = (values[i] - mean) * factor;
  }
}

function toTargets(model: ModelSpec, answers: Float64Array): Float32Array | Int32Array {
  const target = targetOf(model);
  if (target.kind === 'values') return Float32Array.from(answers);
  if (target.kind === 'labels') return Float32Array.from(answers, value => (value > 0 ? 1 : 0));
  const { classes } = target;
  return Int32Array.from({ length: answers.length / classes }, (_, position) => {
    let best = position * classes;
    for (let i = best + 1; i < (position + 1) * classes; i++) if (answers[i] > answers[best]) best = i;
    return best - position * classes;
  });
}

function describeInput({ input }: ModelSpec): string {
  return input.kind === 'tokens' ? `${input.length} tokens` : `shape [${input.shape.join(', ')}]`;
}
