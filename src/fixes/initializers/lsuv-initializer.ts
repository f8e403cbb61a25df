import { set } from '../../model/change';
import { activationAfter } from '../../diagnosis/layers';
import type { ActivationName } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';
import { firstSignal, scaledWeights } from './measured-scale';
import { hiddenKernels } from '../own-layers';
import { placesText } from '../place-text';

/**
 * Activations through which twice the weights give (about) twice the output, so that one measurement tells the scale.
 */
const HOMOGENEOUS: readonly ActivationName[] = [
  'identity',
  'relu',
  'leaky-relu',
  'elu',
  'selu',
  'gelu',
  'gelu-tanh',
  'silu',
  'mish',
];
/** Gains within this factor of 1 are as good as 1. */
const UNIT_GAIN_FACTOR = 1.25;

/**
 * Layer-sequential unit variance (LSUV, Mishkin and Matas 2016) from the recorded run: what a layer made of the
 * deviation of its input in the first step is divided out of its weights, so that every hidden layer hands on a signal
 * of the size that it got. Layers with a normalization after them need no such thing. The first one brings the input to
 * deviation 1.
 */
export const lsuvInitializer: FixMaker = ({ model, history }) => {
  const scaled = hiddenKernels(model).flatMap(layer => {
    const signal = firstSignal(history, layer.path);
    const { activation, normalized } = activationAfter(model, layer);
    if (!signal || normalized || layer.weightNorm || !HOMOGENEOUS.includes(activation)) return [];
    const isFirst = layer === model.layers[0];
    const gain = isFirst ? signal.output : signal.output / signal.input;
    const std = scaledWeights(layer, 1 / gain);
    return std > 0 && Number.isFinite(std) && (gain > UNIT_GAIN_FACTOR || gain < 1 / UNIT_GAIN_FACTOR)
      ? [{ layer, std }]
      : [];
  });
  return scaled.length === 0
    ? undefined
    : {
        id: 'lsuv-initializer',
        title: `Scale the weights of ${placesText(scaled.map(({ layer }) => layer.path))} to the measured signal`,
        changes: scaled.map(({ layer: { path }, std }) =>
          set({ layer: path, part: 'kernelInitializer' }, { type: 'normal', std }),
        ),
      };
};
