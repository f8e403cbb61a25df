import type { StepRecord } from '../../record/step-record';
import type { Trainer } from '../../training/trainer';

/** Finds the number that a record has for a place of a field; `undefined` where it has none. */
export type Lookup = (record: StepRecord, place: string) => number | undefined;

/** By the name of the field. */
export type Lookups = Readonly<Record<string, Lookup>>;

/** How each field of a golden record is found in one of ours. */
export function measuredLookups({ layers, parameters }: Trainer): Lookups {
  const layerIndex = new Map(layers.map((layer, index) => [layer.path, index]));
  const parameterIndex = new Map(parameters.map((parameter, index) => [parameter.name, index]));
  const at = (values: Float64Array, index = -1): number | undefined => values[index];
  // The states of a seq2seq layer are one series, the decoder's after the encoder's; a case tells them apart.
  const seriesOf = (path: string): { readonly layer: string; readonly start: number } => {
    const [, outer, part] = /^(.*)\.(encoder|decoder)$/.exec(path) ?? [];
    const layer = layers.find(candidate => candidate.path === outer && candidate.type === 'seq2seq');
    if (!layer) return { layer: path, start: 0 };
    return { layer: layer.path, start: part === 'decoder' ? layer.timeSteps! - layer.outputShape[0] : 0 };
  };
  return {
    loss: record => record.loss,
    learning_rate: record => record.learningRate,
    gradient_norm: record => record.gradientNorm,
    clip_factor: record => record.clipFactor,
    gradient_norms: (record, name) => at(record.parameterGradientNorms, parameterIndex.get(name)),
    output_std: (record, path) => at(record.outputStd, layerIndex.get(path)),
    output_gradient_norms: (record, path) =>
      path === 'input' ? record.inputGradientNorm : at(record.outputGradientNorms, layerIndex.get(path)),
    state_gradient_norms: (record, place) => {
      // E.g. `lstm cell_reverse 3`.
      const [path, series, time] = place.split(' ');
      const direction = series.endsWith('_reverse') ? 'reverse' : 'forward';
      const { layer, start } = seriesOf(path);
      const found = record.stateGradients.find(
        state => layers[state.layer].path === layer && state.direction === direction,
      );
      return (series.startsWith('cell') ? found?.cell : found?.hidden)?.[start + Number(time)];
    },
  };
}
