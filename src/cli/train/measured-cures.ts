/**
 * Cures measured for the terminal. The one file of the command that knows how verification is asked and what it
 * answers.
 */
import { causalFixes, isAlarm, type Finding, type FixId } from '../../diagnosis/finding';
import type { Fix } from '../../fixes/fix';
import type { Source } from '../../frontends/frontend';
import { sequenceKey } from '../../model/change';
import { compareCures } from '../../verification/compare-cures';
import { effectOf, type Effect } from '../../verification/effect';
import type { MeasureOptions } from '../../verification/measure-candidates';
import type { TrialResult } from '../../verification/measure-trial';
import { measurePartialHarm } from '../../verification/partial-harm';
import type { RunTrial } from '../../verification/trial';
import { verifyFixes, type VerifiedFixes } from '../../verification/verify-fixes';
import type { Measuring } from './arguments';
import { diagnosisSettings, type DiagnosedRun } from './diagnosed-run';

/**
 * Result of training a cure, or the original, with several seeds; `fresh` where seeds were held back while it was
 * chosen.
 */
export type CandidateResult = VerifiedFixes['baseline'] & { readonly fresh?: HeldBack };

/** Trainings with seeds that a cure was not chosen by. */
export interface HeldBack {
  readonly seeds: number;
  readonly trainsIn: number;
  readonly finalLoss: number;
  readonly relativeLoss: number;
}

/** A cure with what training it showed. */
export interface MeasuredCure {
  readonly result: CandidateResult;
  readonly effect: Effect;
  /** Whether it undoes the cause, where others make it bearable. */
  readonly causal: boolean;
  /** At most one: it was trained with every seed and trains with each. */
  readonly preferred: boolean;
}

export interface MeasuredCures {
  readonly measuring: Measuring;
  readonly finding: Finding;
  readonly baseline: CandidateResult;
  /** Best first; those that do not help and those that were not reached come last. */
  readonly cures: readonly MeasuredCure[];
  /** One sentence. */
  readonly summary: string;
  readonly ended: VerifiedFixes['ended'];
  /** Seeds that each cure is to be trained with. */
  readonly seeds: number;
  /** Trainings that were made, without those of the original that were known. */
  readonly trainings: number;
}

export interface MeasureRequest {
  readonly measuring: Measuring;
  readonly run: DiagnosedRun;
  readonly finding: Finding;
  readonly train: RunTrial;
  readonly options: Pick<MeasureOptions, 'concurrency' | 'outOfTime' | 'onProgress'>;
  readonly ruleOptions: Parameters<typeof diagnosisSettings>[1];
  /** Trainings of the original, one per seed that is measured with. */
  readonly known: readonly TrialResult[];
}

/**
 * Cost of a fault in a run that trains with every seed; `undefined` where no cure of a suspicion ends clearly better.
 */
export function measureCost({
  run: { file, model, history },
  train,
  ruleOptions,
  known,
  options,
}: Omit<MeasureRequest, 'measuring' | 'finding'>): Promise<Finding | undefined> {
  return measurePartialHarm({ source: file.source, model, history }, train, {
    ...options,
    seeds: known.length,
    known,
    settings: diagnosisSettings(file, ruleOptions),
  });
}

/** Trains cures and orders them. @throws what `train` rejects with for the original */
export async function measureCures(request: MeasureRequest): Promise<MeasuredCures> {
  const {
    measuring,
    run: { file, model, history },
    finding,
    train,
    ruleOptions,
    known,
  } = request;
  const faulty = { source: file.source, model, history, finding };
  let trainings = 0;
  const options = {
    ...request.options,
    seeds: known.length,
    known,
    settings: diagnosisSettings(file, ruleOptions),
    onProgress: (progress: Parameters<NonNullable<MeasureOptions['onProgress']>>[0]) => {
      trainings = progress.finished;
      request.options.onProgress?.(progress);
    },
  };
  if (measuring === 'compare') {
    const { baseline, cures, ended } = await compareCures(faulty, train, options);
    const [best] = cures;
    const summary =
      best && best.trainsIn > 0
        ? `Best: ${best.title}.`
        : ended === 'complete'
          ? 'No cure in the catalog makes it train.'
          : 'Time ran out before a cure that makes it train was found.';
    return {
      measuring,
      finding,
      baseline,
      summary,
      ended,
      seeds: known.length,
      trainings,
      cures: cures.map(result => measured(result, baseline, finding, false)),
    };
  }
  const { baseline, candidates, fixes, summary, ended } = await verifyFixes(faulty, train, options);
  const ids = fixes.map(({ changes }) => sequenceKey(changes));
  const helping = fixes.flatMap(fix => {
    const result = candidates.find(({ id }) => id === sequenceKey(fix.changes));
    const trains = result !== undefined && trainsWithAll(result, known.length);
    return result && result.seeds > 0 ? [measured(result, baseline, finding, fix.preferred && trains)] : [];
  });
  const others = candidates
    .filter(({ id, seeds }) => seeds === 0 || !ids.includes(id))
    .map(result => measured(result, baseline, finding, false));
  return {
    measuring,
    finding,
    baseline,
    summary,
    ended,
    seeds: known.length,
    trainings,
    cures: [...helping, ...others].toSorted(
      (one, other) => Number(other.preferred) - Number(one.preferred) || byMerit(one.result, other.result),
    ),
  };
}

/** Whether a cure, or one of its parts, undoes the cause of a finding. */
export function isCausal(finding: Finding, fixes: readonly FixId[]): boolean {
  return fixes.some(id => causalFixes(finding).includes(id));
}

/** The measured cure that is a proposed one as it comes. */
export function cureOf({ cures }: MeasuredCures, fix: Pick<Fix, 'changes'>): MeasuredCure | undefined {
  return cures.find(({ result }) => result.id === sequenceKey(fix.changes));
}

/** Whether a cure helps, as far as it was measured. */
export function helps({ effect }: MeasuredCure): boolean {
  return effect !== 'none' && effect !== 'unknown';
}

/** Alarms that are left once a cure is written, as far as the edited file does not silence them. */
export function alarmsLeft({ result }: MeasuredCure, edited: Source): readonly Finding[] {
  return result.trials
    .flatMap(({ findings }) => findings)
    .filter(finding => isAlarm(finding) && !edited.isIgnored(finding.rule, finding.at));
}

/** Whether a cure was trained with every seed and trains with each, with those too that were held back. */
function trainsWithAll({ seeds, trainsIn, fresh }: CandidateResult, wanted: number): boolean {
  return seeds >= wanted && trainsIn === seeds && (fresh === undefined || fresh.trainsIn === fresh.seeds);
}

/** More seeds that train first, then less loss, and what was not tried last. */
function byMerit(one: CandidateResult, other: CandidateResult): number {
  const share = ({ trainsIn, seeds }: CandidateResult): number => (seeds === 0 ? -1 : trainsIn / seeds);
  const loss = ({ relativeLoss }: CandidateResult): number =>
    Number.isFinite(relativeLoss) ? relativeLoss : Number.MAX_VALUE;
  return share(other) - share(one) || loss(one) - loss(other);
}

function measured(
  result: CandidateResult,
  baseline: CandidateResult,
  finding: Finding,
  preferred: boolean,
): MeasuredCure {
  return {
    result,
    effect: effectOf(result, baseline, finding.rule),
    causal: isCausal(finding, result.fixes),
    preferred,
  };
}
