/** All trainings of a measuring: which were made, what they come to, which are still to come. */
import type { DiagnosisSettings } from '../diagnosis/diagnose';
import { median } from '../record/median';
import type { ModelSpec } from '../model/model-spec';
import { original, sameScale, type Candidate } from './candidate';
import { summarize, type CandidateResult } from './candidate-result';
import { measureTrial, type TrialResult } from './measure-trial';
import { runPool } from './pool';
import { trainingBar } from './training-bar';
import { anyOf, type RunTrial, type TrialOptions } from './trial';

/** How the measuring ended; results that are not `complete` are of fewer seeds. */
export type Ending = 'complete' | 'out-of-time' | 'cancelled';

export interface Progress {
  /** Trainings that ended. */
  readonly finished: number;
  /** Trainings that are planned as things stand; falls when candidates are dropped. */
  readonly planned: number;
  /** Result so far of the candidate whose training ended last. */
  readonly latest: CandidateResult;
}

export interface BoardOptions extends TrialOptions {
  readonly settings?: DiagnosisSettings;
  readonly onProgress?: (progress: Progress) => void;
  /** Trainings of the original that have been made already, by seed: they are not made again. */
  readonly known?: readonly TrialResult[];
}

/** Share of the bar above which a training passed it narrowly. */
const NARROW = 0.7;

export class Board {
  private readonly start: Candidate;
  private readonly candidates: Candidate[];
  private readonly trials = new Map<string, readonly TrialResult[]>();
  private readonly fresh = new Map<string, readonly TrialResult[]>();
  private readonly problems = new Map<string, string>();
  private finished = 0;
  private planned: number;

  constructor(
    private readonly model: ModelSpec,
    candidates: readonly Candidate[],
    private readonly run: RunTrial,
    private readonly options: BoardOptions,
  ) {
    this.start = original(model);
    this.candidates = [...candidates];
    const known = (options.known ?? []).filter(({ seed }) => seed >= model.seed && seed < model.seed + options.seeds);
    this.trials.set(this.start.id, known);
    this.planned = (candidates.length + 1) * options.seeds - known.length;
  }

  stopped(): boolean {
    return this.ended() !== 'complete';
  }

  ended(): Ending {
    if (this.options.cancel?.aborted) return 'cancelled';
    const isWhole = this.trialsOf(this.start).length === this.options.seeds;
    return this.options.outOfTime?.aborted && !(isWhole && this.finished >= this.planned) ? 'out-of-time' : 'complete';
  }

  baseline(): CandidateResult {
    return this.resultOf(this.start);
  }

  all(): readonly CandidateResult[] {
    return this.resultsOf(this.candidates);
  }

  resultsOf(candidates: readonly Candidate[]): readonly CandidateResult[] {
    const bar = this.bar();
    return candidates.map(candidate => this.resultOf(candidate, bar));
  }

  /** Relative loss up to which a run trains, by the best median that any candidate reaches so far. */
  bar(): number {
    const medians = [this.start, ...this.candidates]
      .filter(({ id }) => !this.problems.has(id))
      .map(candidate => median(this.trialsOf(candidate).map(({ relativeLoss }) => relativeLoss)));
    return trainingBar(Math.min(Number.POSITIVE_INFINITY, ...medians.filter(Number.isFinite)));
  }

  add(candidates: readonly Candidate[]): void {
    this.candidates.push(...candidates);
    this.planned += candidates.length * this.options.seeds;
  }

  /** Counts what is to come when these go on. */
  plan(left: readonly Candidate[]): void {
    this.planned =
      this.finished +
      [this.start, ...left].reduce((sum, candidate) => sum + this.options.seeds - this.trialsOf(candidate).length, 0);
  }

  /** Trains the original and these with the first `seeds` seeds, seed by seed, where that was not done yet. */
  async train(candidates: readonly Candidate[], seeds: number): Promise<void> {
    const tasks = Array.from({ length: seeds }, (_, index) => this.model.seed + index)
      .flatMap(seed => [this.start, ...candidates].map(candidate => ({ candidate, seed })))
      .filter(({ candidate, seed }) => !this.trialsOf(candidate).some(trial => trial.seed === seed))
      .map(
        ({ candidate, seed }) =>
          () =>
            this.trainOne(candidate, seed, this.trials),
      );
    await runPool(tasks, this.options.concurrency, () => this.stopped());
  }

  /** Trains a candidate with the first `count` seeds after those that it was chosen by, where that was not done yet. */
  async trainFresh(candidate: Candidate, count: number): Promise<void> {
    const seeds = Array.from({ length: count }, (_, index) => this.model.seed + this.options.seeds + index).filter(
      seed => !(this.fresh.get(candidate.id) ?? []).some(trial => trial.seed === seed),
    );
    this.planned += seeds.length;
    const tasks = seeds.map(seed => () => this.trainOne(candidate, seed, this.fresh));
    await runPool(tasks, this.options.concurrency, () => this.stopped());
  }

  /** Whether one of its trainings ended so near the bar that another seed may end above it. */
  isNarrow({ id }: Candidate): boolean {
    const all = [...(this.trials.get(id) ?? []), ...(this.fresh.get(id) ?? [])];
    return Math.max(...all.map(({ relativeLoss }) => relativeLoss)) > NARROW * this.bar();
  }

  private async trainOne(candidate: Candidate, seed: number, into: Map<string, readonly TrialResult[]>): Promise<void> {
    if (this.problems.has(candidate.id)) return;
    const { settings, steps = candidate.model.steps, cancel, outOfTime, onProgress } = this.options;
    const model = { ...candidate.model, seed, steps: Math.min(steps, candidate.model.steps) };
    const stop = anyOf([cancel, outOfTime]);
    try {
      const trial = await this.run(model, stop);
      // A run that was stopped on the way has no end to be judged by.
      if (stop.aborted && trial.history.outcome?.kind !== 'completed' && trial.history.outcome?.kind !== 'not-finite')
        return;
      const result = measureTrial(model, trial, settings);
      into.set(
        candidate.id,
        [...(into.get(candidate.id) ?? []), result].sort((one, other) => one.seed - other.seed),
      );
    } catch (error) {
      if (stop.aborted) return;
      if (candidate === this.start || !(error instanceof Error)) throw error;
      this.problems.set(candidate.id, error.message);
    }
    this.finished++;
    onProgress?.({
      finished: this.finished,
      planned: Math.max(this.planned, this.finished),
      latest: this.resultOf(candidate),
    });
  }

  private trialsOf(candidate: Candidate): readonly TrialResult[] {
    return this.trials.get(candidate.id) ?? [];
  }

  private resultOf(candidate: Candidate, bar = this.bar()): CandidateResult {
    const problem = this.problems.get(candidate.id);
    return summarize(candidate, {
      trials: this.trialsOf(candidate),
      fresh: this.fresh.get(candidate.id) ?? [],
      baseline: this.trialsOf(this.start),
      bar,
      comparable: sameScale(candidate.model, this.model),
      ...(problem !== undefined && { problem }),
    });
  }
}
