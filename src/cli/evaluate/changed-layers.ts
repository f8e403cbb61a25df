/** Where a cure edits a model. */
import { layersAsWritten } from '../../model/inner-layers';
import type { LayerSpec, ModelSpec } from '../../model/model-spec';

/** Paths of the layers of `before`, inner ones too, that `after` does not have alike. */
export function changedLayers(before: ModelSpec, after: ModelSpec): readonly string[] {
  const kept = new Map(layersAsWritten(after.layers).map(layer => [layer.path, settingsOf(layer)]));
  return layersAsWritten(before.layers)
    .filter(layer => kept.get(layer.path) !== settingsOf(layer))
    .map(({ path }) => path);
}

/**
 * Serializes all that a layer is, without its place, what follows from the layers around it, who decided each part, and
 * the layers inside.
 */
function settingsOf(layer: LayerSpec): string {
  return JSON.stringify(layer, (key, value: unknown) => (LEFT_OUT.has(key) ? undefined : value));
}

const LEFT_OUT: ReadonlySet<string> = new Set([
  'source',
  'inputs',
  'derived',
  'own',
  'folded',
  'inputShape',
  'inputShapes',
  'outputShape',
  'layers',
  'shortcut',
]);
