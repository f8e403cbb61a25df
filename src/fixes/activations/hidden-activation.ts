/** Another activation in the hidden layers, which four cures have in common. */
import { setEach } from '../../model/change';
import { kernelFans } from '../../diagnosis/evidence/initial-gain';
import {
  activationAfter,
  allLayers,
  hasKernel,
  isRecurrent,
  kernelBefore,
  layerAt,
  type KernelLayer,
} from '../../diagnosis/layers';
import type { FixId } from '../../diagnosis/finding';
import type { ActivationName, LayerSpec, ModelSpec } from '../../model/model-spec';
import { initializerChanges, missingFit } from '../initializers/fitting-initializer';
import type { FixContext, FixDraft } from '../fix-context';
import { ordinaryRate } from '../optimization/ordinary-rate';
import { ownLayers } from '../own-layers';

/** Activations with flat ends or a slope below 1, through which gradients die. */
export const FLAT: readonly ActivationName[] = [
  'sigmoid',
  'hard-sigmoid',
  'tanh',
  'hard-tanh',
  'softsign',
  'softplus',
  'softmax',
  'relu6',
];
/** Activations that are 0 (almost) everywhere below 0, so that units can die. */
export const RECTIFYING: readonly ActivationName[] = ['relu', 'relu6'];

/**
 * Replaces the responsible layer's activation, if it is one of `from`, in every hidden layer that has it, with the
 * weights before it as the new one wants them. The last layer with weights keeps its activation: it gives the answer
 * its range. A rate that made up for vanished gradients comes down (see `ordinaryRate`).
 */
export function changeHiddenActivation(
  { model, finding }: FixContext,
  id: FixId,
  to: ActivationName,
  from: readonly ActivationName[],
): FixDraft | undefined {
  const responsible = finding.layer === undefined ? undefined : activated(model, layerAt(model, finding.layer), from);
  if (!responsible) return undefined;
  const all = allLayers(model.layers);
  const answer = all.findLastIndex(hasKernel);
  const own = ownLayers(model);
  const layers = all
    .slice(0, answer)
    .filter(layer => layer.activation === responsible.activation && !isRecurrent(layer) && own.includes(layer));
  if (!layers.includes(responsible)) return undefined;
  const kernels = layers
    .map(layer => (hasKernel(layer) ? layer : kernelBefore(model, layer)))
    .filter(
      (kernel): kernel is KernelLayer =>
        kernel !== undefined && kernelFans(kernel) !== undefined && own.includes(kernel),
    );
  const initializers = kernels.flatMap(layer => {
    const fitting = missingFit(model, layer, to);
    return fitting ? [{ layer, fitting }] : [];
  });
  const rate = ordinaryRate(model, finding);
  const where = layers.length === 1 ? responsible.path : `${layers.length} layers`;
  return {
    id,
    title: `Use ${to} instead of ${responsible.activation} in ${where}${rate.title}`,
    changes: [...setEach(layers, 'activation', to), ...initializerChanges(initializers), ...rate.changes],
  };
}

/** The layer whose activation is meant: the finding's own, or the next one after a layer that has none. */
function activated(
  model: ModelSpec,
  layer: LayerSpec | undefined,
  from: readonly ActivationName[],
): LayerSpec | undefined {
  if (!layer || from.includes(layer.activation)) return layer;
  if (layer.activation !== 'identity' || !from.includes(activationAfter(model, layer).activation)) return undefined;
  const all = allLayers(model.layers);
  return all.slice(all.indexOf(layer) + 1).find(each => from.includes(each.activation));
}
