/** The analysis in this thread, with messages that are copied as on their way to a process. */
import { serveAnalysis } from '../../src/analysis/serve-analysis';
import { SharedTrials } from '../../src/analysis/shared-trials';
import { AnalysisClient, type AnalysisOptions } from '../../src/extension/analysis/analysis-client';
import type { StartAnalysis } from '../../src/extension/analysis/analysis-handle';
import { isFromAnalysis, isToAnalysis } from '../../src/protocol/parse-message';
import type { StartWorker } from '../../src/worker/worker-handle';
import { fakeWorkers } from '../worker/fake-worker';

export function inProcess(startWorker: StartWorker): StartAnalysis {
  return ({ onMessage }) => {
    const trials = new SharedTrials(startWorker);
    const receive = serveAnalysis({
      send: message => {
        const copy: unknown = structuredClone(message);
        if (!isFromAnalysis(copy)) throw new Error(`The host would drop ${JSON.stringify(message).slice(0, 200)}`);
        queueMicrotask(() => onMessage(copy));
      },
      runner: data => trials.runner(data),
      close: () => undefined,
    });
    return {
      post: message => {
        const copy: unknown = structuredClone(message);
        if (!isToAnalysis(copy)) throw new Error(`The analysis would drop ${JSON.stringify(message).slice(0, 200)}`);
        queueMicrotask(() => receive(copy));
      },
      terminate: () => undefined,
    };
  };
}

/** @param startWorker trains what measuring takes; nothing is answered to trainings by default */
export function inProcessAnalysis(
  startWorker: StartWorker = fakeWorkers().start,
  options?: AnalysisOptions,
): AnalysisClient {
  return new AnalysisClient(inProcess(startWorker), options);
}
