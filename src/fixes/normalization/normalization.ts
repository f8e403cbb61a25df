/** Normalisation between weights and activation, which batch-norm and layer-norm have in common. */
import { activationAfter, allLayers } from '../../diagnosis/layers';
import type { FixId } from '../../diagnosis/finding';
import { isGated } from '../../model/gated-activations';
import type { LayerSpec } from '../../model/model-spec';
import type { FixContext, FixDraft } from '../fix-context';
import { insertLayers } from '../structure/layer-insertion';
import type { ListItem } from '../../frontends/model-file/edit/list-items';
import { hiddenKernels, type ForwardKernel } from '../own-layers';
import { placesText } from '../place-text';

/**
 * Adds a normalisation after the weights of every hidden layer for which `suits`, before its activation, which becomes
 * a layer of its own (Ioffe and Szegedy 2015). Layers that are normalised already, before or after the activation,
 * stay.
 */
export function normalizeHidden(
  { document, model }: FixContext,
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
  const edits = insertLayers(
    document,
    model,
    active.map(({ source }) => ({ path: [...source, 'activation'], value: undefined })),
    layers.map(({ source, activation }) => {
      const after: ListItem[] = activation === 'identity' ? [] : [{ type: 'activation', activation }];
      return { after: source, layers: [{ type }, ...after] };
    }),
  );
  return edits && { id, title: `Add ${type} to ${placesText(layers.map(({ path }) => path))}`, edits };
}
