/** Other layers with the same fault as a finding's, as its related places. */
import type { LayerSpec } from '../model/model-spec';
import type { Place } from '../model/place';
import type { RelatedPlace } from './finding';

/** More than these are summed up in the last one. */
const MAXIMUM_PLACES = 10;

/** A place a layer, in the order given; of many layers the last place says how many more there are. */
export function alikePlaces(
  layers: readonly LayerSpec[],
  place: (layer: LayerSpec) => Place,
  message: (path: string) => string,
): readonly RelatedPlace[] {
  const left = layers.length - MAXIMUM_PLACES;
  return layers.slice(0, MAXIMUM_PLACES).map((layer, index) => {
    const isLast = left > 0 && index === MAXIMUM_PLACES - 1;
    return {
      at: place(layer),
      layer: layer.path,
      message: `${message(layer.path)}${isLast ? ` ${left} more layers are like it.` : ''}`,
    };
  });
}
