import { branchesOf, layersAsWritten } from '../inner-layers';
import type { LayerSpec, ModelSpec } from '../model-spec';
import { parameterCount } from './parameter-count';
import type { ProblemLog } from './problem-log';
import { layerText } from './shape-text';

type Training = Pick<LayerSpec, 'trainable' | 'learningRateMultiplier'>;

/**
 * The layers, each with what the layers around it say of training too: inside a frozen one nothing is trained, and
 * multipliers of the rate multiply. Layers with tied weights are trained as their owner is, wherever they stand.
 * Reports where nothing is left to train.
 */
export function inheritTraining(log: ProblemLog, layers: readonly LayerSpec[]): readonly LayerSpec[] {
  const known = new Map<string, Training>();
  const inherited = inherit(layers, { trainable: true, learningRateMultiplier: 1 }, known);
  if (layers.some(layer => parameterCount(layer) > 0) && !inherited.some(isTrained)) {
    const message =
      'No layer is left to be trained: `trainable: false` holds for each that has parameters; take it off one of them.';
    const frozen = layersAsWritten(layers).find(({ trainable }) => !trainable)!;
    log.report('nothing-to-train', message, { layer: frozen.path, part: 'trainable' });
  }
  warnOfBatchNorm(log, inherited);
  return inherited;
}

function inherit(layers: readonly LayerSpec[], around: Training, known: Map<string, Training>): readonly LayerSpec[] {
  return layers.map(layer => {
    const training = layer.tiedTo
      ? known.get(layer.tiedTo.path)!
      : {
          trainable: around.trainable && layer.trainable,
          learningRateMultiplier: around.learningRateMultiplier * layer.learningRateMultiplier,
        };
    known.set(layer.path, training);
    const { trainable, learningRateMultiplier } = layer;
    const isOwn = trainable === training.trainable && learningRateMultiplier === training.learningRateMultiplier;
    const own = isOwn ? {} : { own: { trainable, learningRateMultiplier } };
    const inner = (branch: readonly LayerSpec[]): readonly LayerSpec[] => inherit(branch, training, known);
    switch (layer.type) {
      case 'residual':
        return { ...layer, ...training, ...own, layers: inner(layer.layers), shortcut: inner(layer.shortcut) };
      case 'transformer-block':
        return { ...layer, ...training, ...own, layers: inner(layer.layers) };
      default:
        return { ...layer, ...training, ...own };
    }
  });
}

/** Whether a parameter of it, or of a layer inside it, is updated. */
function isTrained(layer: LayerSpec): boolean {
  const inner = branchesOf(layer).flat();
  return (
    inner.some(isTrained) ||
    (layer.trainable && (inner.length === 0 ? parameterCount(layer) > 0 : layer.activation === 'prelu'))
  );
}

/** L-BFGS goes one way with all parameters together, and PyTorch's takes no groups of them either. */
export function checkRates(log: ProblemLog, { optimizer, layers }: ModelSpec): void {
  const own = layersAsWritten(layers).find(({ learningRateMultiplier }) => learningRateMultiplier !== 1);
  if (!own || optimizer.type !== 'lbfgs') return;
  const message =
    '`lbfgs` has one rate for all parameters, so no layer can multiply it; remove `learning_rate_multiplier`, or use ' +
    'another optimizer.';
  log.report('one-rate', message, { layer: own.path, part: 'learningRateMultiplier' });
}

/** A frozen batch-norm has the running statistics that it began with, which normalize nothing. */
function warnOfBatchNorm(log: ProblemLog, layers: readonly LayerSpec[]): void {
  for (const layer of layers) {
    if (layer.type === 'batch-norm' && !layer.trainable) {
      const message =
        `${layerText(layer)} is not trained, so it works by its running statistics, which stay at mean 0 and variance 1 ` +
        'and normalize nothing here; train it, or leave it out.';
      log.warn('frozen-batch-norm', message, { layer: layer.path, part: 'trainable' });
    }
    warnOfBatchNorm(log, branchesOf(layer).flat());
  }
}
