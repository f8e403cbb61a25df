/** The hidden layers of a model as theory sees them: one after the other, no branch and no normalization between. */
import type { RunHistory } from '../record/run-history';
import type { LayerSpec, ModelSpec } from '../model/model-spec';
import { kernelGain } from './evidence/initial-gain';
import type { MeanFieldLayer } from './evidence/mean-field';
import { activationAfter, hasKernel, isNormalization, layerAt } from './layers';

/** Hidden dense layers and convolutions of an unbranched, unnormalized model; `undefined` for any other model. */
export function plainChain(model: ModelSpec, { layout }: RunHistory): readonly LayerSpec[] | undefined {
  if (layout.layers.some(layer => layer.inputs.length > 1)) return undefined;
  const layers = layout.layers.map(layer => layerAt(model, layer.path));
  if (layers.some(layer => layer !== undefined && isNormalization(layer))) return undefined;
  const kernels = layers.filter(layer => layer !== undefined && hasKernel(layer)) as LayerSpec[];
  return kernels.slice(0, -1).filter(layer => kernelGain(layer) !== undefined);
}

/** The properties of each layer that mean field theory uses. */
export function asMeanField(model: ModelSpec, layers: readonly LayerSpec[]): readonly MeanFieldLayer[] {
  return layers.map(layer => {
    const bias = 'biasInitializer' in layer ? layer.biasInitializer : undefined;
    const biasScale = bias?.type === 'constant' ? Math.abs(bias.value) : bias?.type === 'normal' ? bias.std : 0;
    return { activation: activationAfter(model, layer).activation, weightGain: kernelGain(layer)!, biasScale };
  });
}
