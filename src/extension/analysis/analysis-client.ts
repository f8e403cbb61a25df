/**
 * The analysis as the extension host sees it: questions to a process that is started when it is needed, and again when
 * it ended.
 */
import { sentText } from '../../frontends/sent-text';
import type { RunHistory } from '../../record/run-history';
import type {
  FromAnalysis,
  MeasuringQuestion,
  Question,
  QuestionKind,
  Questions,
  StopReason,
} from '../../protocol/analysis-messages';
import type { StepRecord } from '../../record/step-record';
import type { WorkerEnd } from '../../worker/worker-handle';
import type { Analysis, AnalyzedMeasuring, AnalyzedRun } from './analysis';
import type { AnalysisHandle, StartAnalysis } from './analysis-handle';
import { SentRuns } from './sent-runs';
import { errorText } from '../../text/error-text';

/**
 * Time that a question without trainings may take, and any other once it was stopped; then the process is taken for
 * hung.
 */
const ANSWER_MS = 60_000;
/** The process ends itself when it was asked nothing for so long. */
const REST_MS = 600_000;
/** A question is asked again once where the process ended over it. */
const ATTEMPTS = 2;

/** The process that was asked is no more. */
class AnalysisEndedError extends Error {
  override readonly name = 'AnalysisEndedError';
}

interface Pending {
  readonly run: number | undefined;
  readonly tell: (progress: unknown) => void;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Running {
  readonly handle: AnalysisHandle;
  readonly sent: SentRuns;
}

interface AskOptions<Kind extends QuestionKind> {
  readonly onProgress?: (progress: Questions[Kind]['progress']) => void;
  readonly measuring?: AnalyzedMeasuring;
}

export interface AnalysisOptions {
  /** One sentence where nothing may be trained. */
  readonly refusal?: () => string | undefined;
  /** Is told that the process ended before its time. */
  readonly note?: (message: string) => void;
  readonly answerMs?: number;
}

export class AnalysisClient implements Analysis {
  private running: Running | undefined;
  private readonly pending = new Map<number, Pending>();
  private ids = 0;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private disposed = false;

  constructor(
    private readonly start: StartAnalysis,
    private readonly options: AnalysisOptions = {},
  ) {}

  /** Has the process started, since it may be asked soon. */
  prepare(): void {
    if (this.isStarted()) this.rest();
  }

  follow(run: AnalyzedRun): void {
    if (this.isStarted()) this.running!.sent.numberOf(run);
  }

  append(history: RunHistory, records: readonly StepRecord[]): void {
    this.running?.sent.append(history, records);
  }

  readonly diagnose: Analysis['diagnose'] = (run, ruleOptions) => this.ask('diagnose', run, () => ({ ruleOptions }));

  readonly predict: Analysis['predict'] = ({ source, model }, starts, { severities, options }) =>
    this.ask('predict', undefined, () => ({
      text: sentText(source),
      model,
      settings: { ...(severities && { severities }), ...(options && { options }) },
      // Recorders have more than a message can carry.
      starts: starts.map(({ layout, records, outcome }) => ({ layout, records, outcome })),
    }));

  readonly propose: Analysis['propose'] = (run, { source, model }, finding, remake) =>
    this.ask('propose', run, () => ({ now: sentText(source), model, finding, remake }));

  readonly verify: Analysis['verify'] = (run, finding, measuring, onProgress) =>
    this.ask('verify', run, sent => ({ ...measuringQuestion(measuring, sent), finding }), { measuring, onProgress });

  readonly assess: Analysis['assess'] = (run, seeds, measuring, onProgress) =>
    this.ask('assess', run, sent => ({ ...measuringQuestion(measuring, sent), ...seeds }), { measuring, onProgress });

  readonly harm: Analysis['harm'] = (run, known, measuring) =>
    this.ask('harm', run, sent => ({ ...measuringQuestion(measuring, sent), known }), { measuring });

  readonly compare: Analysis['compare'] = (run, finding, measuring, onProgress) =>
    this.ask('compare', run, sent => ({ ...measuringQuestion(measuring, sent), finding }), { measuring, onProgress });

  dispose(): void {
    this.disposed = true;
    this.end(new AnalysisEndedError('The analysis was ended with the editor.'));
    clearTimeout(this.restTimer);
  }

  private isStarted(): boolean {
    try {
      this.current();
      return true;
    } catch (error) {
      if (!(error instanceof AnalysisEndedError)) throw error;
      // The next question is refused for the same reason, and tells it.
      return false;
    }
  }

  private async ask<Kind extends QuestionKind>(
    kind: Kind,
    run: AnalyzedRun | undefined,
    partsOf: (sent: SentRuns) => Omit<Questions[Kind]['ask'], 'run'>,
    options: AskOptions<Kind> = {},
  ): Promise<Questions[Kind]['answer']> {
    const refusal = options.measuring && this.options.refusal?.();
    if (refusal !== undefined) throw new Error(refusal);
    for (let attempt = 1; ; attempt++) {
      try {
        const { sent } = this.current();
        const question = { kind, ...(run && { run: sent.numberOf(run) }), ...partsOf(sent) };
        // A kind with the fields of its own question is one of the union, and is answered as its kind says.
        return (await this.askOnce(
          question as unknown as Question,
          options as AskOptions<QuestionKind>,
        )) as Questions[Kind]['answer'];
      } catch (error) {
        if (
          !(error instanceof AnalysisEndedError) ||
          attempt === ATTEMPTS ||
          this.disposed ||
          options.measuring?.cancel.aborted
        )
          throw error;
      }
    }
  }

  private askOnce(question: Question, { onProgress, measuring }: AskOptions<QuestionKind>): Promise<unknown> {
    const { handle } = this.current();
    const id = ++this.ids;
    return new Promise((resolve, reject) => {
      let limit: ReturnType<typeof setTimeout> | undefined;
      const beginLimit = (): void => {
        limit ??= setTimeout(() => {
          if (this.running?.handle === handle)
            this.fail(`it did not answer within ${Math.round(this.answerMs / 1000)} seconds`);
        }, this.answerMs);
      };
      const stop = (reason: StopReason) => (): void => {
        handle.post({ type: 'stop', id, reason });
        beginLimit();
      };
      const stops = [
        [measuring?.cancel, stop('cancelled')],
        [measuring?.outOfTime, stop('out-of-time')],
      ] as const;
      const settle = (finish: () => void): void => {
        this.pending.delete(id);
        clearTimeout(limit);
        for (const [signal, listener] of stops) signal?.removeEventListener('abort', listener);
        if (this.pending.size === 0) this.rest();
        finish();
      };
      this.pending.set(id, {
        run: 'run' in question ? question.run : undefined,
        tell: progress => onProgress?.(progress as never),
        resolve: answer => settle(() => resolve(answer)),
        reject: error => settle(() => reject(error)),
      });
      clearTimeout(this.restTimer);
      handle.post({ type: 'ask', id, question });
      for (const [signal, listener] of stops) {
        signal?.addEventListener('abort', listener);
        if (signal?.aborted) listener();
      }
      if (!measuring) beginLimit();
    });
  }

  private get answerMs(): number {
    return this.options.answerMs ?? ANSWER_MS;
  }

  /** The process that runs, started where there is none. @throws AnalysisEndedError where it cannot be started */
  private current(): Running {
    if (this.running) return this.running;
    let handle: AnalysisHandle;
    try {
      handle = this.start({
        onMessage: message => this.receive(message),
        onEnd: end => {
          if (this.running?.handle === handle) this.fail(reasonOf(end));
        },
      });
    } catch (error) {
      throw new AnalysisEndedError(sentenceOn(errorText(error)));
    }
    const sent = new SentRuns(
      message => handle.post(message),
      run => [...this.pending.values()].some(question => question.run === run),
    );
    this.running = { handle, sent };
    return this.running;
  }

  private receive(message: FromAnalysis): void {
    // What was asked of an earlier process is asked again under another number.
    const question = this.pending.get(message.id);
    switch (message.type) {
      case 'progress':
        return question?.tell(message.progress);
      case 'answer':
        return question?.resolve(message.answer);
      case 'refused':
        return question?.reject(new Error(message.message));
    }
  }

  private fail(reason: string): void {
    const sentence = sentenceOn(reason);
    this.options.note?.(sentence);
    this.end(new AnalysisEndedError(sentence));
  }

  private end(error: AnalysisEndedError): void {
    this.running?.handle.terminate();
    this.running = undefined;
    for (const question of [...this.pending.values()]) question.reject(error);
  }

  private rest(): void {
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => {
      this.running?.handle.post({ type: 'close' });
      this.running = undefined;
    }, REST_MS);
    // A process that waits keeps no program alive.
    (this.restTimer as { unref?: () => void }).unref?.();
  }
}

function measuringQuestion({ data, limits }: AnalyzedMeasuring, sent: SentRuns): Omit<MeasuringQuestion, 'run'> {
  const { seeds, concurrency, ruleOptions } = limits;
  return {
    data: sent.numberOfData(data.files),
    memoryLimitBytes: data.memoryLimitBytes,
    seeds,
    concurrency,
    ...(ruleOptions && { ruleOptions }),
  };
}

function reasonOf(end: WorkerEnd): string {
  switch (end.kind) {
    case 'out-of-memory':
      return 'it needed more memory than it may take';
    case 'error':
      return end.message;
    case 'exit':
      return `exit code ${end.code}`;
  }
}

function sentenceOn(reason: string): string {
  return `The analysis process ended (${reason}): train again, and report it if it happens again.`;
}
