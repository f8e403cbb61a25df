import { layerAt } from '../../diagnosis/layers';
import { changeValues } from '../../spec/edit';
import { keepNames } from '../../spec/edit/layer-references';
import type { RecurrentSpec } from '../../spec/model-spec';
import { nodeAt } from '../../spec/source-range';
import type { FixMaker } from '../fix-context';
import { ownLayers } from '../own-layers';
import { placesText } from '../place-text';

/** What a plain recurrence was given to make up for its fault; a gated one has its own ways. */
const GIVEN_UP = ['nonlinearity', 'recurrent_initializer', 'kernel_initializer'];

/**
 * Makes an lstm of every rnn like the responsible one. The cell state of an lstm is carried on by a sum, through which the
 * gradient neither grows nor shrinks while the forget gate is open (Hochreiter and Schmidhuber 1997; Gers et al. 2000).
 */
export const gatedRecurrent: FixMaker = ({ document, model, finding }) => {
  const responsible = finding.layer === undefined ? undefined : layerAt(model, finding.layer);
  const layers = ownLayers(model).filter((layer): layer is RecurrentSpec => layer.type === 'rnn');
  if (!responsible || !layers.some((layer) => layer === responsible)) return undefined;
  return {
    id: 'gated-recurrent',
    title: `Make ${placesText([responsible.path, ...layers.filter((layer) => layer !== responsible).map(({ path }) => path)])} an lstm`,
    edits: changeValues(document, [...keepNames(document, model), ...layers.flatMap(({ source }) => [
      { path: [...source, 'type'], value: 'lstm' },
      ...GIVEN_UP.map((key) => [...source, key]).filter((path) => nodeAt(document, path)).map((path) => ({ path, value: undefined })),
    ])]),
  };
};
