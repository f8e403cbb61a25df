/** Layers that hold layers. */
import type { LayerSpec, ResidualSpec, TransformerBlockSpec } from './model-spec';

/** A layer whose work is done by the layers inside it. */
export type ContainerSpec = ResidualSpec | TransformerBlockSpec;

/** Whether layers stand inside the layer. */
export function isContainer(layer: LayerSpec): layer is ContainerSpec {
  return layer.type === 'residual' || layer.type === 'transformer-block';
}

/** The lists of layers inside a layer, each of which reads the layer's own input; none but for a container. */
export function branchesOf(layer: LayerSpec): readonly (readonly LayerSpec[])[] {
  if (layer.type === 'residual') return [layer.layers, layer.shortcut];
  return layer.type === 'transformer-block' ? [layer.layers] : [];
}

/** Paths of what the layer's output is computed from: its inputs or, of a container, the ends of its branches. */
export function sourcesOf(layer: LayerSpec): readonly string[] {
  return isContainer(layer)
    ? branchesOf(layer).flatMap(branch => (branch.length > 0 ? [branch.at(-1)!.path] : layer.inputs))
    : layer.inputs;
}

/** Every layer in forward order: a residual or transformer block after the layers inside it, as a run lists them. */
export function allLayers(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return layers.flatMap(layer => [...branchesOf(layer).flatMap(allLayers), layer]);
}

/** Every layer in the order of the text: a residual or transformer block before the layers inside it. */
export function layersAsWritten(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return layers.flatMap(layer => [layer, ...branchesOf(layer).flatMap(layersAsWritten)]);
}
