/** Trains candidates against the original on the same seeds, the promising ones first. */
import type { ModelSpec } from '../model/model-spec';
import { Board, type BoardOptions, type Ending } from './board';
import type { Candidate } from './candidate';
import { isSound, type CandidateResult } from './candidate-result';
import { isUnder, TRAINS_WELL } from './training-bar';
import type { RunTrial } from './trial';

export interface MeasureOptions extends BoardOptions {
  /**
   * Seeds after the others that the finalists are tried with: what is chosen is not judged by what it was chosen by.
   * None by default.
   */
  readonly fresh?: number;
  /**
   * After a round, at most this share of the candidates goes on to more seeds, but never fewer than `FEWEST_LEFT`; 1 by
   * default, which drops only the hopeless.
   */
  readonly keep?: number;
  /**
   * More candidates, made of all results when a round has shown which are best, also of those that were dropped:
   * together with another cure they may be what is wanted. They are measured with the same seeds. Asked again with
   * those among the others, until there are none.
   */
  readonly more?: (ranked: readonly CandidateResult[]) => readonly Candidate[];
  /** Orders candidates for the choice of one, best first; by `rank` by default. */
  readonly choose?: (results: readonly CandidateResult[]) => readonly CandidateResult[];
}

export interface Measured {
  readonly baseline: CandidateResult;
  /** In the order in which the candidates were given, those of `more` last. */
  readonly candidates: readonly CandidateResult[];
  /** Relative loss up to which a run trains: see `trainingBar`. */
  readonly bar: number;
  readonly ended: Ending;
}

const FEWEST_LEFT = 3;
/** Candidates that fresh seeds may refuse before the best of them is taken as it is. */
const MOST_FINALISTS = 3;

/**
 * Successive halving (Jamieson and Talwalkar 2016) over seeds. Candidates that undo the cause go first, with every seed
 * and then with fresh ones: where one trains well, nothing else can be preferred. Of the others, one seed for all, then
 * about half of them, then all, for those that are left; whatever is best by then is completed before more are tried.
 * Hopeless is what learns with no seed while something else learns. The order of the trainings decides nothing about
 * the numbers, only about what is known when time runs out.
 *
 * @throws what `run` rejects with for the original: without it there is nothing to compare with
 */
export async function measureCandidates(
  model: ModelSpec,
  candidates: readonly Candidate[],
  run: RunTrial,
  options: MeasureOptions,
): Promise<Measured> {
  const board = new Board(model, candidates, run, options);
  const field = [...candidates];
  await trainCausal(
    board,
    candidates.filter(candidate => candidate.causal),
    options,
  );
  let left = candidates;
  // With nothing to drop, waiting between rounds would only leave workers idle.
  const isAlone = candidates.length === 0 && options.more === undefined;
  for (const seeds of isAlone ? [options.seeds] : roundsOf(options.seeds)) {
    await board.train(left, seeds);
    // What the original does is wanted in any case, and sooner than what is tried for want of anything better.
    if (options.more) await board.train([], options.seeds);
    for (;;) {
      await settle(board, field, options);
      const added = board.stopped() ? [] : (options.more?.(rank(board.resultsOf(field))) ?? []);
      if (added.length === 0) break;
      board.add(added);
      field.push(...added);
      await board.train(added, seeds);
      left = [...left, ...added];
    }
    left = survivorsOf(board.resultsOf(left), left, options.keep ?? 1);
    board.plan(left);
  }
  while (!board.stopped() && !(await confirm(board, field, options))) {
    const added = options.more?.(rank(board.resultsOf(field))) ?? [];
    if (added.length === 0) break;
    board.add(added);
    field.push(...added);
    await board.train(added, options.seeds);
  }
  return { baseline: board.baseline(), candidates: board.all(), bar: board.bar(), ended: board.ended() };
}

/** Orders by share of seeds in which it trains, then by loss; otherwise as given. */
export function rank(results: readonly CandidateResult[]): readonly CandidateResult[] {
  return results.toSorted(
    (one, other) =>
      shareOf(other, other.trainsIn) - shareOf(one, one.trainsIn) ||
      shareOf(other, other.learnsIn) - shareOf(one, one.learnsIn) ||
      lossOf(one) - lossOf(other) ||
      0,
  );
}

/**
 * Trains those that undo the cause, one after the other as the finding names them: with one seed, and where that trains
 * well with every seed and fresh ones. Ends with the first that trains well with all of them.
 */
async function trainCausal(board: Board, causal: readonly Candidate[], options: MeasureOptions): Promise<void> {
  for (const candidate of causal) {
    if (board.stopped()) return;
    await board.train([candidate], 1);
    const [first] = board.resultsOf([candidate]);
    if (!first.trials.some(trial => isUnder(TRAINS_WELL, trial))) continue;
    await board.train([candidate], options.seeds);
    if (await confirm(board, [candidate], options, result => result.relativeLoss <= TRAINS_WELL)) return;
  }
}

/**
 * Completes the best candidate so far, where it trains with each seed that it was tried with, and tries it with fresh
 * ones: should time run out while more are tried, there is one to prefer.
 */
async function settle(board: Board, candidates: readonly Candidate[], options: MeasureOptions): Promise<void> {
  if (options.more === undefined || board.stopped()) return;
  const { choose = rank } = options;
  const [best] = choose(
    board
      .resultsOf(candidates)
      .filter(({ seeds, trainsIn, problem }) => seeds > 0 && trainsIn === seeds && problem === undefined),
  );
  const candidate = candidates.find(({ id }) => id === best?.id);
  if (best === undefined || candidate === undefined || best.fresh !== undefined) return;
  await board.train([candidate], options.seeds);
  await confirm(board, [candidate], options);
}

/**
 * Tries fresh seeds with the best of those that train with every other, twice as many where it passes narrowly; whether
 * one of them does so with the fresh ones too.
 */
async function confirm(
  board: Board,
  candidates: readonly Candidate[],
  { fresh = 0, seeds, choose = rank }: MeasureOptions,
  isGood: (result: CandidateResult) => boolean = () => true,
): Promise<boolean> {
  const best = (): CandidateResult | undefined =>
    choose(
      board.resultsOf(candidates).filter(result => result.seeds === seeds && isSound(result) && isGood(result)),
    )[0];
  for (let tried = 0; tried < MOST_FINALISTS && !board.stopped(); tried++) {
    const finalist = best();
    if (finalist === undefined || fresh === 0 || finalist.fresh !== undefined) return finalist !== undefined;
    const candidate = candidates.find(({ id }) => id === finalist.id)!;
    await board.trainFresh(candidate, fresh);
    if (isSound(board.resultsOf([candidate])[0]) && board.isNarrow(candidate))
      await board.trainFresh(candidate, 2 * fresh);
  }
  return best()?.fresh !== undefined;
}

/** Seeds that are done after each round. */
function roundsOf(seeds: number): number[] {
  return [...new Set([1, Math.ceil(seeds / 2), seeds])]
    .filter(count => count <= seeds)
    .sort((one, other) => one - other);
}

function survivorsOf(
  results: readonly CandidateResult[],
  candidates: readonly Candidate[],
  keep: number,
): readonly Candidate[] {
  const anyLearns = results.some(result => result.learnsIn > 0);
  const hopeful = results.filter(
    result => result.problem === undefined && (result.learnsIn > 0 || result.causal || !anyLearns),
  );
  const most = Math.max(FEWEST_LEFT, Math.ceil(keep * results.length));
  const ids = rank(hopeful)
    .slice(0, most)
    .map(result => result.id);
  return candidates
    .filter(candidate => ids.includes(candidate.id))
    .sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

function shareOf({ seeds }: CandidateResult, count: number): number {
  return seeds === 0 ? -1 : count / seeds;
}

function lossOf({ relativeLoss }: CandidateResult): number {
  return Number.isFinite(relativeLoss) ? relativeLoss : Number.MAX_VALUE;
}
