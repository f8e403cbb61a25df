/** The order in which measured cures are offered, and which of them may be preferred. */
import type { RuleId } from '../diagnosis/finding';
import type { SpecDocument, TextEdit } from '../spec/spec-document';
import { isSound, type CandidateResult } from './candidate-result';
import { foundAgain } from './effect';

/** Differences of the relative loss that do not outweigh what the edit is: whether it undoes the cause, and how large it is. */
const COARSE = 0.25;
/** Differences of the relative loss that do not outweigh the order in which a rule names its cures. */
const FINE = 0.05;
/** Relative losses beyond this are equally bad. */
const WORST = 1e6;

/**
 * Orders cures, best first. Those that train with every seed come first: of these single edits before combinations, those that
 * undo the cause before others, small edits before large ones unless their loss is clearly higher. Then come those that train, or
 * at least learn, with more seeds. Otherwise the given order stays.
 */
export function orderCures(results: readonly CandidateResult[], document: SpecDocument, rule: RuleId): readonly CandidateResult[] {
  return results.toSorted((one, other) => {
    const sound = Number(isSound(other)) - Number(isSound(one));
    if (sound !== 0) return sound;
    return isSound(one) ? compareSound(one, other, document) : compareUnsound(one, other, rule);
  });
}

/** Keeps, of cures that differ only in a number, the best: with more seeds, then with the lowest loss. Expects the order of `orderCures`. */
export function bestOfKind(results: readonly CandidateResult[]): readonly CandidateResult[] {
  return results.filter((result) => !results.some((other) => other !== result && String(other.fixes) === String(result.fixes)
    && compareKind(other, result, results) < 0));
}

/** Lines of the file that the edits touch or add. */
export function linesChanged(edits: readonly TextEdit[], { text }: SpecDocument): number {
  return edits.reduce((sum, { range, text: added }) =>
    sum + Math.max(added.split('\n').length, text.slice(range.start, range.end).split('\n').length), 0);
}

function compareSound(one: CandidateResult, other: CandidateResult, document: SpecDocument): number {
  return other.seeds - one.seeds
    || one.parts.length - other.parts.length
    || Number(other.causal) - Number(one.causal)
    || grade(one, COARSE) - grade(other, COARSE)
    || linesChanged(one.edits, document) - linesChanged(other.edits, document)
    || grade(one, FINE) - grade(other, FINE);
}

function compareUnsound(one: CandidateResult, other: CandidateResult, rule: RuleId): number {
  const share = (result: CandidateResult, count: number): number => (result.seeds === 0 ? -1 : count / result.seeds);
  return share(other, other.trainsIn) - share(one, one.trainsIn)
    || other.seeds - one.seeds
    || share(other, other.learnsIn) - share(one, one.learnsIn)
    || share(one, foundAgain(one, rule)) - share(other, foundAgain(other, rule))
    || Number(other.causal) - Number(one.causal)
    || grade(one, FINE) - grade(other, FINE)
    || one.parts.length - other.parts.length;
}

function compareKind(one: CandidateResult, other: CandidateResult, all: readonly CandidateResult[]): number {
  return Number(isSound(other)) - Number(isSound(one)) || other.seeds - one.seeds || other.trainsIn - one.trainsIn
    || grade(one, FINE) - grade(other, FINE) || all.indexOf(one) - all.indexOf(other);
}

function grade({ relativeLoss }: CandidateResult, width: number): number {
  return Math.round(Math.min(Number.isNaN(relativeLoss) ? WORST : relativeLoss, WORST) / width);
}
