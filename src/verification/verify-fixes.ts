import type { Finding } from '../diagnosis/finding';
import type { Fix } from '../fixes/fix';
import { sequenceKey } from '../model/change';
import type { WrittenFix } from './change-source';
import { proposeFixes } from '../fixes/propose';
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import type { Source } from '../frontends/frontend';
import type { Ending } from './board';
import { candidatesOf } from './candidate';
import { isSound, type CandidateResult } from './candidate-result';
import { bestOfKind, orderCures } from './cure-order';
import { effectOf, effectText } from './effect';
import { measureCandidates, type MeasureOptions } from './measure-candidates';
import { Refinement } from './refinement';
import type { RunTrial } from './trial';

/** A run of a text with what was found in it. `history` and `finding` are of `source` as it is. */
export interface FaultyRun {
  readonly source: Source;
  readonly model: ModelSpec;
  readonly history: RunHistory;
  readonly finding: Finding;
}

/** The cures of a finding after each was trained. Plain data. */
export interface VerifiedFixes {
  readonly finding: Finding;
  /**
   * `cured`: the first fix makes it train, with every seed that was tried; `improved`: the first fix helps, but the
   * model trained before or does not train with every seed yet; `no-cure`: nothing that was tried helps;
   * `no-candidate`: there was nothing to try; `unknown`: time ran out, it was canceled, or what could not be measured
   * may help.
   */
  readonly verdict: 'cured' | 'improved' | 'no-cure' | 'no-candidate' | 'unknown';
  /**
   * Cures that help, best first with the measured effect in their titles, then those that the rule names and that were
   * not measured, as they were proposed. At most one is preferred: it trains with every seed, with those too that it
   * was not chosen by.
   */
  readonly fixes: readonly WrittenFix[];
  /** The verdict in one sentence for the user. */
  readonly summary: string;
  readonly baseline: CandidateResult;
  /** Everything that was tried, also what does not help, in the order in which it was proposed. */
  readonly candidates: readonly CandidateResult[];
  /** Relative loss up to which a run trains: see `trainingBar`. */
  readonly bar: number;
  readonly ended: Ending;
}

/** Share of the cures that go on to more seeds. */
const RUNNERS_UP = 0.5;

/**
 * Trains the cures that the finding names, and the original, on the same seeds, and keeps those that help; `Refinement`
 * decides what else is tried, `orderCures` which of them comes first. The first that trains with every seed is tried
 * with as many fresh ones.
 *
 * @throws what `run` rejects with for the original model
 */
export async function verifyFixes(faulty: FaultyRun, run: RunTrial, options: MeasureOptions): Promise<VerifiedFixes> {
  const { source, model, finding } = faulty;
  const proposed = proposeFixes(faulty);
  const named = candidatesOf(faulty, proposed);
  const refinement = new Refinement(faulty, named);
  const inOrder = (results: readonly CandidateResult[]): readonly CandidateResult[] =>
    orderCures(bestOfKind(results), source.text, finding);
  const { fresh = options.seeds } = options;
  const measured = await measureCandidates(model, named, run, {
    keep: RUNNERS_UP,
    choose: inOrder,
    more: ranked => refinement.next(ranked),
    ...options,
    fresh,
  });
  const { baseline, candidates, ended } = measured;
  const helping = inOrder(
    candidates.filter(result => ['cures', 'improves', 'removes'].includes(effectOf(result, baseline, finding.rule))),
  );
  const preferred = helping.find(
    result => result.seeds === options.seeds && isSound(result) && (result.fresh?.seeds ?? 0) >= fresh,
  );
  const told = preferred === undefined ? helping : [preferred, ...helping.filter(result => result !== preferred)];
  const causeFails = candidates.some(result => result.causal && result.seeds > 0 && !isSound(result));
  const fixes = [
    ...told.map((result): WrittenFix => {
      const effect = effectText(result, baseline, finding.rule);
      const why = result !== preferred ? undefined : whyText(result, causeFails);
      return {
        ...fixOf(result, proposed),
        title: `${result.title}: ${effect}`,
        effect,
        preferred: result === preferred,
        ...(result.causal && { causal: true }),
        ...(why !== undefined && { why }),
      };
    }),
    ...candidates
      .filter(({ seeds }) => seeds === 0)
      .filter(({ id }) => proposed.some(fix => sequenceKey(fix.changes) === id))
      .map(result => fixOf(result, proposed)),
  ];
  const verdict = verdictOf();
  return { finding, verdict, fixes, summary: summaryOf(verdict, fixes, candidates), ...measured };

  // That nothing helps is known once the rest of the catalog was tried too, with every seed, and nothing failed to be
  // measured.
  function verdictOf(): VerifiedFixes['verdict'] {
    if (told.length > 0) return effectOf(told[0], baseline, finding.rule) === 'cures' ? 'cured' : 'improved';
    if (ended !== 'complete') return 'unknown';
    if (candidates.length === 0) return 'no-candidate';
    return candidates.some(({ problem }) => problem !== undefined) ? 'unknown' : 'no-cure';
  }
}

/** As it was proposed; what was found by measuring has its parts. */
function fixOf(
  { id, parts, title, changes, edits, notWritable }: CandidateResult,
  proposed: readonly Fix[],
): WrittenFix {
  const [first, ...more] = parts;
  const isPlain = more.length === 0 && first.value === undefined;
  const own = proposed.find(fix => sequenceKey(fix.changes) === id);
  return {
    ...(own ?? { id: first.id, ...(!isPlain && { parts }), title, changes, preferred: false }),
    edits,
    ...(notWritable !== undefined && { notWritable }),
  };
}

function whyText({ causal, parts }: CandidateResult, causeFails: boolean): string | undefined {
  if (causal)
    return parts.length === 1 ? 'It undoes the cause.' : 'It undoes the cause, but that alone is not enough to train.';
  return causeFails
    ? 'With the same seeds the edit that undoes the cause does not make the model train; this one does.'
    : undefined;
}

function summaryOf(
  verdict: VerifiedFixes['verdict'],
  fixes: readonly WrittenFix[],
  candidates: readonly CandidateResult[],
): string {
  const tried = candidates.filter(result => result.seeds > 0).length;
  const failed = candidates.filter(result => result.problem !== undefined);
  switch (verdict) {
    case 'cured':
    case 'improved':
      return `${fixes[0].title}.`;
    case 'no-candidate':
      return 'No cure in the catalog applies.';
    case 'unknown':
      return failed.length > 0
        ? `${failed.length === 1 ? '1 cure was' : `${failed.length} cures were`} not measured: ${failed[0].problem} None of the other ${tried} tried helps.`
        : `Time ran out before a cure was found; ${tried === 0 ? 'none was' : tried === 1 ? '1 was' : `${tried} were`} tried.`;
    case 'no-cure':
      return `No cure found: ${tried} tried, and none makes it train with more seeds or better.`;
  }
}
