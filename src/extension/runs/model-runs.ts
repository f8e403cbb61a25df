/**
 * The runs of every model file: the one that goes or went last, the one before it, and how it stands. Knows no editor.
 */
import type { RuleOptions } from '../../diagnosis/diagnose';
import type { Finding } from '../../diagnosis/finding';
import { HistoryRecorder } from '../../record/recorder';
import type { PanelStatus, RunState } from '../../protocol/panel-messages';
import type { Source } from '../../frontends/frontend';
import type { RunLayout, StepRecord } from '../../record/step-record';
import type { Chance } from '../../verification/chance';
import type { Analysis } from '../analysis/analysis';
import { sameSource } from '../../frontends/same-source';
import { driveWorker, type RunEnd } from '../../worker/drive-worker';
import { KeptRuns } from './kept-runs';
import { messageOf, statusAfter, type RecordedRun, type RunFailure } from './recorded-run';
import { RunLooks } from './run-looks';
import { RunQueue } from './run-queue';
import { IDLE, type ModelRunState, type RunChange, type RunChangeListener, type TrainingRequest } from './run-state';
import type { StartWorker } from '../../worker/worker-handle';
import { errorText } from '../../text/error-text';

export { IDLE } from './run-state';
export type { ModelRunState, RunChange, RunChangeListener, TrainingRequest } from './run-state';

/** Runs that go at once: the editor needs a core too. */
const CONCURRENT_RUNS = 2;
/** Model files whose runs are kept; the one trained longest ago goes first. */
const REMEMBERED_FILES = 12;
/** Steps before the first look: early ones say little. */
const FIRST_LOOK_STEP = 20;

const ACTIVE_STATES: ReadonlySet<RunState> = new Set<RunState>(['starting', 'running', 'stopping']);

/** Keys are addresses of model files. Listeners are told of every change after it was made. */
export class ModelRuns {
  private readonly queue = new RunQueue(CONCURRENT_RUNS);
  private readonly states = new Map<string, ModelRunState>();
  private readonly listeners = new Set<RunChangeListener>();
  /** The request that a file's state speaks of, so that what an earlier one still reports is dropped. */
  private readonly latest = new Map<string, TrainingRequest>();
  private readonly kept = new KeptRuns();

  /** @param optionsOf the options of rules that hold for a file */
  constructor(
    private readonly startWorker: StartWorker,
    private readonly analysis: Pick<Analysis, 'follow' | 'append' | 'diagnose'>,
    private readonly optionsOf: (key: string) => RuleOptions = () => ({}),
  ) {}

  onDidChange(listener: RunChangeListener): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  get(key: string): ModelRunState {
    return this.states.get(key) ?? IDLE;
  }

  keys(): readonly string[] {
    return [...this.states.keys()];
  }

  /** Returns the last training request, with its data; `undefined` for a run that was kept from an earlier session. */
  requestOf(key: string): TrainingRequest | undefined {
    return this.latest.get(key);
  }

  /** Whether a run of the file waits, starts, goes on or is being stopped. */
  isActive(key: string): boolean {
    return ACTIVE_STATES.has(this.get(key).status.state);
  }

  activeKeys(): readonly string[] {
    return this.keys().filter(key => this.isActive(key));
  }

  /**
   * Trains what `request` says; an earlier run of the same file is canceled. Resolves when the run is over, however it
   * ends.
   */
  async train(key: string, request: TrainingRequest): Promise<void> {
    const { current, previous } = this.get(key);
    this.keep(key);
    this.states.delete(key);
    this.latest.set(key, request);
    this.states.set(key, {
      status: { state: 'starting', step: 0, steps: request.model.steps, message: '' },
      current: undefined,
      previous: current ?? previous,
      failure: undefined,
    });
    this.forgetOldest();
    const done = this.queue.enqueue(key, signal => this.run(key, request, signal));
    this.tell(key, 'run');
    await done;
  }

  /** Notes that a model file could not be trained, before any worker was asked. */
  refuse(key: string, failure: RunFailure): void {
    this.queue.cancel(key);
    this.keep(key);
    this.latest.delete(key);
    const { current, previous } = this.get(key);
    const status: PanelStatus = { state: 'failed', step: 0, steps: 0, message: failure.message };
    this.states.set(key, { status, current: undefined, previous: current ?? previous, failure });
    this.tell(key, 'run');
  }

  /** Cancels the run of a file. It is over within a second. */
  stop(key: string): void {
    if (!this.isActive(key)) return;
    const waits = this.get(key).status.state === 'starting' && !this.get(key).current;
    this.update(
      key,
      { status: { ...this.get(key).status, state: waits ? 'cancelled' : 'stopping', message: '' } },
      'status',
    );
    this.queue.cancel(key);
  }

  /** Withdraws the findings of the latest run; the run itself stays. */
  clearFindings(key: string): void {
    const { current } = this.get(key);
    if (current) this.update(key, { current: { ...current, findings: [], chance: undefined } }, 'findings');
  }

  /** Takes in what other seeds of the run with this history showed, unless another run has taken its place. */
  tellChance(key: string, history: HistoryRecorder, chance: Chance | undefined): void {
    const { current } = this.get(key);
    if (current?.history === history) this.update(key, { current: { ...current, chance } }, 'findings');
  }

  /**
   * Looks again at every run that is done, because the options of rules have changed. Resolves when all were looked at;
   * rejects with a sentence where one could not be.
   */
  async diagnoseAgain(): Promise<void> {
    for (const key of this.keys()) {
      const { current, status } = this.get(key);
      if (current && status.state === 'done') {
        const again = { ...current, findings: await this.diagnose(key, current), chance: undefined };
        if (this.get(key).current === current) this.update(key, { current: again }, 'findings');
      }
      for (const run of this.kept.all(key)) {
        const again = { ...run, findings: await this.diagnose(key, run), chance: undefined };
        this.kept.update(key, kept => (kept === run ? again : kept));
      }
    }
  }

  /** Makes the run of an earlier text the current one again where the file says the same as then, as after an undo. */
  recall(key: string, source: Source): void {
    const { current } = this.get(key);
    const isUntold = this.get(key).status.state === 'interrupted' && !current;
    if (this.isActive(key) || isUntold || (current && sameSource(current.source, source))) return;
    const found = this.kept.find(key, source);
    if (!found) return;
    this.keep(key);
    if (found.request) this.latest.set(key, found.request);
    else this.latest.delete(key);
    const { previous } = this.get(key);
    const status = statusAfter(found.run);
    this.states.set(key, {
      status,
      current: found.run,
      previous: current ?? (previous === found.run ? undefined : previous),
      failure: undefined,
    });
    this.tell(key, 'recalled');
  }

  /** Takes in runs that were kept from an earlier session, unless the file has been trained since. */
  restore(key: string, state: ModelRunState): void {
    if (this.states.has(key)) return;
    if (state.previous) this.kept.keep(key, { run: state.previous, request: undefined });
    this.states.set(key, state);
    this.tell(key, 'run');
  }

  forget(key: string): void {
    this.queue.cancel(key);
    this.latest.delete(key);
    this.kept.forget(key);
    if (this.states.delete(key)) this.tell(key, 'forgotten');
  }

  /** Keeps what is known of a file that has a new name. A run that still goes is canceled. */
  move(from: string, to: string): void {
    const state = this.states.get(from);
    if (!state) return;
    const active = this.isActive(from);
    this.kept.move(from, to);
    this.forget(from);
    this.states.set(to, active ? { ...state, status: { ...state.status, state: 'cancelled' } } : state);
    this.tell(to, 'run');
  }

  dispose(): void {
    this.listeners.clear();
    this.queue.cancelAll();
  }

  private async run(key: string, request: TrainingRequest, signal: AbortSignal): Promise<void> {
    const isLatest = (): boolean => this.latest.get(key) === request;
    const looks = new RunLooks(
      async () => {
        const { current } = this.get(key);
        if (!current || (current.history.records.at(-1)?.step ?? 0) < FIRST_LOOK_STEP) return undefined;
        const findings = await this.diagnose(key, current);
        return isLatest() && this.isActive(key) ? findings : undefined;
      },
      findings => {
        const { current } = this.get(key);
        if (!current || findings === current.findings || findings.length + current.findings.length === 0) return;
        this.update(key, { current: { ...current, findings } }, 'findings');
      },
    );
    const end = await driveWorker(
      this.startWorker,
      {
        type: 'start',
        model: request.model,
        memoryLimitBytes: request.memoryLimitBytes,
        files: request.files,
      },
      {
        onReading: ({ file, share }) => {
          const message = `Reading ${file}: ${Math.floor(100 * share)} %`;
          if (isLatest() && this.isActive(key))
            this.update(key, { status: { ...this.get(key).status, message } }, 'status');
        },
        onStarted: layout => {
          if (isLatest()) this.begin(key, request, layout);
        },
        onRecords: records => {
          if (!isLatest()) return;
          this.append(key, records);
          void looks.whenDue();
        },
      },
      signal,
    );
    if (isLatest()) await this.end(key, request, end, isLatest);
  }

  private begin(key: string, request: TrainingRequest, layout: RunLayout): void {
    const { source, model } = request;
    const { previous, status } = this.get(key);
    const id = Math.max(previous?.id ?? 0, this.kept.highestId(key)) + 1;
    const current = { id, startedAt: Date.now(), source, model, history: new HistoryRecorder(layout), findings: [] };
    this.analysis.follow(current);
    this.update(key, { current, status: { ...status, state: 'running', steps: layout.steps, message: '' } }, 'run');
  }

  private append(key: string, records: readonly StepRecord[]): void {
    const { current, status } = this.get(key);
    const last = records.at(-1);
    if (!current || !last) return;
    current.history.append(records);
    this.analysis.append(current.history, records);
    this.update(key, { status: { ...status, step: last.step + 1 } }, 'records');
  }

  private async end(key: string, request: TrainingRequest, end: RunEnd, isLatest: () => boolean): Promise<void> {
    const { current, status } = this.get(key);
    if (end.kind === 'finished') {
      current?.history.finish(end.outcome);
      const message = messageOf(end.outcome);
      try {
        const findings = current ? await this.diagnose(key, current) : [];
        if (isLatest())
          this.update(
            key,
            { current: current && { ...current, findings }, status: { ...status, state: 'done', message } },
            'findings',
          );
      } catch (error) {
        if (isLatest())
          this.fail(key, { message: errorText(error), internal: true, source: request.source, path: undefined });
      }
    } else if (end.kind === 'cancelled') {
      current?.history.finish({ kind: 'cancelled', step: status.step });
      this.update(key, { status: { ...status, state: 'cancelled', message: '' } }, 'status');
    } else {
      this.fail(key, {
        message: end.message,
        internal: end.internal,
        source: request.source,
        path: end.source,
        detail: end.detail,
      });
    }
  }

  private fail(key: string, failure: RunFailure): void {
    this.update(
      key,
      { failure, status: { ...this.get(key).status, state: 'failed', message: failure.message } },
      'status',
    );
  }

  private diagnose(key: string, run: RecordedRun): Promise<readonly Finding[]> {
    return this.analysis.diagnose(run, this.optionsOf(key));
  }

  /** Keeps the current run, which another one takes the place of; not one that nobody has looked at yet. */
  private keep(key: string): void {
    const { current } = this.get(key);
    if (current && !this.isActive(key)) this.kept.keep(key, { run: current, request: this.latest.get(key) });
  }

  private update(key: string, part: Partial<ModelRunState>, change: RunChange): void {
    this.states.set(key, { ...this.get(key), ...part });
    this.tell(key, change);
  }

  private tell(key: string, change: RunChange): void {
    for (const listener of [...this.listeners]) listener(key, change);
  }

  private forgetOldest(): void {
    if (this.states.size <= REMEMBERED_FILES) return;
    const oldest = this.keys().find(key => !this.isActive(key));
    if (oldest !== undefined) this.forget(oldest);
  }
}
