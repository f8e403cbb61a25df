/** Measures the cures of a run's root finding in the background, so that their titles say what they do. Knows no editor. */
import type { Finding } from '../../diagnosis/finding';
import type { RunHistory } from '../../history/run-history';
import { verifyFixes, type VerifiedFixes } from '../../verification/verify-fixes';
import type { ModelRuns, TrainingRequest } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import type { StartWorker } from '../runs/worker-handle';
import { fingerprint } from './fingerprint';
import { Measuring, type MeasuringLimits } from './measuring';
import { workerTrials } from './worker-trials';

export type VerificationState =
  | { readonly kind: 'measuring'; readonly finished: number; readonly planned: number }
  | { readonly kind: 'done'; readonly verified: VerifiedFixes }
  | { readonly kind: 'stopped' }
  /** One sentence for the user. */
  | { readonly kind: 'failed'; readonly message: string };

export interface Verification {
  readonly finding: Finding;
  readonly state: VerificationState;
}

/** What verification asks the settings about a model file. */
export interface VerificationSettings extends MeasuringLimits {
  /** The finding whose cures are worth measuring, of those that the user wants to see. */
  readonly rootOf: (run: RecordedRun) => Finding | undefined;
}

/** Texts whose results are kept, so that undoing an edit and training again measures nothing twice. */
const REMEMBERED = 24;

/** Begins by itself when a run has ended with a finding, and stops when its file is trained again. A budget of 0 switches it off. */
export class Verifications {
  private readonly known = new WeakMap<RunHistory, Verification>();
  private readonly going = new Map<string, Measuring>();
  private readonly results = new Map<string, VerifiedFixes>();
  private readonly listeners = new Set<(key: string) => void>();
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly runs: ModelRuns, private readonly startWorker: StartWorker,
    private readonly settingsFor: (key: string) => VerificationSettings,
  ) {
    this.subscription = runs.onDidChange((key, change) => {
      if (change === 'run' || change === 'forgotten') this.stop(key);
      const { current, status } = runs.get(key);
      if (change === 'findings' && status.state === 'done' && current && !this.known.has(current.history)) void this.begin(key, current);
    });
  }

  onDidChange(listener: (key: string) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** What is known of the cures of a run's root finding; `undefined` where there is nothing to measure, or it is switched off. */
  get(run: RecordedRun): Verification | undefined {
    return this.known.get(run.history);
  }

  isMeasuring(key: string): boolean {
    return this.going.has(key);
  }

  stop(key: string): void {
    this.going.get(key)?.stop();
  }

  dispose(): void {
    this.subscription.dispose();
    this.listeners.clear();
    for (const measuring of this.going.values()) measuring.stop();
  }

  private async begin(key: string, run: RecordedRun): Promise<void> {
    const settings = this.settingsFor(key);
    const finding = settings.rootOf(run);
    const request = this.runs.requestOf(key);
    if (!finding || !request || settings.budgetMs === 0) return;
    const name = nameOf(run, request, finding, settings);
    const result = this.results.get(name);
    if (result) {
      this.tell(key, run, { finding, state: { kind: 'done', verified: result } });
      return;
    }
    const measuring = new Measuring(settings);
    this.going.set(key, measuring);
    try {
      this.tell(key, run, { finding, state: await this.measure(key, run, request, finding, measuring) });
    } catch (error) {
      const message = `The cures could not be measured: ${error instanceof Error ? error.message : String(error)}`;
      this.tell(key, run, { finding, state: measuring.cancel.aborted ? { kind: 'stopped' } : { kind: 'failed', message } });
    } finally {
      measuring.end();
      if (this.going.get(key) === measuring) this.going.delete(key);
    }
    this.notify(key);
  }

  private async measure(
    key: string, run: RecordedRun, request: TrainingRequest, finding: Finding, measuring: Measuring,
  ): Promise<VerificationState> {
    const { document, model, history } = run;
    const { seeds, concurrency, ruleOptions } = measuring.limits;
    this.tell(key, run, { finding, state: { kind: 'measuring', finished: 0, planned: 0 } });
    const verified = await verifyFixes({ document, model, history, finding }, workerTrials(this.startWorker, request), {
      seeds, concurrency, cancel: measuring.cancel, outOfTime: measuring.outOfTime, ...(ruleOptions && { settings: { options: ruleOptions } }),
      onProgress: ({ finished, planned }) => {
        if (!measuring.cancel.aborted) this.tell(key, run, { finding, state: { kind: 'measuring', finished, planned } });
      },
    });
    if (verified.ended === 'cancelled') return { kind: 'stopped' };
    if (verified.ended === 'complete') this.remember(nameOf(run, request, finding, measuring.limits), verified);
    return { kind: 'done', verified };
  }

  private remember(name: string, verified: VerifiedFixes): void {
    this.results.set(name, verified);
    const [oldest] = this.results.keys();
    if (this.results.size > REMEMBERED && oldest !== undefined) this.results.delete(oldest);
  }

  private tell(key: string, run: RecordedRun, verification: Verification): void {
    this.known.set(run.history, verification);
    this.notify(key);
  }

  private notify(key: string): void {
    for (const listener of [...this.listeners]) listener(key);
  }
}

/** All that the result depends on. */
function nameOf({ document }: RecordedRun, { files }: TrainingRequest, finding: Finding, { seeds, ruleOptions }: MeasuringLimits): string {
  return JSON.stringify([document.language, document.text, fingerprint(files), finding.rule, finding.layer, seeds, ruleOptions]);
}
