/** The analysis as a conversation: what its process does with the messages it gets. Knows no process, and no clock. */
import type { FromAnalysis, MeasuringQuestion, Question, StopReason, ToAnalysis } from '../protocol/analysis-messages';
import type { RunTrial } from '../verification/trial';
import type { TrainingData } from '../worker/worker-trials';
import { answer } from './answers';
import { HeldRuns } from './held-runs';
import { errorText } from '../text/error-text';

export interface AnalysisServer {
  readonly send: (message: FromAnalysis) => void;
  /** Trains on data; who asks for the same training twice gets the same one. */
  readonly runner: (data: TrainingData) => RunTrial;
  /** Ends the process, which is asked nothing any more. */
  readonly close: () => void;
}

/**
 * Returns the function that takes the host's messages. Every `ask` is answered or refused, in whatever order the
 * answers come.
 */
export function serveAnalysis({ send, runner, close }: AnalysisServer): (message: ToAnalysis) => void {
  const runs = new HeldRuns();
  const data = new Map<number, TrainingData['files']>();
  const going = new Map<number, Readonly<Record<StopReason, AbortController>>>();
  const trials = ({ data: number, memoryLimitBytes }: MeasuringQuestion): RunTrial => {
    const files = data.get(number);
    if (!files) throw new Error(`Data ${number} are not known to the analysis.`);
    return runner({ files, memoryLimitBytes });
  };
  const ask = async (id: number, question: Question): Promise<void> => {
    const stops = { cancelled: new AbortController(), 'out-of-time': new AbortController() };
    going.set(id, stops);
    try {
      const given = await answer(question, {
        runs,
        trials,
        cancel: stops.cancelled.signal,
        outOfTime: stops['out-of-time'].signal,
        tell: progress => send({ type: 'progress', id, progress }),
      });
      send({ type: 'answer', id, answer: given });
    } catch (error) {
      send({ type: 'refused', id, message: errorText(error) });
    } finally {
      going.delete(id);
    }
  };
  return message => {
    switch (message.type) {
      case 'run':
      case 'records':
      case 'outcome':
        return runs.take(message);
      case 'data':
        data.set(message.data, message.files);
        return;
      case 'forget':
        runs.forget(message.runs);
        for (const number of message.data) data.delete(number);
        return;
      case 'ask':
        void ask(message.id, message.question);
        return;
      case 'stop':
        going.get(message.id)?.[message.reason].abort();
        return;
      case 'close':
        return close();
    }
  };
}
