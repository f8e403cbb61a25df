/**
 * A layer all of whose units are zero from the start: whether it happens is chance, and then nothing below it is ever
 * trained.
 */
import type { LayerSpec } from '../../model/model-spec';
import type { RunLayout, StepRecord } from '../../record/step-record';
import type { Finding } from '../finding';
import { activationPlace, layerAt } from '../layers';
import { inSeeds, predicted } from './predicted';
import { seedsOf, type Starts } from './starts';

/**
 * Relu layers that are dead at birth (Lu et al. 2019: the deeper and the narrower a network, the likelier). A way
 * around the layer keeps the gradient alive, so that it must be exactly 0 in all weights before the layer.
 */
export function predictDeadLayer({ model, layout, records }: Starts): Finding | undefined {
  const dead = records.flatMap(record => deadLayer(layout, record) ?? []);
  if (dead.length === 0) return undefined;
  const index = Math.min(...dead);
  const layer: LayerSpec | undefined = layerAt(model, layout.layers[index].path);
  if (layer === undefined) return undefined;
  return predicted({
    rule: 'dead-relu',
    layer: layer.path,
    at: activationPlace(layer),
    message:
      `before training, every unit of \`${layer.path}\` is zero for every example of the first batch, ` +
      `${inSeeds(dead.length, records.length)}. No gradient reaches the layers before it. Use leaky-relu, or more units.`,
    measured: seedsOf(dead.length, records.length),
    fixes: ['leaky-relu-activation', 'fitting-initializer'],
  });
}

function deadLayer(layout: RunLayout, record: StepRecord): number | undefined {
  const index = layout.layers.findIndex(
    (_, at) => record.deadShare[at] === 1 && layout.layers[at].activation.includes('relu'),
  );
  if (index < 0 || !(record.gradientNorm > 0)) return undefined;
  // The layer's own weights are behind its zero slope too.
  const before = layout.parameters.flatMap((parameter, at) =>
    parameter.trainable && parameter.layer <= index ? [record.parameterGradientNorms[at]] : [],
  );
  return before.length > 0 && before.every(norm => norm === 0) ? index : undefined;
}
