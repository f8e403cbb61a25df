import { setEach } from '../../model/change';
import { allLayers, layerAt, ownerOf } from '../../diagnosis/layers';
import { writtenNumber } from '../../text/written-number';
import type { LayerSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';
import { placesText } from '../place-text';
import { roundDown } from '../round-down';

type WithForgetBias = Extract<LayerSpec, { readonly forgetBias: number }>;

/** Jozefowicz, Zaremba and Sutskever 2015. */
const USUAL = 1;
/** A bias closer to the wanted one than this keeps the state about as long. */
const MIN_BIAS_CHANGE = 0.5;

/**
 * Starts the forget gates of the responsible lstm, and of others that start in the same way, open: with bias 1, or,
 * where that is there already, with the logarithm of the sequence's length, at which a state lives as long as the
 * sequence (Tallec and Ollivier 2018).
 */
export const forgetBias: FixMaker = ({ model, history, finding }) => {
  const named = finding.layer === undefined ? undefined : layerAt(model, finding.layer);
  const layer = named && ownerOf(model, named);
  if (!layer || !hasForgetGate(layer)) return undefined;
  const length = history.layout.layers.find(({ path }) => path === layer.path)?.timeSteps ?? 0;
  const bias = layer.forgetBias < USUAL ? USUAL : roundDown(Math.log(length), 2);
  if (!(bias > layer.forgetBias + (layer.forgetBias < USUAL ? 0 : MIN_BIAS_CHANGE))) return undefined;
  const layers = allLayers(model.layers).filter(
    each => hasForgetGate(each) && each.forgetBias === layer.forgetBias && each.tiedTo === undefined,
  );
  return {
    id: 'forget-bias',
    title:
      `Start the forget gates of ${placesText([layer.path, ...layers.filter(each => each !== layer).map(({ path }) => path)])} ` +
      `with bias ${writtenNumber(bias)}`,
    changes: setEach(layers, 'forgetBias', bias),
  };
};

function hasForgetGate(layer: LayerSpec): layer is WithForgetBias {
  return layer.type === 'lstm' || (layer.type === 'seq2seq' && layer.cell === 'lstm');
}
