/** A run's history as the panel's page gets it: whole when a page is hydrated, the latest part while it is visible. */
import { decimate } from '../history/decimate';
import { isTrained, ownNorm, summarizeLayers } from '../history/layer-summary';
import type { RunHistory } from '../history/run-history';
import type { ModelSpec } from '../spec/model-spec';
import type { RunLayout, StepRecord } from '../training/step-record';
import type { PanelLayer, PanelRecord, PanelRun, PanelTimeSeries, WireNumber } from './panel-messages';
import { toWire } from './wire-number';

/** Buckets of steps whose extremes a page is given of a longer run: finer than a chart has pixels. */
export const PANEL_BUCKETS = 400;

/** What names a run: its number, "Run 2 · 14:03:12", and the model as it was trained. */
export interface RunIdentity {
  readonly id: number;
  readonly label: string;
  readonly model: ModelSpec;
}

/** A run as charted, thinned to the extremes of `buckets` without losing the first, the last, or a value that is not finite. */
export function encodeRun(history: RunHistory, { id, label, model }: RunIdentity, buckets: number = PANEL_BUCKETS): PanelRun {
  const { layout } = history;
  return {
    id,
    label,
    task: layout.task,
    taskInferred: model.data.inferred,
    ...(model.clip.type === 'norm' && { clipNorm: model.clip.max }),
    layers: encodeLayers(history),
    records: thin(history, buckets).map((record) => encodeRecord(layout, record)),
    throughTime: encodeThroughTime(history),
  };
}

/** The records of steps after `step`, for a page that has all up to it; pass -1 for every record. */
export function encodeRecordsAfter(history: RunHistory, step: number): readonly PanelRecord[] {
  const { layout, records } = history;
  let first = records.length;
  while (first > 0 && records[first - 1].step > step) first--;
  return records.slice(first).map((record) => encodeRecord(layout, record));
}

/** One step as charted. */
export function encodeRecord(layout: RunLayout, record: StepRecord): PanelRecord {
  return {
    step: record.step,
    loss: toWire(record.loss),
    ...(record.accuracy !== undefined && { accuracy: toWire(record.accuracy) }),
    ...(record.validation && { validationLoss: toWire(record.validation.loss) }),
    ...(record.validation?.accuracy !== undefined && { validationAccuracy: toWire(record.validation.accuracy) }),
    learningRate: toWire(record.learningRate),
    gradientNorm: toWire(record.gradientNorm),
    clipFactor: toWire(record.clipFactor),
    layerGradientNorms: layout.layers.map((_, layer) => toWire(ownNorm(layout, layer, record.parameterGradientNorms))),
  };
}

/** A row a layer, in the layout's order. */
export function encodeLayers(history: RunHistory): readonly PanelLayer[] {
  const summaries = summarizeLayers(history);
  return history.layout.layers.map((layer, index) => {
    const summary = summaries[index];
    return {
      path: layer.path,
      type: layer.type,
      activation: layer.activation,
      ...(isFork(history.layout, index) && { reads: layer.inputs.map((input) => history.layout.layers[input]?.path ?? 'input') }),
      isTrained: isTrained(history.layout, index),
      ...(layer.parameters.length > 0 && !isTrained(history.layout, index) && { isFrozen: true as const }),
      gradientNorm: toWire(summary.gradientNorm),
      forwardGain: toWire(summary.forwardGain),
      backwardGain: toWire(summary.backwardGain),
      updateRatio: toWire(summary.updateRatio),
      deadShare: toWire(summary.deadShare),
      saturatedShare: toWire(summary.saturatedShare),
    };
  });
}

/** Whether the layer reads something else than the one before it in its list; what a residual adds goes without saying. */
function isFork({ layers }: RunLayout, index: number): boolean {
  const { inputs, type, path, parent } = layers[index];
  if (type === 'residual' || type === 'transformer-block') return false;
  const listOf = (other: string): string => other.slice(0, other.lastIndexOf('.') + 1);
  const before = layers.slice(0, index).findLastIndex((other) => listOf(other.path) === listOf(path));
  // The first layer of a branch reads what the layer around it reads.
  return inputs.length > 1 || (inputs[0] !== before && (before >= 0 || parent < 0));
}

/**
 * State gradients of every recurrent layer from the first step that measured them, and from the latest where that is another:
 * a layer whose gradient explodes at the start may be dead at the end, and both are to be seen. Empty where no step did.
 */
export function encodeThroughTime({ layout, records }: RunHistory): readonly PanelTimeSeries[] {
  const isMeasured = (record: StepRecord): boolean => record.stateGradients.length > 0;
  const ends = new Set([records.find(isMeasured), records.findLast(isMeasured)]);
  return [...ends].flatMap((record) =>
    (record?.stateGradients ?? []).map((series) => ({
      layer: layout.layers[series.layer].path,
      direction: series.direction,
      step: record?.step,
      hidden: allToWire(series.hidden),
      ...(series.cell && { cell: allToWire(series.cell) }),
    })),
  );
}

function allToWire(values: Float64Array): WireNumber[] {
  return Array.from(values, toWire);
}

/** The records that show every curve at the width of a chart: each curve's extremes, and every measured validation. */
function thin(history: RunHistory, buckets: number): readonly StepRecord[] {
  const { layout, records } = history;
  if (records.length <= 2 * buckets) return records;
  const curves = [
    records.map((record) => record.loss),
    records.map((record) => record.gradientNorm),
    ...layout.layers.map((_, layer) => records.map((record) => ownNorm(layout, layer, record.parameterGradientNorms))),
  ];
  const charted = new Set(decimate(curves, buckets));
  return records.filter((record, index) => charted.has(index) || record.validation !== undefined);
}
