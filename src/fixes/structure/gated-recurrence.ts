/** A plain recurrence made a gated one, which two cures have in common. */
import { reset, type Change } from '../../model/change';
import type { FixId } from '../../diagnosis/finding';
import { layerAt } from '../../diagnosis/layers';
import type { RecurrentSpec } from '../../model/model-spec';
import type { FixContext, FixDraft } from '../fix-context';
import { ownLayers } from '../own-layers';
import { placesText } from '../place-text';

/** Settings of a plain recurrence that make up for its fault; a gated one has its own ways. */
const GIVEN_UP = ['nonlinearity', 'recurrentInitializer', 'kernelInitializer'] as const;

/** Makes a layer of `type` of every rnn like the responsible one. */
export function gateRecurrence({ model, finding }: FixContext, id: FixId, type: 'lstm' | 'gru'): FixDraft | undefined {
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
    changes: layers.flatMap(({ path }): Change[] => [
      { kind: 'replace-type', layer: path, type },
      ...GIVEN_UP.map(part => reset({ layer: path, part })),
    ]),
  };
}
