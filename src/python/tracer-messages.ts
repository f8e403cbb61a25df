/** Every message between a host and the tracer process. */

/** Start of a tracer process, as the text of its first argument. */
export interface TracerStart {
  /** Folder with the files of `scripts/python-files.mjs`. */
  readonly folder: string;
  /** File of a snapshot of exactly these files; made and sent by the process where there is none. */
  readonly snapshot: string;
}

export type ToTracer =
  /** `request` is JSON for the Python side. */
  { readonly type: 'trace'; readonly id: number; readonly request: string; readonly timeoutMs: number };

export type FromTracer =
  /** Python runs. `snapshot` is to be written to the file of the start, where that was not there. */
  | { readonly type: 'ready'; readonly snapshot?: Uint8Array }
  /** `answer` is JSON of the Python side; untrusted, as everything that ran beside the user's code. */
  | { readonly type: 'traced'; readonly id: number; readonly answer: string }
  /** Python itself failed, or ran out of time or memory; `ends` where the process ends after it. */
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly reason: TracerFailure;
      readonly message: string;
      readonly ends: boolean;
    };

export type TracerFailure = 'time' | 'memory' | 'recursion' | 'internal';

const FAILURES: readonly unknown[] = ['time', 'memory', 'recursion', 'internal'] satisfies TracerFailure[];
/** More than any honest trace has. */
const MAX_ANSWER_LENGTH = 64 * 2 ** 20;

export function isFromTracer(message: unknown): message is FromTracer {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  const { type, id, answer, reason, message: text, ends, snapshot } = message as Record<string, unknown>;
  switch (type) {
    case 'ready':
      return snapshot === undefined || snapshot instanceof Uint8Array;
    case 'traced':
      return typeof id === 'number' && typeof answer === 'string' && answer.length <= MAX_ANSWER_LENGTH;
    case 'failed':
      return (
        typeof id === 'number' && FAILURES.includes(reason) && typeof text === 'string' && typeof ends === 'boolean'
      );
    default:
      return false;
  }
}

export function isToTracer(message: unknown): message is ToTracer {
  if (typeof message !== 'object' || message === null) return false;
  const { type, id, request, timeoutMs } = message as Record<string, unknown>;
  return type === 'trace' && typeof id === 'number' && typeof request === 'string' && typeof timeoutMs === 'number';
}
