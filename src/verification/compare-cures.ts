import type { FixId } from '../diagnosis/finding';
import { FIX_MAKERS } from '../fixes/catalogue';
import { compileModel } from '../spec/compile';
import { applyEdits, composeEdits } from '../spec/edit';
import { parseModelFile } from '../spec/parse';
import { candidateOf, type Candidate, type CandidateResult } from './candidate';
import { effectOf, type Effect } from './effect';
import { measureCandidates, rank, type Ending, type MeasureOptions } from './measure-candidates';
import type { RunTrial } from './trial';
import type { FaultyRun } from './verify-fixes';

/** A line of the comparison. */
export interface ComparedCure extends CandidateResult {
  readonly effect: Effect;
}

/** The original against every cure that applies, and pairs of the best. Plain data. */
export interface Comparison {
  readonly baseline: CandidateResult;
  /** Best first. */
  readonly cures: readonly ComparedCure[];
  readonly ended: Ending;
}

/** Pairs that are tried, and the best cures that they are made of. */
const PAIRS = 3;
const CONSIDERED = 6;

/**
 * Trains every cure of the catalogue that applies to the run, whether or not the rule names it, and pairs of the best of them.
 *
 * @throws what `run` rejects with for the original model
 */
export async function compareCures(faulty: FaultyRun, run: RunTrial, options: Omit<MeasureOptions, 'more'>): Promise<Comparison> {
  const ids = Object.keys(FIX_MAKERS) as FixId[];
  const singles = distinct(ids.map((id) => candidateFor(faulty, [id])), faulty.document.text);
  const measured = await measureCandidates(faulty.model, singles, run, {
    ...options, more: (ranked) => pairsOf(faulty, ranked, singles),
  });
  const { baseline, candidates, ended } = measured;
  const cures = rank(candidates).map((result) => ({ ...result, effect: effectOf(result, baseline, faulty.finding.rule) }));
  return { baseline, ended, cures };
}

/** The pairs of best rank that apply together; two normalisations, say, exclude each other. */
function pairsOf(faulty: FaultyRun, ranked: readonly CandidateResult[], known: readonly Candidate[]): readonly Candidate[] {
  const best = ranked.filter((result) => result.seeds > 0 && result.problem === undefined).slice(0, CONSIDERED);
  const byRank = best.flatMap((one, first) => best.slice(first + 1).map((other, next) =>
    ({ ids: [...one.fixes, ...other.fixes], rank: 2 * first + next + 1 }))).sort((one, other) => one.rank - other.rank);
  const pairs: Candidate[] = [];
  for (const { ids } of byRank) {
    if (pairs.length === PAIRS) break;
    pairs.push(...distinct([candidateFor(faulty, ids)], faulty.document.text, [...known, ...pairs]));
  }
  return pairs;
}

/** The fixes made one after another, each of the text that the one before left; `undefined` where one does not apply. */
function candidateFor({ document, history, finding }: FaultyRun, ids: readonly FixId[]): Candidate | undefined {
  const titles: string[] = [];
  const made: (readonly { range: { start: number; end: number }; text: string }[])[] = [];
  let text = document.text;
  for (const id of ids) {
    const now = parseModelFile(text, document.language);
    const { model } = compileModel(now);
    const draft = model && FIX_MAKERS[id]({ document: now, model, history, finding });
    if (!draft || draft.edits.length === 0) return undefined;
    titles.push(draft.title);
    made.push(draft.edits);
    text = applyEdits(text, draft.edits);
  }
  const edits = composeEdits(document.text, made.map((each) => () => each));
  return candidateOf(document, ids, titles.join(' + '), edits);
}

/** Without those that do not apply, and without those that make a text that another one makes. */
function distinct(candidates: readonly (Candidate | undefined)[], text: string, known: readonly Candidate[] = []): Candidate[] {
  const texts = new Set(known.map((candidate) => applyEdits(text, candidate.edits)));
  return candidates.filter((candidate): candidate is Candidate => {
    if (!candidate) return false;
    const result = applyEdits(text, candidate.edits);
    return texts.size < texts.add(result).size;
  });
}
