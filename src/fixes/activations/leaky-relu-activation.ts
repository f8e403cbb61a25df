import { setEach } from '../../model/change';
import { activationAfter, allLayers, layerAt } from '../../diagnosis/layers';
import { summarizeLayers } from '../../record/layer-summary';
import type { ActivationName, LayerSpec, ModelSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';

/** Share of the responsible layer's dead units from which on another layer is changed with it. */
const ALSO_DEAD = 0.5;

/**
 * Replaces relu by leaky-relu (slope 0.01 below zero; Maas, Hannun and Ng 2013) in the responsible layer, and in every
 * other relu layer of which at least half as many units are dead: a unit below zero still gets a gradient and can come
 * back.
 */
export const leakyReluActivation: FixMaker = ({ model, history, finding }) => {
  const responsible = finding.layer === undefined ? undefined : reluOf(model, layerAt(model, finding.layer));
  if (!responsible) {
    return undefined;
  }
  const dead = new Map(summarizeLayers(history).map(summary => [summary.path, summary.deadShare]));
  const limit = ALSO_DEAD * (dead.get(responsible.path) ?? 1);
  const layers = allLayers(model.layers).filter(
    layer => layer === responsible || (isRelu(layer) && (dead.get(layer.path) ?? 0) >= limit && limit > 0),
  );
  const where = layers.length === 1 ? responsible.path : `${responsible.path} and ${layers.length - 1} more`;
  return {
    id: 'leaky-relu-activation',
    title: `Use leaky-relu in ${where}`,
    changes: setEach(layers, 'activation', 'leaky-relu'),
  };
};

/** The layer whose `activation: relu` the layer's output meets; a recurrence's own relu has no leaky form. */
function reluOf(model: ModelSpec, layer: LayerSpec | undefined): LayerSpec | undefined {
  if (!layer || isRelu(layer)) {
    return layer;
  }
  const after = allLayers(model.layers);
  return isRelu(activationAfter(model, layer)) ? after.slice(after.indexOf(layer)).find(isRelu) : undefined;
}

function isRelu({ activation }: { readonly activation: ActivationName }): boolean {
  return activation === 'relu' || activation === 'relu6';
}
