/** Runs as text, so that they outlive a reload of the window. */
import type { Finding } from '../../diagnosis/finding';
import { HistoryRecorder } from '../../history/recorder';
import type { WireNumber } from '../../protocol/panel-messages';
import { fromWire, toWire } from '../../protocol/wire-number';
import type { ModelSpec } from '../../spec/model-spec';
import { parseModelFile } from '../../spec/parse';
import type { SpecLanguage } from '../../spec/spec-document';
import type { RunLayout, RunOutcome, StepRecord } from '../../training/step-record';
import type { Chance } from '../../verification/chance';
import type { ModelRunState } from './model-runs';
import type { RecordedRun } from './recorded-run';

/** Changes whenever what is written can no longer be read by an earlier or later version. */
const FORMAT = 2;
/** Numbers kept of one run: some megabytes of text. Longer runs are thinned without losing a peak. */
const MAXIMUM_VALUES = 2 ** 18;

interface StoredRun {
  readonly id: number;
  readonly startedAt: number;
  readonly text: string;
  readonly language: SpecLanguage;
  readonly model: ModelSpec;
  readonly layout: RunLayout;
  readonly records: readonly StepRecord[];
  readonly outcome: RunOutcome | undefined;
  readonly findings: readonly Finding[];
  readonly chance?: Chance | undefined;
}

interface RunFile {
  readonly format: number;
  readonly status: ModelRunState['status'];
  readonly current: StoredRun | undefined;
  readonly previous: StoredRun | undefined;
}

/** The finished runs of a model file as JSON. */
export function writeRunFile({ status, current, previous }: ModelRunState): string {
  const file: RunFile = { format: FORMAT, status, current: current && store(current), previous: previous && store(previous) };
  return JSON.stringify(file, (_key, value: unknown) => {
    if (value instanceof Float64Array) return { float64: Array.from(value, toWire) };
    return typeof value === 'number' && !Number.isFinite(value) ? { number: toWire(value) } : value;
  });
}

/** What `writeRunFile` wrote, or `undefined` when the text is something else or of another version. */
export function readRunFile(text: string): ModelRunState | undefined {
  let file: RunFile;
  try {
    file = JSON.parse(text, revive) as RunFile;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (file?.format !== FORMAT) return undefined;
  return { status: file.status, current: file.current && restore(file.current), previous: file.previous && restore(file.previous), failure: undefined };
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('float64' in value) return Float64Array.from(value.float64 as readonly WireNumber[], fromWire);
  return 'number' in value ? fromWire(value.number as WireNumber) : value;
}

function store({ id, startedAt, document, model, history, findings, chance }: RecordedRun): StoredRun {
  const { layout, outcome } = history;
  const kept = new HistoryRecorder(layout, MAXIMUM_VALUES);
  kept.append(history.records);
  return { id, startedAt, text: document.text, language: document.language, model, layout, records: kept.records, outcome, findings, chance };
}

function restore({ id, startedAt, text, language, model, layout, records, outcome, findings, chance }: StoredRun): RecordedRun {
  const history = new HistoryRecorder(layout);
  history.append(records);
  if (outcome) history.finish(outcome);
  return { id, startedAt, document: parseModelFile(text, language), model, history, findings, chance };
}
