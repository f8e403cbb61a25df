/** A plain recurrence made a gated one, which two cures have in common. */
import type { FixId } from '../../diagnosis/finding';
import { layerAt } from '../../diagnosis/layers';
import { changeValues } from '../../frontends/model-file/edit';
import { keepNames } from '../../frontends/model-file/edit/layer-references';
import type { RecurrentSpec } from '../../model/model-spec';
import { nodeAt } from '../../frontends/model-file/source-range';
import type { FixContext, FixDraft } from '../fix-context';
import { ownLayers } from '../own-layers';
import { placesText } from '../place-text';

/** What a plain recurrence was given to make up for its fault; a gated one has its own ways. */
const GIVEN_UP = ['nonlinearity', 'activation', 'recurrent_initializer', 'kernel_initializer'];

/** Makes a layer of `type` of every rnn like the responsible one. */
export function gateRecurrence(
  { document, model, finding }: FixContext,
  id: FixId,
  type: 'lstm' | 'gru',
): FixDraft | undefined {
  const responsible = finding.layer === undefined ? undefined : layerAt(model, finding.layer);
  const layers = ownLayers(model).filter((layer): layer is RecurrentSpec => layer.type === 'rnn');
  if (!responsible || !layers.some(layer => layer === responsible)) return undefined;
  const places = placesText([
    responsible.path,
    ...layers.filter(layer => layer !== responsible).map(({ path }) => path),
  ]);
  return {
    id,
    title: `Make ${places} ${type === 'lstm' ? 'an' : 'a'} ${type}`,
    edits: changeValues(document, [
      ...keepNames(document, model),
      ...layers.flatMap(({ source }) => [
        { path: [...source, 'type'], value: type },
        ...GIVEN_UP.map(key => [...source, key])
          .filter(path => nodeAt(document, path))
          .map(path => ({ path, value: undefined })),
      ]),
    ]),
  };
}
