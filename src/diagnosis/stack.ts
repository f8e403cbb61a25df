/** Layers that share a fault, in the words of a finding: one by its name, a stack of like ones by its ends. */
import type { LayerSpec, ModelSpec } from '../model/model-spec';
import { formatNumber } from './format';
import { activationAfter, allLayers } from './layers';
import type { Attribution } from './evidence/attribution';

/** Fewer layers are named one by one. */
const MINIMUM_STACK = 3;

/** The layers of an attribution in forward order. */
export function stackOf(model: ModelSpec, { layer, others }: Attribution): readonly LayerSpec[] {
  const all = allLayers(model.layers);
  return [layer, ...others].sort((one, other) => all.indexOf(one) - all.indexOf(other));
}

/**
 * Who changes a norm, and by how much each: "`layer7` alone leaves 0.44", or, of a stack, "all 59 relu layers from `h1`
 * to `h59` leave 0.6 each".
 */
export function whoChanges(model: ModelSpec, blamed: Attribution, verb: 'leaves' | 'times'): string {
  const stack = stackOf(model, blamed);
  const amount = (gain: number): string =>
    verb === 'times' ? `${formatNumber(gain)} times` : gain === 0 ? 'nothing' : formatNumber(gain);
  if (stack.length < MINIMUM_STACK) {
    return verb === 'leaves'
      ? `\`${blamed.layer.path}\` alone leaves ${amount(blamed.gain)}`
      : `${amount(blamed.gain)} in \`${blamed.layer.path}\``;
  }
  const kinds = new Set(stack.map(layer => activationAfter(model, layer).activation));
  const [kind] = kinds;
  const name = kinds.size === 1 && kind !== undefined && kind !== 'identity' ? `${kind} ` : '';
  const range = `all ${stack.length} ${name}layers from \`${stack[0].path}\` to \`${stack[stack.length - 1].path}\``;
  return verb === 'leaves'
    ? `${range} leave ${amount(blamed.meanGain)} each`
    : `${amount(blamed.meanGain)} in each of ${range}`;
}
