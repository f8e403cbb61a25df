/** Guards at the borders where a message comes as `unknown`: what does not fit its union is dropped, not trusted. */
import type { RuleId } from '../diagnosis/finding';
import type { SentText } from '../frontends/sent-text';
import type { BlamedPlace } from '../model/place';
import type { FromAnalysis, Question, QuestionKind, StopReason, ToAnalysis } from './analysis-messages';
import type { FilePiece } from './file-pieces';
import type { FromPanel } from './panel-messages';
import type { FromWorker, ToWorker } from './worker-messages';

type Check<T> = (value: unknown) => value is T;
/** A check for every field of a message but its type. */
type Fields<M> = { readonly [K in Exclude<keyof M, 'type'>]-?: Check<M[K]> };
type Table<Union extends { readonly type: string }> = {
  readonly [Type in Union['type']]: Fields<Extract<Union, { readonly type: Type }>>;
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isFiles = (value: unknown): value is Readonly<Record<string, Uint8Array>> | undefined =>
  value === undefined || (isObject(value) && Object.values(value).every(bytes => bytes instanceof Uint8Array));
const isBlamed = (value: unknown): value is BlamedPlace | undefined =>
  value === undefined || Array.isArray(value) || (isObject(value) && 'layer' in value && isText(value.layer));
/** Objects of our own code on the other side of a thread: their kind is checked, their inside is not. */
const isPlain = <T extends object>(value: unknown): value is T => isObject(value);
const isNamed = <T extends string>(value: unknown): value is T => isText(value) && /^[a-z][a-z-]*$/.test(value);

const FROM_PANEL: Table<FromPanel> = {
  ready: {},
  train: {},
  cancel: {},
  'reveal-layer': { layer: isText },
  'apply-fix': { finding: isCount, fix: isText },
  'open-rule': { rule: isNamed<RuleId> },
  'compare-cures': {},
  'stop-measuring': {},
  'apply-cure': { cure: isText },
  'export-comparison': { format: (value): value is 'csv' | 'markdown' => value === 'csv' || value === 'markdown' },
};

const TO_WORKER: Table<ToWorker> = {
  start: { model: isPlain, files: isFiles, memoryLimitBytes: isCount },
  check: { model: isPlain, files: isFiles, memoryLimitBytes: isCount },
  acknowledge: {},
  cancel: {},
  close: {},
};

const FROM_WORKER: Table<FromWorker> = {
  resident: { bytes: isCount },
  reading: { progress: isPlain },
  checked: { report: isPlain },
  started: { layout: isPlain },
  records: { records: isPlain },
  finished: { outcome: isPlain },
  failed: { message: isText, internal: isFlag, source: isBlamed },
};

const FILE_PIECE: Table<FilePiece> = {
  piece: {
    file: isText,
    offset: isCount,
    size: isCount,
    bytes: (value): value is Uint8Array => value instanceof Uint8Array,
  },
};

const QUESTION_KINDS: Readonly<Record<QuestionKind, true>> = {
  diagnose: true,
  predict: true,
  propose: true,
  verify: true,
  assess: true,
  harm: true,
  compare: true,
};
const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isCount);

const TO_ANALYSIS: Table<ToAnalysis> = {
  run: {
    run: isCount,
    model: isPlain,
    layout: isPlain,
    text: (value): value is SentText =>
      isObject(value) &&
      'text' in value &&
      isText(value.text) &&
      'frontEnd' in value &&
      isText(value.frontEnd) &&
      'context' in value &&
      isObject(value.context) &&
      'fileName' in value.context &&
      isText(value.context.fileName),
  },
  records: { run: isCount, records: (value): value is [] => Array.isArray(value) },
  outcome: { run: isCount, outcome: isPlain },
  data: {
    data: isCount,
    files: (value): value is Readonly<Record<string, Uint8Array>> => value !== undefined && isFiles(value),
  },
  forget: { runs: isNumbers, data: isNumbers },
  ask: {
    id: isCount,
    question: (value): value is Question =>
      isObject(value) && 'kind' in value && isText(value.kind) && Object.hasOwn(QUESTION_KINDS, value.kind),
  },
  stop: { id: isCount, reason: (value): value is StopReason => value === 'cancelled' || value === 'out-of-time' },
  close: {},
};

const FROM_ANALYSIS: Table<FromAnalysis> = {
  // What is told and answered differs by question: our own code on the other side knows which was asked.
  progress: { id: isCount, progress: isPlain },
  answer: { id: isCount, answer: (value): value is unknown => value === undefined || isObject(value) },
  refused: { id: isCount, message: isText },
};

function fits(
  table: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>>,
  message: unknown,
): boolean {
  if (!isObject(message) || !('type' in message) || !isText(message.type) || !Object.hasOwn(table, message.type))
    return false;
  const values = message as Readonly<Record<string, unknown>>;
  return Object.entries(table[message.type]).every(([field, check]) => check(values[field]));
}

/** Is `message` one that the panel's page may send? */
export function isFromPanel(message: unknown): message is FromPanel {
  return fits(FROM_PANEL, message);
}

/** Is `message` one that a worker takes? */
export function isToWorker(message: unknown): message is ToWorker {
  return fits(TO_WORKER, message);
}

/** Is `message` one that a worker sends? */
export function isFromWorker(message: unknown): message is FromWorker {
  return fits(FROM_WORKER, message);
}

/** Is `message` part of a data file, of a place inside the whole? */
export function isFilePiece(message: unknown): message is FilePiece {
  if (!fits(FILE_PIECE, message)) return false;
  const { offset, size, bytes } = message as FilePiece;
  return offset + bytes.length <= size;
}

/** Is `message` one that the analysis process takes? */
export function isToAnalysis(message: unknown): message is ToAnalysis {
  return fits(TO_ANALYSIS, message);
}

/** Is `message` one that the analysis process sends? */
export function isFromAnalysis(message: unknown): message is FromAnalysis {
  return fits(FROM_ANALYSIS, message);
}
