/** An edited model file that is to be trained in place of the original, and what came of it over the seeds. */
import type { FixId } from '../diagnosis/finding';
import type { FixPart } from '../fixes/fix';
import { median } from '../history/median';
import { compileModel } from '../spec/compile';
import { applyEdits } from '../spec/edit';
import type { ModelSpec } from '../spec/model-spec';
import { isReconstruction } from '../spec/reconstruction';
import { parseModelFile } from '../spec/parse';
import type { SpecDocument, TextEdit } from '../spec/spec-document';
import type { TrialResult } from './measure-trial';

export interface Candidate {
  /** Ids of its fixes, with their values where they are not their own, joined by ` + `; empty for the original. */
  readonly id: string;
  readonly fixes: readonly FixId[];
  readonly parts: readonly FixPart[];
  /** Titles of its fixes, as they stand without a measurement. */
  readonly title: string;
  /** Of the original text; one edit of the workspace. */
  readonly edits: readonly TextEdit[];
  readonly model: ModelSpec;
}

/** What training a candidate with several seeds showed. Medians are over its seeds. */
export interface CandidateResult {
  readonly id: string;
  readonly fixes: readonly FixId[];
  readonly parts: readonly FixPart[];
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Seeds in which it trains, of `seeds` that were tried so far. */
  readonly trainsIn: number;
  readonly seeds: number;
  /** Median loss over the last steps; NaN where more than half the runs ended in a number that is not finite. */
  readonly finalLoss: number;
  /** The same over the loss of the best constant prediction; infinite where `finalLoss` is NaN. */
  readonly relativeLoss: number;
  /** Whether `finalLoss` means the same as the baseline's: false where the loss or the scale of the target was changed. */
  readonly comparable: boolean;
  /** Median steps until the baseline's best loss of the same seed; `undefined` where fewer than half the runs get there. */
  readonly stepsToBaseline: number | undefined;
  /** Largest of all runs. */
  readonly worstGradientNorm: number;
  /** Mean share of steps that were clipped. */
  readonly clippedShare: number;
  /** Median time of a step over that of the baseline; `undefined` where time was not measured. */
  readonly relativeCost: number | undefined;
  /** One sentence where it could not be trained at all. */
  readonly problem: string | undefined;
  readonly trials: readonly TrialResult[];
}

/** The original text as a candidate. */
export function original(model: ModelSpec): Candidate {
  return { id: '', fixes: [], parts: [], title: 'Original', edits: [], model };
}

/**
 * The file with the edits made.
 * @throws Error where that is no model: a defect of the fix, not of the file
 */
export function candidateOf(
  document: SpecDocument, parts: readonly FixPart[], title: string, edits: readonly TextEdit[],
): Candidate {
  const id = parts.map((part) => (part.value === undefined ? part.id : `${part.id} ${part.value}`)).join(' + ');
  const { model, problems } = compileModel(parseModelFile(applyEdits(document.text, edits), document.language));
  if (!model) {
    throw new Error(`${id} makes a file that is no model: ${problems.find((each) => each.severity === 'error')?.message}`);
  }
  return { id, fixes: parts.map((part) => part.id), parts, title, edits, model };
}

/** @param baseline the original's trials of the same seeds */
export function summarize(
  candidate: Candidate, trials: readonly TrialResult[], baseline: readonly TrialResult[], comparable: boolean, problem?: string,
): CandidateResult {
  const relativeLoss = median(trials.map((trial) => trial.relativeLoss));
  const cost = median(trials.map((trial) => trial.millisecondsPerStep ?? Number.NaN));
  const relativeCost = cost / median(baseline.map((trial) => trial.millisecondsPerStep ?? Number.NaN));
  const { id, fixes, parts, title, edits } = candidate;
  return {
    id, fixes, parts, title, edits,
    trainsIn: trials.filter((trial) => trial.trains).length,
    seeds: trials.length,
    finalLoss: Number.isFinite(relativeLoss) ? median(trials.map(lossOrInfinity)) : Number.NaN,
    relativeLoss: trials.length === 0 ? Number.NaN : relativeLoss,
    comparable,
    stepsToBaseline: stepsToBaseline(trials, baseline),
    worstGradientNorm: trials.length === 0 ? Number.NaN : Math.max(...trials.map((trial) => trial.worstGradientNorm)),
    clippedShare: trials.reduce((sum, trial) => sum + trial.clippedShare, 0) / Math.max(1, trials.length),
    relativeCost: Number.isFinite(relativeCost) ? relativeCost : undefined,
    problem,
    trials,
  };
}

/** Whether the losses of two models can be held against each other as they are. */
export function sameScale(one: ModelSpec, other: ModelSpec): boolean {
  // What scales an input scales the target that it is.
  const targetOf = ({ data }: ModelSpec): string => JSON.stringify([
    'standardizeTarget' in data && data.standardizeTarget,
    ...(isReconstruction(data) ? ['standardize' in data && data.standardize, 'rescale' in data && data.rescale, 'scale' in data && data.scale] : []),
  ]);
  return JSON.stringify(one.loss) === JSON.stringify(other.loss) && targetOf(one) === targetOf(other);
}

function lossOrInfinity({ relativeLoss, finalLoss }: TrialResult): number {
  return Number.isFinite(relativeLoss) ? finalLoss : Number.POSITIVE_INFINITY;
}

function stepsToBaseline(trials: readonly TrialResult[], baseline: readonly TrialResult[]): number | undefined {
  const steps = trials.flatMap((trial) => {
    const best = baseline.find((other) => other.seed === trial.seed)?.progress.relativeLoss
      .reduce((least, loss) => Math.min(least, loss), Number.POSITIVE_INFINITY);
    if (best === undefined || !Number.isFinite(best)) return [];
    const reached = trial.progress.relativeLoss.findIndex((loss) => loss <= best);
    return [reached < 0 ? Number.POSITIVE_INFINITY : trial.progress.steps[reached]];
  });
  const middle = median(steps);
  return Number.isFinite(middle) ? middle : undefined;
}
