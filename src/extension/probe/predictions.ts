/**
 * Predicted findings of model files that nobody has trained yet: the first step of a few seeds, in a worker. Knows no
 * editor.
 */
import type { DiagnosisSettings } from '../../diagnosis/diagnose';
import type { Finding } from '../../diagnosis/finding';
import { startOf } from '../../diagnosis/first-steps';
import type { RunHistory } from '../../record/run-history';
import type { Source } from '../../frontends/frontend';
import { sameSource } from '../../frontends/same-source';
import { anyOf } from '../../verification/trial';
import { fingerprint } from '../../worker/fingerprint';
import { workerTrials } from '../../worker/worker-trials';
import type { Analysis } from '../analysis/analysis';
import type { ModelRuns, TrainingRequest } from '../runs/model-runs';
import { RunQueue } from '../runs/run-queue';
import type { StartWorker } from '../../worker/worker-handle';

/** Enough to tell what holds by chance, and over in a fraction of a second. */
export const PREDICTED_SEEDS = 3;
/** A model whose first steps take longer is left to training. */
const TIME_LIMIT_MS = 10_000;

export interface Prediction {
  /** The text that it speaks of, and no other. */
  readonly source: Source;
  readonly findings: readonly Finding[];
}

interface Measured {
  readonly source: Source;
  readonly files: string;
  readonly starts: readonly RunHistory[];
}

export class Predictions {
  /** One worker at a time, whatever the number of files. */
  private readonly queue = new RunQueue(1);
  private readonly predictions = new Map<string, Prediction>();
  private readonly measured = new Map<string, Measured>();
  private readonly latest = new Map<string, TrainingRequest>();
  private readonly listeners = new Set<(key: string) => void>();
  private readonly subscription: { dispose(): void };

  /** @param note is told why a model could not be probed; training it tells the user. */
  constructor(
    private readonly runs: ModelRuns,
    private readonly startWorker: StartWorker,
    private readonly analysis: Pick<Analysis, 'predict'>,
    private readonly note: (message: string) => void,
    private readonly timeLimitMs = TIME_LIMIT_MS,
  ) {
    this.subscription = runs.onDidChange((key, change) => {
      if (change === 'forgotten') this.forget(key);
      if (change === 'run' && runs.isActive(key)) this.withdraw(key);
    });
  }

  onDidChange(listener: (key: string) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /**
   * Returns the predictions for exactly this text; `undefined` where nothing is, and as soon as a run of it speaks
   * instead.
   */
  get(key: string, source: Source): readonly Finding[] | undefined {
    const prediction = this.predictions.get(key);
    return prediction?.source.text === source.text && !this.isTrained(key, source) ? prediction.findings : undefined;
  }

  /**
   * Predicts for `request`, whatever was asked before for the file. Resolves when it is done, or a later text has taken
   * its place.
   *
   * @param settings severities and options of rules; comments that silence are read from the text
   */
  async predict(key: string, request: TrainingRequest, settings: DiagnosisSettings = {}): Promise<void> {
    this.withdraw(key);
    const { source, model, files } = request;
    if (this.isTrained(key, source)) return;
    this.latest.set(key, request);
    const tell = async (starts: readonly RunHistory[]): Promise<void> => {
      const findings = await this.analysis.predict({ source, model }, starts, settings);
      if (this.latest.get(key) === request) this.tell(key, request, findings);
    };
    const measured = this.measured.get(key);
    const known = measured && sameSource(measured.source, source) ? measured : undefined;
    const print = await fingerprint(files);
    if (known?.files === print) return tell(known.starts);
    // What the text alone decides is there at once.
    await tell([]);
    if (this.latest.get(key) !== request) return;
    await this.queue.enqueue(key, async signal => {
      const starts = await this.start(key, request, signal);
      if (!starts || this.latest.get(key) !== request) return;
      this.measured.set(key, { source, files: print, starts });
      await tell(starts);
    });
  }

  /** Takes back what was predicted, because the text is being changed, and stops what is on its way. */
  withdraw(key: string): void {
    this.latest.delete(key);
    this.queue.cancel(key);
    if (this.predictions.delete(key)) this.notify(key);
  }

  forget(key: string): void {
    this.measured.delete(key);
    this.withdraw(key);
  }

  dispose(): void {
    this.subscription.dispose();
    this.listeners.clear();
    this.queue.cancelAll();
  }

  /** Whether a run of the same model goes on, or has told more than a prediction could. */
  private isTrained(key: string, source: Source): boolean {
    const { current, status } = this.runs.get(key);
    return (
      this.runs.isActive(key) ||
      (status.state === 'done' && current !== undefined && sameSource(current.source, source))
    );
  }

  /** The first step with each seed, or nothing where one of them could not be made or was not wanted any more. */
  private async start(
    key: string,
    request: TrainingRequest,
    signal: AbortSignal,
  ): Promise<readonly RunHistory[] | undefined> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.timeLimitMs);
    const run = workerTrials(this.startWorker, request);
    try {
      const starts: RunHistory[] = [];
      for (let index = 0; index < PREDICTED_SEEDS; index++) {
        starts.push((await run(startOf(request.model, index), anyOf([signal, limit.signal]))).history);
      }
      return starts;
    } catch (error) {
      const reason = limit.signal.aborted
        ? 'its first steps take too long'
        : error instanceof Error
          ? error.message
          : String(error);
      if (!signal.aborted) this.note(`${key}: predictions come from the text alone. ${reason}`);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  private tell(key: string, { source }: TrainingRequest, findings: readonly Finding[]): void {
    this.predictions.set(key, { source, findings });
    this.notify(key);
  }

  private notify(key: string): void {
    for (const listener of [...this.listeners]) listener(key);
  }
}
