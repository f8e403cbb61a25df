/**
 * Measures in the background what a run's verdict is worth: the cures of its root finding, so that their titles say
 * what they do, and in how many seeds what was found occurs. Knows no editor.
 */
import type { Finding } from '../../diagnosis/finding';
import type { RunHistory } from '../../record/run-history';
import type { Chance } from '../../verification/chance';
import type { TrialResult } from '../../verification/measure-trial';
import type { VerifiedFixes } from '../../verification/verify-fixes';
import { fingerprint } from '../../worker/fingerprint';
import type { Analysis, AnalyzedMeasuring } from '../analysis/analysis';
import type { ModelRuns, TrainingRequest } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import { Measuring, type MeasuringLimits } from './measuring';
import { errorText } from '../../text/error-text';

export type VerificationState =
  /** `waits` while the cures are compared: what is trained for that is known when it goes on. */
  | { readonly kind: 'measuring'; readonly finished: number; readonly planned: number; readonly waits?: true }
  | { readonly kind: 'done'; readonly verified: VerifiedFixes }
  | { readonly kind: 'stopped' }
  /** One sentence for the user. */
  | { readonly kind: 'failed'; readonly message: string };

export interface Verification {
  readonly finding: Finding;
  readonly state: VerificationState;
}

/** Settings of verification for a model file. */
export interface VerificationSettings extends MeasuringLimits {
  /** The finding whose cures are worth measuring, of those that the user wants to see; `undefined` for a sound run. */
  readonly rootOf: (run: RecordedRun) => Finding | undefined;
}

/** Trainings with other seeds, while they go on. */
export interface SeedsProgress {
  readonly finished: number;
  readonly planned: number;
}

/** Results for a text that stay valid. */
interface Known {
  readonly verified: VerifiedFixes | undefined;
  readonly chance: Chance | undefined;
}

/** One measuring of a run, from its beginning to what is remembered of it. */
interface Work {
  readonly finding: Finding | undefined;
  /** Key under which its results are remembered. */
  readonly name: string;
  readonly measuring: Measuring;
  readonly asked: AnalyzedMeasuring;
}

/** Texts whose results are kept, so that undoing an edit and training again measures nothing twice. */
const REMEMBERED = 24;
/** Seeds that a model is tried with where the first ones do not agree: enough to tell one in ten from one in two. */
const MOST_SEEDS = 16;

/** Begins by itself when a run has ended, and stops when its file is trained again. A budget of 0 switches it off. */
export class Verifications {
  private readonly known = new WeakMap<RunHistory, Verification>();
  /** Runs that were looked at, so that what is told of them begins nothing anew. */
  private readonly begun = new WeakSet<RunHistory>();
  private readonly trying = new WeakMap<RunHistory, SeedsProgress>();
  private readonly going = new Map<string, Measuring>();
  /** By file, what the measuring stands aside for. */
  private readonly asides = new Map<string, object>();
  private readonly results = new Map<string, Known>();
  private readonly listeners = new Set<(key: string) => void>();
  private readonly subscription: { dispose(): void };

  /** @param note is told why seeds could not be tried */
  constructor(
    private readonly runs: ModelRuns,
    private readonly analysis: Pick<Analysis, 'verify' | 'assess' | 'harm'>,
    private readonly settingsFor: (key: string) => VerificationSettings,
    private readonly note: (message: string) => void,
  ) {
    this.subscription = runs.onDidChange((key, change) => {
      if (change === 'run' || change === 'forgotten') this.stop(key);
      const { current, status } = runs.get(key);
      if (!current || status.state !== 'done') return;
      const isNew = change === 'findings' && !this.begun.has(current.history);
      const goesOn = change === 'recalled' && this.isUnfinished(current);
      if (goesOn) this.stop(key);
      if (isNew || goesOn) void this.begin(key, current, runs.requestOf(key));
    });
  }

  onDidChange(listener: (key: string) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /**
   * Returns the cures of a run's root finding; `undefined` where there is nothing to measure, or it is switched off.
   */
  get(run: RecordedRun): Verification | undefined {
    return this.known.get(run.history);
  }

  /** Takes in what was measured of a run in an earlier session. It is not measured anew by itself. */
  restore(run: RecordedRun, verification: Verification | undefined): void {
    this.begun.add(run.history);
    if (verification) this.known.set(run.history, verification);
  }

  /**
   * Measures a restored run whose measuring had not come to its end. @param request with the data that it was trained
   * on
   */
  resume(key: string, run: RecordedRun, request: TrainingRequest): void {
    if (!this.going.has(key) && this.isUnfinished(run)) void this.begin(key, run, request);
  }

  /** How far trying other seeds is; `undefined` before and after. */
  seedsOf(run: RecordedRun): SeedsProgress | undefined {
    return this.trying.get(run.history);
  }

  isMeasuring(key: string): boolean {
    return this.going.has(key);
  }

  stop(key: string): void {
    this.going.get(key)?.stop();
    const { current } = this.runs.get(key);
    const waiting = current && this.get(current);
    if (this.asides.delete(key) && waiting?.state.kind === 'measuring')
      this.tell(key, current!, { ...waiting, state: { kind: 'stopped' } });
  }

  /**
   * Leaves the processor to `work`, which the user asked for, and goes on afterwards from what was trained by then, so
   * that the titles of cures say what `work` has found out. Does not go on once it is stopped.
   */
  async standAside(key: string, run: RecordedRun, request: TrainingRequest, work: () => Promise<void>): Promise<void> {
    const aside = {};
    this.asides.set(key, aside);
    this.going.get(key)?.pause();
    const verification = this.get(run);
    if (verification?.state.kind === 'measuring')
      this.tell(key, run, { ...verification, state: { ...verification.state, waits: true } });
    try {
      await work();
    } finally {
      const { current } = this.runs.get(key);
      const goesOn = this.asides.get(key) === aside && this.asides.delete(key);
      if (goesOn && current?.history === run.history) void this.begin(key, current, request);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.listeners.clear();
    for (const measuring of this.going.values()) measuring.stop();
  }

  private isUnfinished(run: RecordedRun): boolean {
    const verification = this.get(run);
    return (
      verification === undefined ||
      verification.state.kind !== 'done' ||
      verification.state.verified.ended !== 'complete'
    );
  }

  private async begin(key: string, run: RecordedRun, request: TrainingRequest | undefined): Promise<void> {
    const settings = this.settingsFor(key);
    if (!request || settings.budgetMs === 0) return;
    this.begun.add(run.history);
    const finding = settings.rootOf(run);
    const measuring = new Measuring(settings);
    this.going.set(key, measuring);
    try {
      const name = await nameOf(run, request, finding, settings);
      const result = this.results.get(name);
      if (result) this.tellKnown(key, run, result);
      else await this.measure(key, run, { finding, name, measuring, asked: measuring.of(request) });
    } finally {
      measuring.end();
      if (this.going.get(key) === measuring) this.going.delete(key);
      this.trying.delete(run.history);
    }
    this.notify(key);
  }

  private tellKnown(key: string, run: RecordedRun, { verified, chance }: Known): void {
    if (verified) this.tell(key, run, { finding: verified.finding, state: { kind: 'done', verified } });
    this.runs.tellChance(key, run.history, chance);
  }

  private async measure(key: string, run: RecordedRun, work: Work): Promise<void> {
    const { finding, name } = work;
    const verified = finding && (await this.measureCures(key, run, finding, work));
    const tried = await this.trySeeds(key, run, verified?.baseline.trials, work);
    const cost = tried && !finding && (await this.measureCost(key, run, tried, work));
    const cured = cost ? await this.measureCures(key, run, cost, work) : verified;
    const chance = cost ? { ...tried.chance, cost } : tried?.chance;
    if (chance && cured?.ended === ((finding ?? cost) && 'complete')) this.remember(name, { verified: cured, chance });
  }

  /** Tells of the cures; `undefined` where they could not be measured. */
  private async measureCures(
    key: string,
    run: RecordedRun,
    finding: Finding,
    { measuring, asked }: Work,
  ): Promise<VerifiedFixes | undefined> {
    this.tell(key, run, { finding, state: { kind: 'measuring', finished: 0, planned: 0 } });
    try {
      const verified = await this.analysis.verify(run, finding, asked, ({ finished, planned }) => {
        if (!measuring.cancel.aborted)
          this.tell(key, run, { finding, state: { kind: 'measuring', finished, planned } });
      });
      if (!measuring.isPaused)
        this.tell(key, run, {
          finding,
          state: verified.ended === 'cancelled' ? { kind: 'stopped' } : { kind: 'done', verified },
        });
      return verified;
    } catch (error) {
      if (measuring.isPaused) return undefined;
      const message = `The cures could not be measured: ${errorText(error)}`;
      this.tell(key, run, {
        finding,
        state: measuring.cancel.aborted ? { kind: 'stopped' } : { kind: 'failed', message },
      });
      return undefined;
    }
  }

  /** Tells of the run what other seeds showed so far; returns it where that is all there is to know. */
  private async trySeeds(
    key: string,
    run: RecordedRun,
    known: readonly TrialResult[] | undefined,
    { measuring, asked }: Work,
  ): Promise<{ readonly chance: Chance; readonly trials: readonly TrialResult[] } | undefined> {
    try {
      const seeds = { mostSeeds: MOST_SEEDS, ...(known && { known }) };
      const {
        chance,
        trials: made,
        ended,
      } = await this.analysis.assess(run, seeds, asked, ({ finished, planned }) => {
        this.trying.set(run.history, { finished, planned });
        this.notify(key);
      });
      if (!measuring.isPaused) this.runs.tellChance(key, run.history, chance);
      return ended === 'complete' && chance ? { chance, trials: made } : undefined;
    } catch (error) {
      if (!measuring.cancel.aborted) this.note(`${key}: trying other seeds failed. ${errorText(error)}`);
      return undefined;
    }
  }

  /**
   * Measures the cost of a fault in a run that trains with every seed; reports it where its cure ends clearly better.
   */
  private async measureCost(
    key: string,
    run: RecordedRun,
    { chance, trials: known }: { readonly chance: Chance; readonly trials: readonly TrialResult[] },
    { measuring, asked }: Work,
  ): Promise<Finding | undefined> {
    if (chance.trainsIn < chance.seeds) return undefined;
    try {
      const cost = await this.analysis.harm(run, known, asked);
      if (cost && !measuring.isPaused) this.runs.tellChance(key, run.history, { ...chance, cost });
      return cost;
    } catch (error) {
      if (!measuring.cancel.aborted)
        this.note(`${key}: the cost of a fault could not be measured. ${errorText(error)}`);
      return undefined;
    }
  }

  private remember(name: string, known: Known): void {
    this.results.set(name, known);
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
async function nameOf(
  { source }: RecordedRun,
  { files }: TrainingRequest,
  finding: Finding | undefined,
  { seeds, ruleOptions }: MeasuringLimits,
): Promise<string> {
  return JSON.stringify([
    source.frontEnd,
    source.context,
    source.text,
    await fingerprint(files),
    finding?.rule,
    finding?.layer,
    seeds,
    ruleOptions,
  ]);
}
