/** The order in which measured cures are offered, and which of them may be preferred. */
import { causalFixes, type Finding, type FixId } from '../diagnosis/finding';
import type { TextEdit } from '../text/text-edit';
import { isSound, type CandidateResult } from './candidate-result';
import { foundAgain } from './effect';

/**
 * Differences of the relative loss that do not outweigh what the edit is: whether it undoes the cause, and how large it
 * is.
 */
const COARSE = 0.25;
/** Differences of the relative loss that do not outweigh the order in which a rule names its cures. */
const FINE = 0.05;
/** Relative losses beyond this are equally bad. */
const WORST = 1e6;

/**
 * Fixes that belong to a cause rather than being cures of their own: the settings that its author found beside the
 * fault.
 */
const SETTINGS: ReadonlySet<FixId> = new Set<FixId>([
  'lower-learning-rate',
  'raise-learning-rate',
  'adaptive-optimizer',
]);

/**
 * Orders cures, best first. Those that train with every seed come first. Of these, an edit that undoes the cause leads,
 * in the order in which the finding names such edits; the same with another rate or optimizer follows, since the old
 * one was chosen beside the fault; then other single edits, then combinations. Small edits go before large ones unless
 * their loss is clearly higher. After them come those that train, or at least learn, with more seeds. Otherwise the
 * given order stays.
 */
export function orderCures(
  results: readonly CandidateResult[],
  text: string,
  finding: Pick<Finding, 'rule' | 'fixes' | 'causal'>,
): readonly CandidateResult[] {
  const causes = causalFixes(finding);
  return results.toSorted((one, other) => {
    const sound = Number(isSound(other)) - Number(isSound(one));
    if (sound !== 0) return sound;
    return isSound(one) ? compareSound(one, other, text, causes) : compareUnsound(one, other, finding);
  });
}

/** Whether a cure only sets the learning rate or the optimizer. */
export function isSetting(id: FixId): boolean {
  return SETTINGS.has(id);
}

/** Whether a cure undoes the cause and changes nothing beside it but the learning rate or the optimizer. */
export function isCauseWithSettings(
  { causal, parts }: Pick<CandidateResult, 'causal' | 'parts'>,
  causes: readonly FixId[],
): boolean {
  if (parts.length === 1) return causal;
  const [edit, ...others] = parts.filter(({ id }) => !isSetting(id));
  return edit !== undefined && others.length === 0 && causes.includes(edit.id);
}

/**
 * Keeps, of cures that differ only in a number, the best: with more seeds, then with the lowest loss. Expects the order
 * of `orderCures`.
 */
export function bestOfKind(results: readonly CandidateResult[]): readonly CandidateResult[] {
  return results.filter(
    result =>
      !results.some(
        other =>
          other !== result && String(other.fixes) === String(result.fixes) && compareKind(other, result, results) < 0,
      ),
  );
}

/** Lines of the file that the edits touch or add. */
export function linesChanged(edits: readonly TextEdit[], text: string): number {
  return edits.reduce(
    (sum, { range, text: added }) =>
      sum + Math.max(added.split('\n').length, text.slice(range.start, range.end).split('\n').length),
    0,
  );
}

function compareSound(one: CandidateResult, other: CandidateResult, text: string, causes: readonly FixId[]): number {
  return (
    other.seeds - one.seeds ||
    Number(isCauseWithSettings(other, causes)) - Number(isCauseWithSettings(one, causes)) ||
    one.parts.length - other.parts.length ||
    Number(other.causal) - Number(one.causal) ||
    causeIndex(one, causes) - causeIndex(other, causes) ||
    optimizersChanged(one) - optimizersChanged(other) ||
    grade(one, COARSE) - grade(other, COARSE) ||
    Number(one.notWritable !== undefined) - Number(other.notWritable !== undefined) ||
    linesChanged(one.edits, text) - linesChanged(other.edits, text) ||
    grade(one, FINE) - grade(other, FINE)
  );
}

/** Place of the first edit that undoes the cause among those that the finding names; 0 for others. */
function causeIndex({ parts }: CandidateResult, causes: readonly FixId[]): number {
  return Math.max(0, ...parts.slice(0, 1).map(({ id }) => causes.indexOf(id)));
}

/** 1 where the optimizer is another one, which is more than another rate of the same. */
function optimizersChanged({ fixes }: CandidateResult): number {
  return Number(fixes.length > 1 && fixes.includes('adaptive-optimizer'));
}

function compareUnsound(one: CandidateResult, other: CandidateResult, { rule }: Pick<Finding, 'rule'>): number {
  const share = (result: CandidateResult, count: number): number => (result.seeds === 0 ? -1 : count / result.seeds);
  return (
    share(other, other.trainsIn) - share(one, one.trainsIn) ||
    other.seeds - one.seeds ||
    share(other, other.learnsIn) - share(one, one.learnsIn) ||
    share(one, foundAgain(one, rule)) - share(other, foundAgain(other, rule)) ||
    Number(other.causal) - Number(one.causal) ||
    grade(one, FINE) - grade(other, FINE) ||
    one.parts.length - other.parts.length
  );
}

function compareKind(one: CandidateResult, other: CandidateResult, all: readonly CandidateResult[]): number {
  return (
    Number(isSound(other)) - Number(isSound(one)) ||
    other.seeds - one.seeds ||
    other.trainsIn - one.trainsIn ||
    grade(one, FINE) - grade(other, FINE) ||
    all.indexOf(one) - all.indexOf(other)
  );
}

function grade({ relativeLoss }: CandidateResult, width: number): number {
  return Math.round(Math.min(Number.isNaN(relativeLoss) ? WORST : relativeLoss, WORST) / width);
}
