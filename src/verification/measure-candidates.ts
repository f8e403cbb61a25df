/** Trains candidates against the original on the same seeds, the promising ones first. */
import type { DiagnosisSettings } from '../diagnosis/diagnose';
import { original, sameScale, summarize, type Candidate, type CandidateResult } from './candidate';
import { measureTrial, type TrialResult } from './measure-trial';
import { runPool } from './pool';
import { anyOf, type RunTrial, type TrialOptions } from './trial';
import type { ModelSpec } from '../spec/model-spec';

/** How the measuring ended; results that are not `complete` are of fewer seeds. */
export type Ending = 'complete' | 'out-of-time' | 'cancelled';

export interface Progress {
  /** Trainings that ended. */
  readonly finished: number;
  /** Trainings that are planned as things stand; falls when candidates are dropped. */
  readonly planned: number;
  /** What is known of the candidate whose training ended last. */
  readonly latest: CandidateResult;
}

export interface MeasureOptions extends TrialOptions {
  readonly settings?: DiagnosisSettings;
  readonly onProgress?: (progress: Progress) => void;
  /**
   * After a round, at most this share of the candidates goes on to more seeds, but never fewer than `FEWEST`; 1 by default, which
   * drops the hopeless only.
   */
  readonly keep?: number;
  /**
   * More candidates, made when a round has shown which are best; they are measured with the same seeds. Asked again with those among the
   * others, until there are none.
   */
  readonly more?: (ranked: readonly CandidateResult[]) => readonly Candidate[];
  /** Trainings of the original that have been made already, by seed: they are not made again. */
  readonly known?: readonly TrialResult[];
}

export interface Measured {
  readonly baseline: CandidateResult;
  /** In the order in which the candidates were given, those of `more` last. */
  readonly candidates: readonly CandidateResult[];
  readonly ended: Ending;
}

const FEWEST = 3;

/**
 * Successive halving (Jamieson and Talwalkar 2016) over seeds: one seed for all, then about half of them, then all, for those that
 * are left. Hopeless is what trains with no seed while something else trains. The order of the trainings decides nothing about
 * the numbers, only about what is known when time runs out.
 *
 * @throws what `run` rejects with for the original: without it there is nothing to compare with
 */
export async function measureCandidates(
  model: ModelSpec, candidates: readonly Candidate[], run: RunTrial, options: MeasureOptions,
): Promise<Measured> {
  const board = new Board(model, candidates, run, options);
  let left = candidates;
  // With nothing to drop, waiting between rounds would only leave workers idle.
  const isAlone = candidates.length === 0 && options.more === undefined;
  for (const seeds of isAlone ? [options.seeds] : rounds(options.seeds)) {
    await board.train(left, seeds);
    // What the original does is wanted in any case, and sooner than what is tried for want of anything better.
    if (options.more) await board.train([], options.seeds);
    for (;;) {
      const added = board.stopped() ? [] : options.more?.(rank(board.resultsOf(left))) ?? [];
      if (added.length === 0) break;
      board.add(added);
      await board.train(added, seeds);
      left = [...left, ...added];
    }
    left = survivors(board.resultsOf(left), left, options.keep ?? 1);
    board.plan(left);
  }
  return { baseline: board.baseline(), candidates: board.all(), ended: board.ended() };
}

/** Best first: more seeds in which it trains, then less loss; otherwise in the given order. */
export function rank(results: readonly CandidateResult[]): readonly CandidateResult[] {
  return results.toSorted((one, other) => shareOf(other) - shareOf(one) || lossOf(one) - lossOf(other) || 0);
}

/** Seeds that are done after each round. */
function rounds(seeds: number): number[] {
  return [...new Set([1, Math.ceil(seeds / 2), seeds])].filter((count) => count <= seeds).sort((one, other) => one - other);
}

function survivors(results: readonly CandidateResult[], candidates: readonly Candidate[], keep: number): readonly Candidate[] {
  const anyTrains = results.some((result) => result.trainsIn > 0);
  const hopeful = results.filter((result) => result.problem === undefined && (result.trainsIn > 0 || !anyTrains));
  const most = Math.max(FEWEST, Math.ceil(keep * results.length));
  const ids = rank(hopeful).slice(0, most).map((result) => result.id);
  return candidates.filter((candidate) => ids.includes(candidate.id))
    .sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

function shareOf({ trainsIn, seeds }: CandidateResult): number {
  return seeds === 0 ? -1 : trainsIn / seeds;
}

function lossOf({ relativeLoss }: CandidateResult): number {
  return Number.isFinite(relativeLoss) ? relativeLoss : Number.MAX_VALUE;
}

/** All trainings so far. */
class Board {
  private readonly start: Candidate;
  private readonly candidates: Candidate[];
  private readonly trials = new Map<string, readonly TrialResult[]>();
  private readonly problems = new Map<string, string>();
  private finished = 0;
  private planned: number;

  constructor(
    private readonly model: ModelSpec, candidates: readonly Candidate[],
    private readonly run: RunTrial, private readonly options: MeasureOptions,
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
    return candidates.map((candidate) => this.resultOf(candidate));
  }

  add(candidates: readonly Candidate[]): void {
    this.candidates.push(...candidates);
    this.planned += candidates.length * this.options.seeds;
  }

  /** Counts what is to come when these go on. */
  plan(left: readonly Candidate[]): void {
    this.planned = this.finished + [this.start, ...left]
      .reduce((sum, candidate) => sum + this.options.seeds - this.trialsOf(candidate).length, 0);
  }

  /** Trains the original and these with the first `seeds` seeds, seed by seed, where that was not done yet. */
  async train(candidates: readonly Candidate[], seeds: number): Promise<void> {
    const tasks = Array.from({ length: seeds }, (_, index) => this.model.seed + index)
      .flatMap((seed) => [this.start, ...candidates].map((candidate) => ({ candidate, seed })))
      .filter(({ candidate, seed }) => !this.trialsOf(candidate).some((trial) => trial.seed === seed))
      .map(({ candidate, seed }) => () => this.trainOne(candidate, seed));
    await runPool(tasks, this.options.concurrency, () => this.stopped());
  }

  private async trainOne(candidate: Candidate, seed: number): Promise<void> {
    if (this.problems.has(candidate.id)) return;
    const { settings, steps = candidate.model.steps, cancel, outOfTime, onProgress } = this.options;
    const model = { ...candidate.model, seed, steps: Math.min(steps, candidate.model.steps) };
    const stop = anyOf([cancel, outOfTime]);
    try {
      const trial = await this.run(model, stop);
      // A run that was stopped on the way has no end to be judged by.
      if (stop.aborted && trial.history.outcome?.kind !== 'completed' && trial.history.outcome?.kind !== 'not-finite') return;
      this.trials.set(candidate.id, [...this.trialsOf(candidate), measureTrial(model, trial, settings)]);
    } catch (error) {
      if (stop.aborted) return;
      if (candidate === this.start || !(error instanceof Error)) throw error;
      this.problems.set(candidate.id, error.message);
    }
    this.finished++;
    onProgress?.({ finished: this.finished, planned: Math.max(this.planned, this.finished), latest: this.resultOf(candidate) });
  }

  private trialsOf(candidate: Candidate): readonly TrialResult[] {
    return this.trials.get(candidate.id) ?? [];
  }

  private resultOf(candidate: Candidate): CandidateResult {
    const trials = this.trialsOf(candidate).toSorted((one, other) => one.seed - other.seed);
    const same = sameScale(candidate.model, this.model);
    return summarize(candidate, trials, this.trialsOf(this.start), same, this.problems.get(candidate.id));
  }
}
