import type { LossSpec } from '../../model/model-spec';
import type { Dataset } from './dataset';

/**
 * The loss with `balanced` class weights made numbers, as scikit-learn's: answers / (classes that occur · answers of
 * the class), over the training examples' answers that count (all but the `ignored` class). A class that does not occur
 * there has weight 1, which only held-back examples can meet.
 */
export function withClassWeights(
  loss: LossSpec,
  classes: number,
  data: Dataset,
  training: Int32Array,
  ignored?: number,
): LossSpec {
  if (loss.type !== 'cross-entropy' || loss.classWeights !== 'balanced') return loss;
  const counts = new Array<number>(classes).fill(0);
  for (const example of training) {
    for (let i = 0; i < data.targetSize; i++) counts[data.targets[example * data.targetSize + i]]++;
  }
  if (ignored !== undefined) counts[ignored] = 0;
  const occurring = counts.filter(count => count > 0).length;
  const answers = counts.reduce((sum, count) => sum + count, 0);
  return { ...loss, classWeights: counts.map(count => (count > 0 ? answers / (occurring * count) : 1)) };
}
