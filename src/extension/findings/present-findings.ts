/** The findings of a run beside the text as it is now. */
import type { Finding } from '../../diagnosis/finding';
import type { Source } from '../../frontends/frontend';
import { withPlacesOf } from '../../frontends/moved-source';
import type { TextRange } from '../../text/text-edit';
import { withChance } from '../../verification/chance';
import type { RecordedRun } from '../runs/recorded-run';
import type { RuleSeverities } from '../settings/settings';
import { applySeverities } from './apply-severities';
import { placeFinding } from './place-finding';

/** A finding that still holds for the present text, with its places in it. */
export interface PresentFinding {
  /** Its place in the list of all findings of the run that are shown: how the panel names it. */
  readonly index: number;
  /** With places of the present text. */
  readonly finding: Finding;
  /** The underlined range. */
  readonly range: TextRange;
  /** Its layer or entry as a whole: where the cursor finds its cures. */
  readonly extent: TextRange;
}

/**
 * Findings of the run that neither the settings switch off nor a comment of the present text silences, whether or not
 * they still hold; each with the seeds that show it where others were tried.
 */
export function shownFindings(run: RecordedRun, rules: RuleSeverities, now: Source = run.source): readonly Finding[] {
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
  now: Source = run.source,
): readonly Finding[] {
  return run.findings.filter(finding => isHidden(finding, run, rules, now));
}

/** A finding that the text has outlived has no place in it: the comments of the trained text count for it. */
function isHidden({ rule, at }: Finding, run: RecordedRun, rules: RuleSeverities, now: Source): boolean {
  if (rules[rule] === 'off') return true;
  const present = withPlacesOf(run.source, now);
  const place = placeFinding(run.source, present, at);
  return place ? present.isIgnored(rule, place) : run.source.isIgnored(rule, at);
}

/** The last result for a run and a text: the editor asks for it at every move of the cursor. */
const known = new WeakMap<
  RecordedRun,
  { readonly now: Source; readonly rules: string; readonly present: readonly PresentFinding[] }
>();

/**
 * Those that still hold for `now`, in the same order. In a text without a model they stay where they stood: that of the run,
 * where no later one had a model.
 */
export function presentFindings(run: RecordedRun, now: Source, rules: RuleSeverities): readonly PresentFinding[] {
  const last = known.get(run);
  const rulesText = JSON.stringify(rules);
  if (last?.now === now && last.rules === rulesText) return last.present;
  const places = withPlacesOf(run.source, now);
  const present = shownFindings(run, rules, places).flatMap(
    (finding, index) => place(run.source, places, finding, index) ?? [],
  );
  known.set(run, { now, rules: rulesText, present });
  return present;
}

function place(before: Source, now: Source, finding: Finding, index: number): PresentFinding | undefined {
  const at = placeFinding(before, now, finding.at);
  if (!at) return undefined;
  const related = finding.related.flatMap(other => {
    const moved = placeFinding(before, now, other.at);
    return moved ? [{ ...other, at: moved }] : [];
  });
  return { index, finding: { ...finding, at, related }, range: now.rangeOf(at), extent: now.extentOf(at) };
}
