/** The verdict on a run: it trains, it does not learn, or something is at fault. */
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import { assessLearning } from './evidence/learning';
import { windowsOf } from './evidence/windows';
import { isAlarm, type Finding } from './finding';
import { formatNumber } from './format';
import { unjudgedRules, unjudgedText, type UnjudgedRule } from './needs';
import { ruleMeta } from './rules/index';

/**
 * - `trains`: no alarm from any rule that could be judged, and every seed that was tried learns;
 * - `not-learning`: no alarm, but the late loss is within a tenth of the best constant prediction's, or other seeds
 *   fail;
 * - `faulty`: a finding calls for action.
 */
export type Verdict = 'trains' | 'not-learning' | 'faulty';

/** The verdict on a run, with its words. Plain data. */
export interface RunVerdict {
  readonly verdict: Verdict;
  /**
   * "Trains", "Not learning", "Faulty", with ", 1 silenced" where comments or settings silence alarms, and with ", 2 rules
   * not judged" where the run lacks measurements.
   */
  readonly label: string;
  /** One sentence with the numbers: "Not learning: the loss ends at 0.163, where predicting a constant gives 0.165." */
  readonly summary: string;
  /** Alarms that the user silenced: they do not make a run faulty, and never let it pass as clean. */
  readonly silenced: number;
  /** Rules that could not be judged, because the run does not have what they need: of these nothing is known. */
  readonly unjudged: readonly UnjudgedRule[];
}

export interface VerdictInput {
  readonly model: ModelSpec;
  readonly history: RunHistory;
  /** Findings that the user is shown, the root first. */
  readonly findings: readonly Finding[];
  /** Findings that comments or settings silence. */
  readonly silenced?: readonly Finding[];
  /** Result of other seeds, where they were tried. */
  readonly seeds?: { readonly seeds: number; readonly trainsIn: number };
}

const LABELS: Readonly<Record<Verdict, string>> = {
  trains: 'Trains',
  'not-learning': 'Not learning',
  faulty: 'Faulty',
};

/**
 * The verdict on a run that ended; `undefined` for one without records, or that was stopped on its way without an
 * alarm.
 */
export function verdictOf({ model, history, findings, silenced = [], seeds }: VerdictInput): RunVerdict | undefined {
  const root = findings.find(isAlarm);
  const isOver = history.outcome?.kind === 'completed' || history.outcome?.kind === 'not-finite';
  if (history.records.length === 0 || (!isOver && root === undefined)) return undefined;
  const learning = assessLearning(model, history, windowsOf(history));
  const seedsFail = seeds !== undefined && seeds.trainsIn < seeds.seeds;
  const verdict: Verdict =
    root !== undefined ? 'faulty' : learning.state === 'learning' && !seedsFail ? 'trains' : 'not-learning';
  const quiet = silenced.filter(isAlarm).length;
  const unjudged = unjudgedRules(model, history);
  const label = `${LABELS[verdict]}${quiet === 0 ? '' : `, ${quiet} silenced`}${unjudgedCount(unjudged)}`;
  const place = root?.layer === undefined ? '' : ` in \`${root.layer}\``;
  const cause = root === undefined ? '' : ` (${ruleMeta(root.rule).word}${place})`;
  const end =
    learning.state === 'destroyed'
      ? 'the run ends in non-finite numbers'
      : `the loss ends at ${formatNumber(learning.lateLoss)}, ${
          learning.referenceIsTrivial
            ? `where predicting a constant gives ${formatNumber(learning.reference)}`
            : `after ${formatNumber(learning.reference)} in the first steps`
        }`;
  return {
    verdict,
    label,
    summary: `${label}${cause}: ${end}${seedsText(seeds)}.${standInText(model)}${unjudged.length === 0 ? '' : ` ${unjudgedText(unjudged)}`}`,
    silenced: quiet,
    unjudged,
  };
}

function unjudgedCount({ length }: readonly UnjudgedRule[]): string {
  return length === 0 ? '' : `, ${length} ${length === 1 ? 'rule' : 'rules'} not judged`;
}

function seedsText(seeds: VerdictInput['seeds']): string {
  if (seeds === undefined || seeds.seeds < 2) return '';
  return seeds.trainsIn === seeds.seeds
    ? `; it trains with all ${seeds.seeds} seeds tried`
    : `; it trains with ${seeds.trainsIn} of ${seeds.seeds} seeds tried`;
}

/** A task that the product chose says little about the user's own: every verdict on learning names it. */
function standInText({ data }: ModelSpec): string {
  return data.inferred ? ' The file names no data: this is a stand-in task of the same shapes.' : '';
}
