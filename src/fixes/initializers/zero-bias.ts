import { setEach } from '../../model/change';
import { allLayers, layerAt, ownerOf } from '../../diagnosis/layers';
import type { LayerSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';
import { placesText } from '../place-text';

/**
 * Starts the biases of the responsible layer, and of others that start in the same way, at zero, as every framework
 * does.
 */
export const zeroBias: FixMaker = ({ model, finding }) => {
  const named = finding.layer === undefined ? undefined : layerAt(model, finding.layer);
  const layer = named && ownerOf(model, named);
  const start = layer && startOfBias(layer);
  if (!layer || start === undefined || start === ZEROS) return undefined;
  const layers = allLayers(model.layers).filter(each => each.tiedTo === undefined && startOfBias(each) === start);
  if (!layers.includes(layer)) return undefined;
  return {
    id: 'zero-bias',
    title: `Start the biases of ${placesText([layer.path, ...layers.filter(each => each !== layer).map(({ path }) => path)])} at zero`,
    changes: setEach(layers, 'biasInitializer', { type: 'zeros' }),
  };
};

const ZEROS = JSON.stringify({ type: 'zeros' });

function startOfBias(layer: LayerSpec): string | undefined {
  return 'biasInitializer' in layer ? JSON.stringify(layer.biasInitializer) : undefined;
}
