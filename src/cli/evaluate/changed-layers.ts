/** Where a cure edits a model. */
import { branchesOf } from '../../model/inner-layers';
import type { LayerSpec, ModelSpec } from '../../model/model-spec';

/** Paths of the layers of `before`, inner ones too, that `after` does not have alike. */
export function changedLayers(before: ModelSpec, after: ModelSpec): readonly string[] {
  const kept = new Map(allLayers(after.layers).map(layer => [layer.path, settingsOf(layer)]));
  return allLayers(before.layers)
    .filter(layer => kept.get(layer.path) !== settingsOf(layer))
    .map(({ path }) => path);
}

function allLayers(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return layers.flatMap(layer => [layer, ...branchesOf(layer).flatMap(allLayers)]);
}

/**
 * Serializes all that a layer is, without its place, the shapes that follow from the layers around it, and the layers
 * inside.
 */
function settingsOf(layer: LayerSpec): string {
  return JSON.stringify(layer, (key, value: unknown) => (LEFT_OUT.has(key) ? undefined : value));
}

const LEFT_OUT: ReadonlySet<string> = new Set([
  'source',
  'inputs',
  'inputShape',
  'inputShapes',
  'outputShape',
  'layers',
  'shortcut',
]);
