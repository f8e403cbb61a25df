/** The findings of a run beside the text as it is now. */
import type { Finding } from '../../diagnosis/finding';
import { isSilenced } from '../../diagnosis/silenced';
import { layerOf } from '../../frontends/model-file/source-path';
import { rangeAt } from '../../frontends/model-file/source-range';
import type { SourceDocument } from '../../frontends/model-file/source-document';
import type { TextRange } from '../../text/text-edit';
import { withChance } from '../../verification/chance';
import type { RecordedRun } from '../runs/recorded-run';
import type { RuleSeverities } from '../settings';
import { applySeverities } from './apply-severities';
import { findingRange, placeFinding } from './place-finding';

/** A finding that still holds for the present text, with its places in it. */
export interface PresentFinding {
  /** Its place in the list of all findings of the run that are shown: how the panel names it. */
  readonly index: number;
  /** With sources of the present text. */
  readonly finding: Finding;
  /** What is underlined. */
  readonly range: TextRange;
  /** Its layer or entry as a whole: where the cursor finds its cures. */
  readonly extent: TextRange;
}

/**
 * Findings of the run that neither the settings switch off nor a comment of the present text silences, whether or not
 * they still hold; each with the seeds that show it where others were tried.
 */
export function shownFindings(
  run: RecordedRun,
  rules: RuleSeverities,
  now: SourceDocument = run.document,
): readonly Finding[] {
  return withChance(applySeverities(run.findings, rules), run.chance).filter(
    finding => !isHidden(finding, run, rules, now),
  );
}

/**
 * Findings of the run that the settings switch off or a comment silences: nobody sees them, and they keep a run from
 * passing as clean.
 */
export function silencedFindings(
  run: RecordedRun,
  rules: RuleSeverities,
  now: SourceDocument = run.document,
): readonly Finding[] {
  return run.findings.filter(finding => isHidden(finding, run, rules, now));
}

/** A finding that the text has outlived has no place in it: the comments of the trained text count for it. */
function isHidden({ rule, source }: Finding, run: RecordedRun, rules: RuleSeverities, now: SourceDocument): boolean {
  if (rules[rule] === 'off') return true;
  const place = placeFinding(run.document, now, source);
  return place ? isSilenced(now, { rule, source: place }) : isSilenced(run.document, { rule, source });
}

/** What was worked out last for a run and a text: the editor asks for it at every move of the cursor. */
const known = new WeakMap<
  RecordedRun,
  { readonly now: SourceDocument; readonly rules: string; readonly present: readonly PresentFinding[] }
>();

/** Those that still hold for `now`, in the same order. */
export function presentFindings(
  run: RecordedRun,
  now: SourceDocument,
  rules: RuleSeverities,
): readonly PresentFinding[] {
  const last = known.get(run);
  const rulesText = JSON.stringify(rules);
  if (last?.now === now && last.rules === rulesText) return last.present;
  const present = shownFindings(run, rules, now).flatMap((finding, index) => place(run, now, finding, index) ?? []);
  known.set(run, { now, rules: rulesText, present });
  return present;
}

function place(run: RecordedRun, now: SourceDocument, finding: Finding, index: number): PresentFinding | undefined {
  const source = placeFinding(run.document, now, finding.source);
  if (!source) return undefined;
  const related = finding.related.flatMap(other => {
    const moved = placeFinding(run.document, now, other.source);
    return moved && rangeAt(now, moved) ? [{ ...other, source: moved }] : [];
  });
  const range = findingRange(now, source);
  const extent = rangeAt(now, layerOf(source) ?? source, 'entry') ?? range;
  return { index, finding: { ...finding, source, related }, range, extent };
}
