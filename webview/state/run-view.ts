/** A run as the page keeps it: the wire's numbers decoded once, not at every drawing. */
import { fromWire } from '../../src/protocol/wire-number';
import type { PanelLayer, PanelRecord, PanelRun, PanelTimeSeries, WireNumber } from '../../src/protocol/panel-messages';

/** A step as charted. `undefined` is not measured; NaN is a value that was not a number. */
export interface StepView {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number | undefined;
  readonly validationLoss: number | undefined;
  readonly validationAccuracy: number | undefined;
  /** Norm of the whole gradient before clipping. */
  readonly gradientNorm: number;
  readonly clipFactor: number;
  readonly learningRate: number;
  /** Indexed as `RunView.layers`. */
  readonly layerNorms: Float64Array;
}

/** A row of the table of layers. NaN where the layer does not have the number. */
export interface LayerView {
  readonly path: string;
  /**
   * Type and, unless it is the identity, activation: `dense · relu`; and whether it is not trained, though it has
   * parameters.
   */
  readonly kind: string;
  readonly isTrained: boolean;
  readonly gradientNorm: number;
  readonly forwardGain: number;
  readonly backwardGain: number;
  readonly updateRatio: number;
  readonly deadShare: number;
  readonly saturatedShare: number;
}

export interface TimeSeriesView {
  readonly layer: string;
  readonly direction: 'forward' | 'reverse';
  readonly step: number | undefined;
  readonly hidden: Float64Array;
  readonly cell: Float64Array | undefined;
}

export interface RunView {
  readonly id: number;
  readonly label: string;
  readonly task: string;
  readonly taskInferred: boolean;
  readonly clipNorm: number | undefined;
  readonly layers: readonly LayerView[];
  readonly records: readonly StepView[];
  readonly throughTime: readonly TimeSeriesView[];
}

export function runView(run: PanelRun): RunView {
  return {
    id: run.id,
    label: run.label,
    task: run.task,
    taskInferred: run.taskInferred ?? false,
    clipNorm: run.clipNorm,
    layers: run.layers.map(layerView),
    records: run.records.map(stepView),
    throughTime: run.throughTime.map(timeSeriesView),
  };
}

export function stepView(record: PanelRecord): StepView {
  return {
    step: record.step,
    loss: fromWire(record.loss),
    accuracy: optional(record.accuracy),
    validationLoss: optional(record.validationLoss),
    validationAccuracy: optional(record.validationAccuracy),
    gradientNorm: fromWire(record.gradientNorm),
    clipFactor: fromWire(record.clipFactor),
    learningRate: fromWire(record.learningRate),
    layerNorms: decodeAll(record.layerGradientNorms),
  };
}

export function layerView(layer: PanelLayer): LayerView {
  const activation = layer.activation ?? 'identity';
  return {
    path: layer.path,
    kind: [
      layer.type,
      ...(activation === 'identity' ? [] : [activation]),
      ...(layer.isFrozen ? ['not trained'] : []),
      ...(layer.reads ? [`reads ${layer.reads.join(', ')}`] : []),
    ].join(' · '),
    isTrained: layer.isTrained,
    gradientNorm: layer.isTrained ? fromWire(layer.gradientNorm) : Number.NaN,
    forwardGain: fromWire(layer.forwardGain),
    backwardGain: fromWire(layer.backwardGain),
    updateRatio: layer.isTrained ? fromWire(layer.updateRatio) : Number.NaN,
    deadShare: fromWire(layer.deadShare),
    saturatedShare: fromWire(layer.saturatedShare),
  };
}

export function timeSeriesView(series: PanelTimeSeries): TimeSeriesView {
  return {
    layer: series.layer,
    direction: series.direction,
    step: series.step,
    hidden: decodeAll(series.hidden),
    cell: series.cell === undefined ? undefined : decodeAll(series.cell),
  };
}

function decodeAll(numbers: readonly WireNumber[]): Float64Array {
  return Float64Array.from(numbers, fromWire);
}

function optional(number: WireNumber | undefined): number | undefined {
  return number === undefined ? undefined : fromWire(number);
}
