/** Units that start alike and stay so. */
import type { LayerSpec, ModelSpec } from '../../model/model-spec';
import type { RunLayout } from '../../record/step-record';
import { outcomeOf } from '../consequence';
import { kernelGain } from '../evidence/initial-gain';
import { isHarmed } from '../evidence/learning';
import type { Finding } from '../finding';
import { hasKernel, kernelInitializerPlace, layerAt, type KernelLayer } from '../layers';
import type { RuleContext } from '../rule';
import { isConstant, isConstantKernel } from './constant-weights';
import { initializationFinding } from './initialization-finding';

/**
 * Units with the same weights in and the same weights out get the same gradient for ever: a layer of one unit. Where
 * the layer after it draws different weights they part, and all is well; so do they behind dropout.
 */
export function unitsAlike({ model, history, evidence }: RuleContext): Finding | undefined {
  const alike = layersAlike(model, history.layout);
  const [root] = alike;
  if (root === undefined) return undefined;
  const zeros = root.kernelInitializer.type === 'zeros';
  const { learning } = evidence;
  const outcome = isHarmed(learning) ? outcomeOf(learning) : 'They stay alike: the layer learns as if it had one unit';
  const message =
    `The ${unitsOf(root)} units of \`${root.path}\` start alike${zeros ? ' at zero' : ''}, and so do the units that read them. ` +
    `All get the same gradient in every step. ${outcome}. Draw the weights at random.`;
  return initializationFinding(evidence, {
    layer: root,
    at: kernelInitializerPlace(root),
    message,
    measured: { units: unitsOf(root) },
    others: alike.slice(1),
    alike: 'start alike too.',
  });
}

/** The layers whose units start alike and stay so, in forward order. */
export function layersAlike(model: ModelSpec, layout: RunLayout): readonly KernelLayer[] {
  const layers = layout.layers.map(({ path }) => layerAt(model, path));
  return layers.filter((layer, index): layer is KernelLayer => {
    if (
      !hasKernel(layer) ||
      kernelGain(layer) === undefined ||
      !isConstant(layer.kernelInitializer) ||
      unitsOf(layer) < 2
    ) {
      return false;
    }
    const readers = readersOf(layout, layers, index);
    return readers.length > 0 && readers.every(reader => isConstantKernel(layers[reader]));
  });
}

/**
 * Indices of the layers with weights that read a layer, through those that treat all units alike; of others (dropout,
 * the end of a branch, the output) the first that is met.
 */
function readersOf(layout: RunLayout, layers: readonly (LayerSpec | undefined)[], index: number): readonly number[] {
  return layout.layers.flatMap(({ inputs, type }, reader) => {
    if (!inputs.includes(index)) return [];
    const passes = inputs.length === 1 && !hasKernel(layers[reader]) && type !== 'dropout';
    return passes ? readersOf(layout, layers, reader) : [reader];
  });
}

function unitsOf(layer: LayerSpec): number {
  if ('units' in layer) return layer.units;
  return 'filters' in layer ? layer.filters : 1;
}
