import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import type { Dataset } from './dataset';
import { outputShapeOf, targetOf } from './target';

/**
 * The adding problem (Hochreiter and Schmidhuber 1997): a sequence `[time, 2]` of numbers uniform in [0, 1) beside a
 * marker that is 1 at two steps, one in each half; the target is the sum of the two marked numbers. Always answering 1
 * has a mean squared error of 1/6: to do better, something must be remembered for half of the sequence.
 * @throws TrainingError where the model is not one from `[time, 2]` to one number.
 */
export function addingProblem(model: ModelSpec, settings: { readonly examples: number }, random: Random): Dataset {
  const shape = model.input.kind === 'features' ? model.input.shape : [];
  const output = outputShapeOf(model);
  const target = targetOf(model);
  if (shape.length !== 2 || shape[0] < 2 || shape[1] !== 2) {
    const given = model.input.kind === 'features' ? `[${shape.join(', ')}]` : 'token ids';
    throw new TrainingError(`"adding-problem" needs an input of [time, 2] with 2 or more steps, but it is ${given}.`, [
      'data',
    ]);
  }
  if (target.kind !== 'values' || target.width !== 1) {
    throw new TrainingError(
      `"adding-problem" needs one number as output and a loss such as mse, but the output is [${output.join(', ')}] with ` +
        `${model.loss.type}.`,
      ['data'],
    );
  }
  const time = shape[0];
  const { examples } = settings;
  const inputs = new Float32Array(examples * time * 2);
  const targets = new Float32Array(examples);
  const half = Math.floor(time / 2);
  for (let example = 0; example < examples; example++) {
    const start = example * time * 2;
    for (let t = 0; t < time; t++) inputs[start + 2 * t] = random.uniform();
    for (const marked of [random.integer(half), half + random.integer(time - half)]) {
      inputs[start + 2 * marked + 1] = 1;
      targets[example] += inputs[start + 2 * marked];
    }
  }
  const description = `adding problem, ${examples} examples of ${time} time steps`;
  return { examples, inputs, inputSize: time * 2, targets, targetSize: 1, description };
}
