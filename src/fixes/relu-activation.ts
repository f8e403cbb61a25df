import { kernelFans } from '../diagnosis/evidence/initial-gain';
import { allLayers, hasKernel, isRecurrent, kernelBefore, layerAt, type KernelLayer } from '../diagnosis/layers';
import { changeValues } from '../spec/edit';
import type { ActivationName, LayerSpec, ModelSpec } from '../spec/model-spec';
import { initializerChanges, missingFit } from './fitting-initializer';
import type { FixMaker } from './fix-context';
import { ordinaryRate } from './ordinary-rate';

/** Activations with flat ends or a slope below 1, through which gradients die. */
const FLAT: readonly ActivationName[] = ['sigmoid', 'hard-sigmoid', 'tanh', 'hard-tanh', 'softsign', 'softplus', 'softmax', 'relu6'];

/**
 * Replaces a flat activation by relu, whose slope is 1 wherever a unit is active (Glorot, Bordes and Bengio 2011), in every
 * hidden layer that has it, with He's initializer for the weights before it (He et al. 2015). The last layer with weights keeps
 * its activation: it gives the answer its range. A rate that made up for vanished gradients comes down (see `ordinaryRate`).
 */
export const reluActivation: FixMaker = ({ document, model, finding }) => {
  const responsible = finding.layer === undefined ? undefined : flatOf(model, layerAt(model, finding.layer));
  if (!responsible) {
    return undefined;
  }
  const all = allLayers(model.layers);
  const answer = all.findLastIndex(hasKernel);
  const layers = all.slice(0, answer).filter((layer) => layer.activation === responsible.activation && !isRecurrent(layer));
  if (!layers.includes(responsible)) {
    return undefined;
  }
  const kernels = layers.map((layer) => (hasKernel(layer) ? layer : kernelBefore(model, layer)))
    .filter((kernel): kernel is KernelLayer => kernel !== undefined && kernelFans(kernel) !== undefined);
  const initializers = kernels.flatMap((layer) => {
    const fitting = missingFit(model, layer, 'relu');
    return fitting ? [{ layer, fitting }] : [];
  });
  const rate = ordinaryRate(document, model, finding);
  const where = layers.length === 1 ? responsible.path : `${layers.length} layers`;
  return {
    id: 'relu-activation',
    title: `Use relu instead of ${responsible.activation} in ${where}${rate.title}`,
    edits: changeValues(document, [
      ...layers.map((layer) => ({ path: [...layer.source, 'activation'], value: 'relu' })),
      ...initializerChanges(document, initializers),
      ...rate.changes,
    ]),
  };
};

/** The layer whose flat `activation` is meant: the finding's own, or the next one after a layer that has none. */
function flatOf(model: ModelSpec, layer: LayerSpec | undefined): LayerSpec | undefined {
  if (!layer || FLAT.includes(layer.activation)) {
    return layer;
  }
  const all = allLayers(model.layers);
  const next = all.slice(all.indexOf(layer) + 1).find((each) => hasKernel(each) || each.activation !== 'identity');
  return layer.activation === 'identity' && next?.type === 'activation' && FLAT.includes(next.activation) ? next : undefined;
}
