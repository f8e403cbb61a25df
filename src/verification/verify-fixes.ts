import type { Finding } from '../diagnosis/finding';
import type { Fix } from '../fixes/fix';
import { proposeFixes } from '../fixes/propose';
import type { RunHistory } from '../history/run-history';
import type { ModelSpec } from '../spec/model-spec';
import type { SpecDocument } from '../spec/spec-document';
import { candidateOf, type CandidateResult } from './candidate';
import { effectOf, effectText, foundAgain } from './effect';
import { measureCandidates, type Ending, type MeasureOptions } from './measure-candidates';
import { Refinement } from './refinement';
import type { RunTrial } from './trial';

/** A run of a text with what was found in it. `history` and `finding` are of `document` as it is. */
export interface FaultyRun {
  readonly document: SpecDocument;
  readonly model: ModelSpec;
  readonly history: RunHistory;
  readonly finding: Finding;
}

/** The cures of a finding after each was trained. Plain data. */
export interface VerifiedFixes {
  readonly finding: Finding;
  /**
   * `cured`: the first fix makes it train; `improved`: it trained already, and does so better; `no-cure`: nothing that was tried
   * helps; `no-candidate`: there was nothing to try; `unknown`: time ran out, or it was cancelled, before anything was known.
   */
  readonly verdict: 'cured' | 'improved' | 'no-cure' | 'no-candidate' | 'unknown';
  /**
   * Those that help, best first with the measured effect in their titles, and then those that the rule names and that were not reached
   * in time, as they were proposed. Only a measured one is preferred.
   */
  readonly fixes: readonly Fix[];
  /** The verdict in one sentence for the user. */
  readonly summary: string;
  readonly baseline: CandidateResult;
  /** Everything that was tried, also what does not help, in the order in which it was proposed. */
  readonly candidates: readonly CandidateResult[];
  readonly ended: Ending;
}

/** Differences of the relative loss that do not outweigh the order in which a rule names its cures. */
const AS_GOOD = 0.05;
/** Of relative losses beyond this, none is better than another. */
const WORST = 1e6;
/** Share of the cures that go on to more seeds. */
const RUNNERS_UP = 0.5;

/**
 * Trains the cures that the finding names, and the original, on the same seeds, and keeps those that help; what else is tried
 * is `Refinement`'s matter. Best is what trains with most seeds, then that after which the finding is gone, then least loss; among equals the rule's own order decides.
 *
 * @throws what `run` rejects with for the original model
 */
export async function verifyFixes(faulty: FaultyRun, run: RunTrial, options: MeasureOptions): Promise<VerifiedFixes> {
  const { document, model, finding } = faulty;
  const proposed = proposeFixes(faulty);
  const named = proposed.map(({ id, title, edits }) => candidateOf(document, [{ id }], title, edits));
  const refinement = new Refinement(faulty, named);
  const measured = await measureCandidates(model, named, run, {
    keep: RUNNERS_UP, more: (ranked) => refinement.next(ranked), ...options,
  });
  const { baseline } = measured;
  const helping = bestOfKind(measured.candidates
    .filter((result) => ['cures', 'improves', 'removes'].includes(effectOf(result, baseline, finding.rule)))
    .toSorted((one, other) => compare(one, other, finding)));
  const fixes = [
    ...helping.map((result, index) =>
      ({ ...fixOf(result, proposed), title: `${result.title}: ${effectText(result, baseline, finding.rule)}`, preferred: index === 0 })),
    ...measured.candidates.filter(({ seeds, problem }) => seeds === 0 && problem === undefined).map((result) => fixOf(result, proposed))
      .filter((fix) => proposed.includes(fix)).map((fix) => ({ ...fix, preferred: false })),
  ];
  const tried = measured.candidates.filter((result) => result.seeds > 0 || result.problem !== undefined);
  // That nothing helps is known once the rest of the catalogue was tried too, with every seed.
  const verdict = helping.length > 0 ? (effectOf(helping[0], baseline, finding.rule) === 'cures' ? 'cured' : 'improved')
    : measured.ended !== 'complete' ? 'unknown'
      : measured.candidates.length === 0 ? 'no-candidate' : 'no-cure';
  return { finding, verdict, fixes, summary: summaryOf(verdict, fixes, tried), ...measured };
}

/** The best rate of those that were tried with the same cures. */
function bestOfKind(results: readonly CandidateResult[]): readonly CandidateResult[] {
  return results.filter((result, index) => !results.slice(0, index).some((other) => String(other.fixes) === String(result.fixes)));
}

/** As it was proposed; what was found by measuring has its parts. */
function fixOf({ parts, title, edits }: CandidateResult, proposed: readonly Fix[]): Fix {
  const [first, ...more] = parts;
  const isPlain = more.length === 0 && first.value === undefined;
  const own = isPlain ? proposed.find(({ id }) => id === first.id) : undefined;
  return own ?? { id: first.id, ...(!isPlain && { parts }), title, edits, preferred: false };
}

function compare(one: CandidateResult, other: CandidateResult, { rule }: Finding): number {
  const grade = ({ relativeLoss }: CandidateResult): number => Math.round(Math.min(relativeLoss, WORST) / AS_GOOD);
  return other.trainsIn / other.seeds - one.trainsIn / one.seeds
    || other.seeds - one.seeds
    || foundAgain(one, rule) / one.seeds - foundAgain(other, rule) / other.seeds
    || grade(one) - grade(other);
}

function summaryOf(verdict: VerifiedFixes['verdict'], fixes: readonly Fix[], tried: readonly CandidateResult[]): string {
  switch (verdict) {
    case 'cured':
    case 'improved':
      return `${fixes[0].title}.`;
    case 'no-candidate':
      return 'No cure of the catalogue applies.';
    case 'unknown':
      return `Time ran out before a cure was found; ${tried.length === 0 ? 'none was' : tried.length === 1 ? 'one was' : `${tried.length} were`} tried.`;
    case 'no-cure':
      return `No cure found: ${tried.length} tried, and none makes it train in more seeds or better.`;
  }
}
