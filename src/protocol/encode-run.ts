/** A run's history as the panel's page gets it: whole when a page is hydrated, the latest part while it is visible. */
import { decimate } from '../history/decimate';
import { summarizeLayers } from '../history/layer-summary';
import type { RunHistory } from '../history/run-history';
import type { RunLayout, StepRecord } from '../training/step-record';
import type { PanelLayer, PanelRecord, PanelRun, PanelTimeSeries, WireNumber } from './panel-messages';
import { toWire } from './wire-number';

/** Records of a whole run that a page is given at most (a few more, where values are not finite): wider than a chart has pixels. */
export const MAXIMUM_PANEL_RECORDS = 2000;

/** A run as charted, thinned to `maximumRecords` without losing the first, the last, a peak or a value that is not finite. */
export function encodeRun(
  history: RunHistory,
  run: { readonly id: number; readonly label: string },
  maximumRecords: number = MAXIMUM_PANEL_RECORDS,
): PanelRun {
  const { layout } = history;
  return {
    id: run.id,
    label: run.label,
    task: layout.task,
    layers: encodeLayers(history),
    records: decimate(history.records, maximumRecords).map((record) => encodeRecord(layout, record)),
    throughTime: encodeThroughTime(history),
  };
}

/** The records of steps after `step`, for a page that has all up to it; pass -1 for every record. */
export function encodeRecordsAfter(history: RunHistory, step: number): readonly PanelRecord[] {
  const { layout, records } = history;
  let first = records.length;
  while (first > 0 && records[first - 1]!.step > step) first--;
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
    layerGradientNorms: layout.layers.map((layer) => toWire(normTogether(record.parameterGradientNorms, layer.parameters))),
  };
}

/** A row a layer, in the layout's order. */
export function encodeLayers(history: RunHistory): readonly PanelLayer[] {
  const summaries = summarizeLayers(history);
  return history.layout.layers.map((layer, index) => {
    const summary = summaries[index]!;
    return {
      path: layer.path,
      type: layer.type,
      hasParameters: layer.parameters.length > 0,
      gradientNorm: toWire(summary.gradientNorm),
      forwardGain: toWire(summary.forwardGain),
      backwardGain: toWire(summary.backwardGain),
      updateRatio: toWire(summary.updateRatio),
      deadShare: toWire(summary.deadShare),
      saturatedShare: toWire(summary.saturatedShare),
    };
  });
}

/** State gradients of every recurrent layer from the latest step that measured them; empty where none did. */
export function encodeThroughTime(history: RunHistory): readonly PanelTimeSeries[] {
  const latest = history.records.findLast((record) => record.stateGradients.length > 0);
  return (latest?.stateGradients ?? []).map((series) => ({
    layer: history.layout.layers[series.layer]!.path,
    direction: series.direction,
    hidden: allToWire(series.hidden),
    ...(series.cell && { cell: allToWire(series.cell) }),
  }));
}

function allToWire(values: Float64Array): WireNumber[] {
  return Array.from(values, toWire);
}

/** Euclidean norm of parameters whose own norms are known; scaled, since a norm near the largest number has an infinite square. */
function normTogether(norms: Float64Array, parameters: readonly number[]): number {
  return Math.hypot(...parameters.map((parameter) => norms[parameter]!));
}
