/** Layers with recurrent cells as operators of the engine. */
import { recurrent, type RecurrentParameters } from '../../engine/operators/recurrent';
import { seq2seq } from '../../engine/operators/seq2seq';
import type { LayerBuilder, MadeParameters } from './layer-builder';

/** `rnn`, `lstm` and `gru`. */
export const buildRecurrent: LayerBuilder<'rnn' | 'lstm' | 'gru'> = (building, layer) => {
  const x = building.numbers();
  const made = building.parameters();
  const direction = (suffix: '' | '_reverse'): RecurrentParameters => cellParameters(made, '', suffix);
  const directions = layer.bidirectional ? [direction(''), direction('_reverse')] : [direction('')];
  const { type: cell, nonlinearity, gateActivation: gate, output } = layer;
  return recurrent(building.graph, x, directions, { cell, nonlinearity, gate, output });
};

export const buildSeq2Seq: LayerBuilder<'seq2seq'> = (building, layer) => {
  const ids = building.ids();
  const made = building.parameters();
  const parts = {
    embedding: made['embedding.weight'],
    encoder: cellParameters(made, 'encoder.', ''),
    decoder: cellParameters(made, 'decoder.', ''),
    out: { weight: made['out.weight'], bias: made['out.bias'] },
  };
  return seq2seq(building.graph, ids, parts, layer);
};

function cellParameters(made: MadeParameters, prefix: string, suffix: '' | '_reverse'): RecurrentParameters {
  return {
    weightIh: made[`${prefix}weight_ih_l0${suffix}`],
    weightHh: made[`${prefix}weight_hh_l0${suffix}`],
    biasIh: made[`${prefix}bias_ih_l0${suffix}`],
    biasHh: made[`${prefix}bias_hh_l0${suffix}`],
  };
}
