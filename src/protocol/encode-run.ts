/** A run's history as the panel's page gets it: whole when a page is hydrated, the latest part while it is visible. */
import { decimate } from '../record/decimate';
import { isTrained, ownNorm, summarizeLayers } from '../record/layer-summary';
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import type { RunLayout, StepRecord } from '../record/step-record';
import type { PanelLayer, PanelRecord, PanelRun, PanelTimeSeries, WireNumber } from './panel-messages';
import { toWire } from './wire-number';

/** Buckets of steps whose extremes a page is given of a longer run: finer than a chart has pixels. */
export const PANEL_BUCKETS = 400;

/** Identity of a run: its number, "Run 2 · 14:03:12", and the model as it was trained. */
export interface RunIdentity {
  readonly id: number;
  readonly label: string;
  readonly model: ModelSpec;
}

/** Numbers in the records of one message: more take their sender longer than other work should wait. */
const MESSAGE_NUMBERS = 2 ** 15;
/** Numbers of a record beside those of the layers. */
const OWN_NUMBERS = 8;
/** Curves that are looked through at a time. */
const CURVES_AT_A_TIME = 16;

/**
 * A run as charted, thinned to the extremes of `buckets` without losing the first, the last, or a value that is not
 * finite.
 */
export function encodeRun(history: RunHistory, identity: RunIdentity, buckets: number = PANEL_BUCKETS): PanelRun {
  return { ...encodeRunHead(history, identity), records: [...encodeRecordsInParts(history, buckets)].flat() };
}

/** A run without its records, which follow. */
export function encodeRunHead(history: RunHistory, { id, label, model }: RunIdentity): PanelRun {
  return {
    id,
    label,
    task: history.layout.task,
    taskInferred: model.data.inferred,
    ...(model.clip.type === 'norm' && { clipNorm: model.clip.max }),
    layers: encodeLayers(history),
    records: [],
    throughTime: encodeThroughTime(history),
  };
}

/** Whether a run has so many records that they are better sent in parts. */
export function isLong({ layout, records }: RunHistory): boolean {
  return records.length * (layout.layers.length + OWN_NUMBERS) > MESSAGE_NUMBERS;
}

/**
 * The records of `encodeRun` in messages of bounded size. A part is empty where choosing them took as long as making
 * one.
 */
export function* encodeRecordsInParts(
  history: RunHistory,
  buckets: number = PANEL_BUCKETS,
): Generator<readonly PanelRecord[]> {
  const { layout } = history;
  // A run that goes on gets more meanwhile.
  const records = [...history.records];
  const charted = new Set<number>();
  const isThinned = records.length > 2 * buckets;
  if (isThinned) {
    const curves: readonly ((record: StepRecord) => number)[] = [
      record => record.loss,
      record => record.gradientNorm,
      ...layout.layers.map((_, layer) => (record: StepRecord) => ownNorm(layout, layer, record.parameterGradientNorms)),
    ];
    for (let first = 0; first < curves.length; first += CURVES_AT_A_TIME) {
      const some = curves.slice(first, first + CURVES_AT_A_TIME).map(curve => records.map(curve));
      for (const index of decimate(some, buckets)) charted.add(index);
      yield [];
    }
  }
  const kept = isThinned
    ? records.filter((record, index) => charted.has(index) || record.validation !== undefined)
    : records;
  const count = Math.max(1, Math.floor(MESSAGE_NUMBERS / (layout.layers.length + OWN_NUMBERS)));
  for (let first = 0; first < kept.length; first += count) {
    yield kept.slice(first, first + count).map(record => encodeRecord(layout, record));
  }
}

/** The records of steps after `step`, for a page that has all up to it; pass -1 for every record. */
export function encodeRecordsAfter(history: RunHistory, step: number): readonly PanelRecord[] {
  const { layout, records } = history;
  let first = records.length;
  while (first > 0 && records[first - 1].step > step) first--;
  return records.slice(first).map(record => encodeRecord(layout, record));
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
      ...(isFork(history.layout, index) && {
        reads: layer.inputs.map(input => history.layout.layers[input]?.path ?? 'input'),
      }),
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

/**
 * Whether the layer reads something else than the one before it in its list; what a residual adds goes without saying.
 */
function isFork({ layers }: RunLayout, index: number): boolean {
  const { inputs, type, path, parent } = layers[index];
  if (type === 'residual' || type === 'transformer-block') return false;
  const listOf = (other: string): string => other.slice(0, other.lastIndexOf('.') + 1);
  const before = layers.slice(0, index).findLastIndex(other => listOf(other.path) === listOf(path));
  // The first layer of a branch reads what the layer around it reads.
  return inputs.length > 1 || (inputs[0] !== before && (before >= 0 || parent < 0));
}

/**
 * State gradients of every recurrent layer from the first step that measured them, and from the latest where that is
 * another: a layer whose gradient explodes at the start may be dead at the end, and both are to be seen. Empty where no
 * step did.
 */
export function encodeThroughTime({ layout, records }: RunHistory): readonly PanelTimeSeries[] {
  const isMeasured = (record: StepRecord): boolean => record.stateGradients.length > 0;
  const ends = new Set([records.find(isMeasured), records.findLast(isMeasured)]);
  return [...ends].flatMap(record =>
    (record?.stateGradients ?? []).map(series => ({
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
