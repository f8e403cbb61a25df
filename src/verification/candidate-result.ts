/** The result of training a candidate with several seeds. */
import type { FixId } from '../diagnosis/finding';
import type { FixPart } from '../fixes/fix';
import { median } from '../record/median';
import type { ChangeSequence } from '../model/change';
import type { TextEdit } from '../text/text-edit';
import type { Candidate } from './candidate';
import type { TrialResult } from './measure-trial';
import { isUnder } from './training-bar';

/** Trainings with seeds that a candidate was not chosen by. */
export interface FreshSeeds {
  readonly seeds: number;
  readonly trainsIn: number;
  /** Median loss over the last steps; NaN where more than half the runs ended in a number that is not finite. */
  readonly finalLoss: number;
  readonly relativeLoss: number;
}

/** Medians are over the seeds that it was chosen by. Plain data. */
export interface CandidateResult {
  /** Key of its changes; see `Candidate`. */
  readonly id: string;
  readonly name: string;
  readonly fixes: readonly FixId[];
  readonly parts: readonly FixPart[];
  readonly title: string;
  readonly changes: ChangeSequence;
  readonly edits: readonly TextEdit[];
  readonly notWritable?: string;
  /** Whether one of its fixes undoes the cause that the finding names. */
  readonly causal: boolean;
  /** Seeds in which it trains by the strict measure (see `trainingBar`), of `seeds` that were tried so far. */
  readonly trainsIn: number;
  /** Seeds in which it learns by the diagnosis' own measure: its loss ends a tenth below a constant prediction's. */
  readonly learnsIn: number;
  readonly seeds: number;
  /** Result of seeds that it was not chosen by; absent where none was tried. */
  readonly fresh?: FreshSeeds;
  /** Median loss over the last steps; NaN where more than half the runs ended in a number that is not finite. */
  readonly finalLoss: number;
  /** The same over the loss of the best constant prediction; infinite where `finalLoss` is NaN. */
  readonly relativeLoss: number;
  /** Loss of the best constant prediction, in the units of `finalLoss`; NaN where no run was finite. */
  readonly constantLoss: number;
  /**
   * Whether `finalLoss` means the same as the baseline's: false where the loss or the scale of the target was changed.
   */
  readonly comparable: boolean;
  /**
   * Median steps until the baseline's best loss of the same seed; `undefined` where fewer than half the runs get there.
   */
  readonly stepsToBaseline: number | undefined;
  /** Largest of all runs. */
  readonly worstGradientNorm: number;
  /** Mean share of steps that were clipped. */
  readonly clippedShare: number;
  /** Median time of a step over that of the baseline; `undefined` where time was not measured. */
  readonly relativeCost: number | undefined;
  /** One sentence where it could not be measured: memory, time, or a worker that ended. It says nothing of the cure. */
  readonly problem: string | undefined;
  readonly trials: readonly TrialResult[];
}

/** The trainings that a result is made of. */
export interface Trainings {
  /** With the seeds that are compared. */
  readonly trials: readonly TrialResult[];
  /** With seeds that are held back. */
  readonly fresh: readonly TrialResult[];
  /** The original's, with the seeds that are compared. */
  readonly baseline: readonly TrialResult[];
  /** Relative loss up to which a run trains. */
  readonly bar: number;
  readonly comparable: boolean;
  readonly problem?: string;
}

/** Puts the trainings of a candidate together. */
export function summarize(
  candidate: Candidate,
  { trials, fresh, baseline, bar, comparable, problem }: Trainings,
): CandidateResult {
  const cost = median(trials.map(trial => trial.millisecondsPerStep ?? Number.NaN));
  const relativeCost = cost / median(baseline.map(trial => trial.millisecondsPerStep ?? Number.NaN));
  const { id, name, fixes, parts, title, changes, edits, notWritable, causal } = candidate;
  const countTraining = (results: readonly TrialResult[]): number =>
    results.filter(trial => isUnder(bar, trial)).length;
  return {
    id,
    name,
    fixes,
    parts,
    title,
    changes,
    edits,
    ...(notWritable !== undefined && { notWritable }),
    causal,
    trainsIn: countTraining(trials),
    learnsIn: trials.filter(trial => trial.trains).length,
    seeds: trials.length,
    ...(fresh.length > 0 && { fresh: { seeds: fresh.length, trainsIn: countTraining(fresh), ...lossesOf(fresh) } }),
    ...lossesOf(trials),
    constantLoss: median(
      trials.map(({ finalLoss, relativeLoss }) => finalLoss / relativeLoss).filter(loss => loss > 0),
    ),
    comparable,
    stepsToBaseline: stepsToBaseline(trials, baseline),
    worstGradientNorm: trials.length === 0 ? Number.NaN : Math.max(...trials.map(trial => trial.worstGradientNorm)),
    clippedShare: trials.reduce((sum, trial) => sum + trial.clippedShare, 0) / Math.max(1, trials.length),
    relativeCost: Number.isFinite(relativeCost) ? relativeCost : undefined,
    problem,
    trials,
  };
}

/** The result as other processes need it: without what is as long as the runs. */
export function withoutProgress<Result extends Pick<CandidateResult, 'trials'>>(result: Result): Result {
  return { ...result, trials: result.trials.map(trial => ({ ...trial, progress: undefined })) };
}

/** Whether it trains with every seed that was tried, also with those that it was not chosen by. */
export function isSound({ seeds, trainsIn, fresh, problem }: CandidateResult): boolean {
  return (
    problem === undefined && seeds > 0 && trainsIn === seeds && (fresh === undefined || fresh.trainsIn === fresh.seeds)
  );
}

function lossesOf(trials: readonly TrialResult[]): { readonly finalLoss: number; readonly relativeLoss: number } {
  const relativeLoss = median(trials.map(trial => trial.relativeLoss));
  return { finalLoss: Number.isFinite(relativeLoss) ? median(trials.map(lossOrInfinity)) : Number.NaN, relativeLoss };
}

function lossOrInfinity({ relativeLoss, finalLoss }: TrialResult): number {
  return Number.isFinite(relativeLoss) ? finalLoss : Number.POSITIVE_INFINITY;
}

function stepsToBaseline(trials: readonly TrialResult[], baseline: readonly TrialResult[]): number | undefined {
  const steps = trials.flatMap(trial => {
    const best = baseline
      .find(other => other.seed === trial.seed)
      ?.progress?.relativeLoss.reduce((least, loss) => Math.min(least, loss), Number.POSITIVE_INFINITY);
    const { progress } = trial;
    if (best === undefined || !Number.isFinite(best) || !progress) return [];
    const reached = progress.relativeLoss.findIndex(loss => loss <= best);
    return [reached < 0 ? Number.POSITIVE_INFINITY : progress.steps[reached]];
  });
  const middle = median(steps);
  return Number.isFinite(middle) ? middle : undefined;
}
