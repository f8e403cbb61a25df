/** A row of numbers a layer: how gradients and activations fare in it over the latest steps. */
import type { RunLayout, StepRecord } from './step-record';
import { isFiniteRecord } from './finite';
import { MODEL_INPUT, inputOf, readsInputAlone } from './layer-input';
import { median } from './median';
import type { RunHistory } from './run-history';

/** Steps that the medians go over. */
export const SUMMARY_STEPS = 20;

/** Medians over the latest steps of one layer. NaN stands for what the layer does not have or what was not measured. */
export interface LayerSummary {
  /** Dotted path, as in the layout. */
  readonly path: string;
  /** Norm of the loss gradient by all its own parameters together, before clipping; NaN where they are not trained. */
  readonly gradientNorm: number;
  /**
   * Deviation of its output over that of its input; NaN for the first layer unless the layout tells the input's
   * deviation.
   */
  readonly forwardGain: number;
  /** Norm of the loss gradient by its input over that by its output; NaN where others read the same input. */
  readonly backwardGain: number;
  /** Norm of the update over norm of its parameters; NaN where they are not trained. */
  readonly updateRatio: number;
  /** Share of its units that are 0 for a whole batch. */
  readonly deadShare: number;
  /** Share of its outputs at the flat ends of a bounded activation. */
  readonly saturatedShare: number;
}

/** Summaries in the layout's order, over the latest `steps` finite records; all NaN before the first record. */
export function summarizeLayers(history: RunHistory, steps: number = SUMMARY_STEPS): LayerSummary[] {
  const finite: StepRecord[] = [];
  for (let index = history.records.length - 1; index >= 0 && finite.length < steps; index--) {
    if (isFiniteRecord(history.records[index])) finite.push(history.records[index]);
  }
  return history.layout.layers.map((layer, index) => {
    const over = (measure: (record: StepRecord) => number): number => median(finite.map(measure));
    return {
      path: layer.path,
      gradientNorm: over(record => ownNorm(history.layout, index, record.parameterGradientNorms)),
      forwardGain: over(record => forwardGain(history.layout, index, record)),
      backwardGain: over(record => backwardGain(history.layout, index, record)),
      updateRatio: !isTrained(history.layout, index)
        ? Number.NaN
        : over(
            record =>
              ownNorm(history.layout, index, record.updateNorms) /
              ownNorm(history.layout, index, record.parameterNorms),
          ),
      deadShare: over(record => record.deadShare[index]),
      saturatedShare: over(record => record.saturatedShare[index]),
    };
  });
}

/** Norm over a layer's own parameters together, from one norm a parameter; NaN for a layer without parameters. */
export function ownNorm(layout: RunLayout, layer: number, norms: Float64Array): number {
  const { parameters } = layout.layers[layer];
  switch (parameters.length) {
    case 0:
      return Number.NaN;
    // The usual ones without an array for each: charts ask for this of every layer in every record.
    case 1:
      return Math.abs(norms[parameters[0]]);
    case 2:
      return Math.hypot(norms[parameters[0]], norms[parameters[1]]);
    default:
      return Math.hypot(...parameters.map(parameter => norms[parameter]));
  }
}

/** Whether the layer has parameters, and they are updated. */
export function isTrained({ layers, parameters }: RunLayout, layer: number): boolean {
  return layers[layer].parameters.some(parameter => parameters[parameter].trainable);
}

/** Deviation of the layer's output over that of its input in one step. */
export function forwardGain(layout: RunLayout, layer: number, record: StepRecord): number {
  const input = inputOf(layout, layer);
  const inputStd = input === MODEL_INPUT ? (layout.inputStatistics?.std ?? Number.NaN) : record.outputStd[input];
  return gainOver(inputStd, record.outputStd[layer]);
}

/** Norm of the loss gradient by the layer's input over that by its output in one step. */
export function backwardGain(layout: RunLayout, layer: number, record: StepRecord): number {
  if (!readsInputAlone(layout, layer)) return Number.NaN;
  const input = inputOf(layout, layer);
  const inputNorm = input === MODEL_INPUT ? record.inputGradientNorm : record.outputGradientNorms[input];
  return gainOver(record.outputGradientNorms[layer], inputNorm);
}

/**
 * The engine keeps what is below 8e-31 as 0. Of numbers whose norm is this small, parts are lost, and the layer in
 * which the last are lost would seem to be the one that makes them 0.
 */
const SMALLEST_NORM_JUDGED = 1e-24;

/** `after` over `before`; NaN where so little is there before that a ratio says nothing. */
function gainOver(before: number, after: number): number {
  return before > 0 && before < SMALLEST_NORM_JUDGED ? Number.NaN : after / before;
}
