/** Normalization between weights and activation, which batch-norm and layer-norm have in common. */
import { reset, type Change, type NewLayer } from '../../model/change';
import { activationAfter, allLayers } from '../../diagnosis/layers';
import type { FixId } from '../../diagnosis/finding';
import { isGated } from '../../model/gated-activations';
import type { LayerSpec } from '../../model/model-spec';
import type { FixContext, FixDraft } from '../fix-context';
import { hiddenKernels, type ForwardKernel } from '../own-layers';
import { placesText } from '../place-text';

/**
 * Adds a normalization after the weights of every hidden layer for which `suits`, before its activation, which becomes
 * a layer of its own (Ioffe and Szegedy 2015). Layers that are normalized already, before or after the activation,
 * stay.
 */
export function normalizeHidden(
  { model }: FixContext,
  id: FixId,
  type: 'batch-norm' | 'layer-norm',
  suits: (layer: ForwardKernel) => boolean,
): FixDraft | undefined {
  const all = allLayers(model.layers);
  const isNormalized = (layer: LayerSpec): boolean =>
    activationAfter(model, layer).normalized || all[all.indexOf(layer) + 1]?.type.endsWith('-norm');
  const layers = hiddenKernels(model).filter(
    layer => suits(layer) && !isNormalized(layer) && !isGated(layer.activation) && layer.activation !== 'softmax',
  );
  if (layers.length === 0) return undefined;
  const active = layers.filter(layer => layer.activation !== 'identity');
  return {
    id,
    title: `Add ${type} to ${placesText(layers.map(({ path }) => path))}`,
    changes: [
      ...active.map(({ path }) => reset({ layer: path, part: 'activation' })),
      ...layers.map(({ path, activation }): Change => {
        const after: NewLayer[] = activation === 'identity' ? [] : [{ type: 'activation', activation }];
        return { kind: 'insert-after', layer: path, layers: [{ type }, ...after] };
      }),
    ],
  };
}
