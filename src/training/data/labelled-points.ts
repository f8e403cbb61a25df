/** What the tasks of labelled points (blobs, circles, spirals) share: balanced classes, noise and scale. */
import type { Random } from '../../engine/random';
import type { ModelSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import type { Dataset } from './dataset';
import { classCountFor, encodeClasses, inputSizeOf, targetOf, targetSizeOf } from './target';

/** Writes the noiseless point of one example of class `id` into `point`. */
export type PlacePoint = (point: Float64Array, id: number) => void;

export interface PointSettings {
  readonly examples: number;
  /** Standard deviation of the gaussian noise added to every feature, before scaling. */
  readonly noise: number;
  /** Factor on all features at last; other than 1, the data is badly scaled on purpose. */
  readonly scale: number;
}

/**
 * A data set of points whose classes take turns, so that they are balanced to one example.
 * @throws TrainingError for a model that takes token ids.
 */
export function labelledPoints(
  model: ModelSpec,
  task: string,
  settings: PointSettings,
  random: Random,
  describe: (classes: number, features: number) => string,
  placer: (features: number, classes: number, random: Random) => PlacePoint,
): Dataset {
  if (model.input.kind === 'tokens') {
    const message = `"${task}" gives numbers, but the model's input is token ids; use "teacher" or "copy-memory".`;
    throw new TrainingError(message, ['data']);
  }
  const features = inputSizeOf(model);
  const target = targetOf(model);
  const classes = classCountFor(target);
  const { examples, noise, scale } = settings;
  const ids = Int32Array.from({ length: examples }, (_, example) => example % classes);
  const targets = encodeClasses(model, ids, classes);
  const place = placer(features, classes, random.fork('places'));
  const inputs = new Float32Array(examples * features);
  const point = new Float64Array(features);
  for (let example = 0; example < examples; example++) {
    point.fill(0);
    place(point, ids[example]);
    for (let i = 0; i < features; i++) inputs[example * features + i] = scale * (point[i] + noise * random.normal());
  }
  const size = `${features} ${features === 1 ? 'feature' : 'features'}`;
  const description = `${describe(classes, features)}, ${examples} examples of ${size}`;
  return { examples, inputs, inputSize: features, targets, targetSize: targetSizeOf(target), description };
}
