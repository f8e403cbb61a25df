/** Where a finding of an earlier text stands in the present one, if what it speaks of is still the same. */
import type { Source } from '../../frontends/frontend';
import { isLayerPlace, type Place } from '../../model/place';
import { layerNow, sameSetting, sameTraining } from '../../model/same-model';

/**
 * The place in `now` that `place` names in `before`. A place of a layer follows its layer, wherever that has moved, as long
 * as the layer says the same; a setting stays where it is. `undefined` where the layer, or a setting that decides the
 * training, says something else or is gone: then nobody knows whether the finding still holds.
 */
export function placeFinding(before: Source, now: Source, place: Place): Place | undefined {
  if (before.text === now.text) return place;
  if (!before.model || !now.model || !sameTraining(before.model, now.model)) return undefined;
  if (!isLayerPlace(place)) return sameSetting(before.model, now.model, place.setting) ? place : undefined;
  const layer = layerNow(before.model, now.model, place.layer);
  return layer === undefined ? undefined : { ...place, layer };
}
