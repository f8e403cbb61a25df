/** First scores of a classifier that are too sure. */
import { layerIndex } from '../../record/layer-index';
import { taskLoss } from '../evidence/trivial-predictor';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { allLayers, hasKernel, kernelInitializerPlace } from '../layers';
import type { RuleContext } from '../rule';

/**
 * A classifier that starts so sure of wrong answers that its first steps only bring the scores down: a hint, since it
 * may learn all the same.
 */
export function loudScores({ model, history, evidence, optionOf }: RuleContext): Finding | undefined {
  const { learning, windows } = evidence;
  const [first] = windows.finite;
  const layer = allLayers(model.layers).findLast(hasKernel);
  const isClassifier = model.loss.type === 'cross-entropy' || model.loss.type === 'binary-cross-entropy';
  if (
    learning.state !== 'learning' ||
    layer === undefined ||
    first?.step !== 0 ||
    !isClassifier ||
    !learning.referenceIsTrivial
  )
    return undefined;
  const index = layerIndex(history.layout, layer.path);
  const times = taskLoss(first) / learning.reference;
  if (!(times >= optionOf('poor-initialization', 'loudLoss')) || !(first.outputStd[index] > LOUD)) return undefined;
  const quiet = windows.finite.find(record => taskLoss(record) <= 1.1 * learning.reference);
  const until = quiet === undefined ? 'all steps are spent' : `the first ${quiet.step} steps are spent`;
  return {
    rule: 'poor-initialization',
    severity: 'hint',
    layer: layer.path,
    at: kernelInitializerPlace(layer),
    message:
      `The first scores of \`${layer.path}\` have deviation ${formatNumber(first.outputStd[index])}, so the loss starts at ${formatNumber(taskLoss(first))}, ` +
      `${formatNumber(times)} times that of a constant: ${until} on bringing them down. Start with smaller weights.`,
    measured: {
      firstLoss: taskLoss(first),
      scoreDeviation: first.outputStd[index],
      referenceLoss: learning.reference,
      lateLoss: learning.lateLoss,
    },
    step: 0,
    related: [],
    fixes: ['smaller-output-initializer', 'fitting-initializer'],
  };
}

/** Deviation of scores below which they are no cause of a high first loss. */
const LOUD = 2;
