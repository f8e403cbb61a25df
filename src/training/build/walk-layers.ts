import { branchesOf } from '../../model/inner-layers';
import type { LayerSpec } from '../../model/model-spec';

/**
 * Visits every layer in forward order, a residual (or transformer block) after the layers inside it, its shortcut's
 * last: the order of every record.
 * @param visit gets the layer and the container around it
 */
export function walkLayers(
  layers: readonly LayerSpec[],
  visit: (layer: LayerSpec, parent: LayerSpec | undefined) => void,
  parent?: LayerSpec,
): void {
  for (const layer of layers) {
    for (const branch of branchesOf(layer)) walkLayers(branch, visit, layer);
    visit(layer, parent);
  }
}
