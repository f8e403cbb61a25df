/** Weights of a size that was measured to give outputs of a wanted size. */
import { layerIndex } from '../../record/layer-index';
import { kernelFans, kernelGain } from '../../diagnosis/evidence/initial-gain';
import { inputOf, MODEL_INPUT } from '../../record/layer-input';
import type { RunHistory } from '../../record/run-history';
import type { ForwardKernel } from '../own-layers';

/** Deviations of a layer's input and output in the very first step. */
export interface FirstSignal {
  readonly input: number;
  readonly output: number;
}

/** `undefined` where the run has no first step, no such layer, or a signal there that is 0 or not finite. */
export function firstSignal({ layout, records }: RunHistory, path: string): FirstSignal | undefined {
  const index = layerIndex(layout, path);
  const [first] = records;
  if (index < 0 || first?.step !== 0) return undefined;
  const before = inputOf(layout, index);
  const input = before === MODEL_INPUT ? (layout.inputStatistics?.std ?? Number.NaN) : first.outputStd[before];
  const output = first.outputStd[index];
  return input > 0 && output > 0 && Number.isFinite(input) && Number.isFinite(output) ? { input, output } : undefined;
}

/** Renard's row of ten: what one seed measured holds for others to about a tenth, and so do these numbers. */
const ROW = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8, 10];

/**
 * Standard deviation of the layer's weights, multiplied by `factor`, as a number of `ROW`. NaN where the weights have
 * none.
 */
export function scaledWeights(layer: ForwardKernel, factor: number): number {
  return inRow((kernelGain(layer)! / Math.sqrt(kernelFans(layer)!.fanIn)) * factor);
}

/** The number of `ROW`, times a power of ten, that is nearest by ratio; NaN of what is not positive and finite. */
export function inRow(value: number): number {
  if (!(value > 0 && Number.isFinite(value))) return Number.NaN;
  const exponent = Math.floor(Math.log10(value));
  const distance = (step: number): number => Math.abs(Math.log(value / 10 ** exponent / step));
  const [nearest] = ROW.toSorted((one, other) => distance(one) - distance(other));
  return Number(`${nearest}e${exponent}`);
}
