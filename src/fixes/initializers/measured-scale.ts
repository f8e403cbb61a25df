/** Weights of a size that was measured to give outputs of a wanted size. */
import { kernelFans, kernelGain } from '../../diagnosis/evidence/initial-gain';
import { inputOf, MODEL_INPUT } from '../../history/layer-input';
import type { RunHistory } from '../../history/run-history';
import type { ForwardKernel } from '../own-layers';
import { roundDown } from '../round-down';

/** Deviations of a layer's input and output in the very first step. */
export interface FirstSignal {
  readonly input: number;
  readonly output: number;
}

/** `undefined` where the run has no first step, no such layer, or a signal there that is 0 or not finite. */
export function firstSignal({ layout, records }: RunHistory, path: string): FirstSignal | undefined {
  const index = layout.layers.findIndex((layer) => layer.path === path);
  const [first] = records;
  if (index < 0 || first?.step !== 0) return undefined;
  const before = inputOf(layout, index);
  const input = before === MODEL_INPUT ? (layout.inputStatistics?.std ?? Number.NaN) : first.outputStd[before];
  const output = first.outputStd[index];
  return input > 0 && output > 0 && Number.isFinite(input) && Number.isFinite(output) ? { input, output } : undefined;
}

/** Standard deviation of the layer's weights, multiplied by `factor`; two digits. NaN where the weights have none. */
export function scaledWeights(layer: ForwardKernel, factor: number): number {
  const std = kernelGain(layer)! / Math.sqrt(kernelFans(layer)!.fanIn);
  return roundDown(std * factor, 2);
}
