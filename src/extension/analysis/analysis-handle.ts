/** The process as the client of the analysis sees it. */
import type { FromAnalysis, ToAnalysis } from '../../protocol/analysis-messages';
import { isFromAnalysis } from '../../protocol/parse-message';
import { NodeProcess } from '../../worker/node-process';
import type { WorkerEnd } from '../../worker/worker-handle';

/** Reports of the process. `onEnd` is called once, whatever ended it. */
export interface AnalysisListener {
  readonly onMessage: (message: FromAnalysis) => void;
  readonly onEnd: (end: WorkerEnd) => void;
}

export interface AnalysisHandle {
  post(message: ToAnalysis): void;
  /** Ends it at once, in the middle of whatever it does. */
  terminate(): void;
}

/** Starts the process. Throws when it cannot be started at all. */
export type StartAnalysis = (listener: AnalysisListener) => AnalysisHandle;

/** Several histories, and the trainings that measure cures. */
const MEMORY_MEGABYTES = 2048;

/** Messages that take a moment to send: each goes in a turn of the event loop of its own. */
const LARGE: ReadonlySet<ToAnalysis['type']> = new Set(['run', 'records', 'data']);

/** The analysis as a process of Node. */
export function nodeAnalysis(script: string): StartAnalysis {
  return ({ onMessage, onEnd }) => {
    const process = new NodeProcess<ToAnalysis, FromAnalysis>({
      script,
      memoryMegabytes: MEMORY_MEGABYTES,
      accepts: isFromAnalysis,
      onMessage,
      onEnd,
      isLarge: ({ type }) => LARGE.has(type),
    });
    return { post: message => process.post(message), terminate: () => void process.terminate() };
  };
}
