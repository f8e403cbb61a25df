import type { LayerSpec } from '../../spec/model-spec';

/**
 * Visits every layer in forward order, a residual after its layers and those of its shortcut: the order of every record.
 * @param visit gets the layer and the residual around it
 */
export function walkLayers(
  layers: readonly LayerSpec[],
  visit: (layer: LayerSpec, parent: LayerSpec | undefined) => void,
  parent?: LayerSpec,
): void {
  for (const layer of layers) {
    if (layer.type === 'residual') {
      walkLayers(layer.layers, visit, layer);
      walkLayers(layer.shortcut, visit, layer);
    }
    visit(layer, parent);
  }
}
