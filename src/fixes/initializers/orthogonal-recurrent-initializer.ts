import { setEach } from '../../model/change';
import { allLayers, isRecurrent, layerAt, ownerOf, type RecurrentLayer } from '../../diagnosis/layers';
import { sameInitializer } from './initializer-fit';
import type { FixMaker } from '../fix-context';

/**
 * Starts the recurrent weights of the responsible layer as an orthogonal matrix, all of whose singular values are 1, so
 * that the state gradient neither grows nor shrinks through them (Saxe, McClelland and Ganguli 2014); and those of
 * other layers that start in the same way. It is the default, but is stated: the line then says what the layer depends
 * on.
 */
export const orthogonalRecurrentInitializer: FixMaker = ({ model, finding }) => {
  const named = finding.layer === undefined ? undefined : layerAt(model, finding.layer);
  const layer = named && ownerOf(model, named);
  if (!isRecurrent(layer) || isOrthogonal(layer)) {
    return undefined;
  }
  const layers = allLayers(model.layers).filter(
    (other): other is RecurrentLayer =>
      isRecurrent(other) &&
      other.tiedTo === undefined &&
      sameInitializer(other.recurrentInitializer, layer.recurrentInitializer),
  );
  const where = layers.length === 1 ? layer.path : `${layer.path} and ${layers.length - 1} more`;
  return {
    id: 'orthogonal-recurrent-initializer',
    title: `Start the recurrent weights of ${where} orthogonal`,
    changes: setEach(layers, 'recurrentInitializer', { type: 'orthogonal' }),
  };
};

function isOrthogonal({ recurrentInitializer }: RecurrentLayer): boolean {
  return recurrentInitializer.type === 'orthogonal' && recurrentInitializer.gain === 1;
}
