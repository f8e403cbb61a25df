/**
 * Whether a preferred cure undoes the planted cause, and whether the model then trains: the strict measure of cures.
 */
import type { CureTrial } from './cure-trial';
import { trains } from './outcome';
import type { PlantedFault } from './truth';

/**
 * Whether a cure undoes the fault: one of its parts is of the fault's `cures`, the others are of its `cures` or
 * `companions`, and if it edits layers, one at which the fault was planted is among them.
 */
export function isCausal({ cures, companions = [], layers }: PlantedFault, cure: CureTrial): boolean {
  const isOfFault = cure.fixes.some(id => cures.includes(id));
  const isRelated = cure.fixes.every(id => cures.includes(id) || companions.includes(id));
  const isThere = layers === '*' || cure.layers.length === 0 || cure.layers.some(layer => isWithin(layer, layers));
  return isOfFault && isRelated && isThere;
}

/** Whether the cured model trains with every seed that the cure was not chosen by. */
export function trainsHeldBack({ runs }: CureTrial): boolean {
  return runs.length > 0 && runs.every(({ outcome, twin }) => trains(outcome, twin));
}

/** Whether a layer is one of these, or inside of one. */
function isWithin(layer: string, layers: readonly string[]): boolean {
  return layers.some(each => layer === each || layer.startsWith(`${each}.`));
}
