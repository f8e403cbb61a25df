/** The verdict on a run and on its layers, from the findings as the user wants to see them. */
import { assessLearning, type Learning } from '../../diagnosis/evidence/learning';
import { windowsOf } from '../../diagnosis/evidence/windows';
import { isAlarm, type Finding } from '../../diagnosis/finding';
import { layerVerdicts, type LayerVerdict } from '../../diagnosis/layer-verdict';
import { verdictOf, type RunVerdict } from '../../diagnosis/verdict';
import type { Source } from '../../frontends/frontend';
import type { RecordedRun } from '../runs/recorded-run';
import type { RuleSeverities } from '../settings/settings';
import { shownFindings, silencedFindings } from './present-findings';

export interface PresentVerdict {
  /** Absent before the run is over, and for one that was stopped without an alarm. */
  readonly run: RunVerdict | undefined;
  /** In the order of the run's layers; empty as long as nothing can be said of any. */
  readonly layers: readonly LayerVerdict[];
  /** The finding that makes the run faulty. */
  readonly root: Finding | undefined;
  /** Outcome of the loss; absent with the verdict. */
  readonly learning: Learning | undefined;
}

/** The last result for a run that is over: lens, status bar and panel ask for it at every change. */
const known = new WeakMap<
  RecordedRun,
  { readonly now: Source; readonly rules: string; readonly verdict: PresentVerdict }
>();

/** @param now the present text, whose comments silence; the trained one where the file is closed */
export function presentVerdict(run: RecordedRun, rules: RuleSeverities, now: Source = run.source): PresentVerdict {
  const last = known.get(run);
  const rulesText = JSON.stringify(rules);
  if (last?.now === now && last.rules === rulesText) return last.verdict;
  const verdict = workOut(run, rules, now);
  if (run.history.outcome !== undefined) known.set(run, { now, rules: rulesText, verdict });
  return verdict;
}

function workOut(run: RecordedRun, rules: RuleSeverities, now: Source): PresentVerdict {
  const { model, history, chance } = run;
  const findings = shownFindings(run, rules, now);
  const isOver = history.outcome !== undefined;
  const silenced = silencedFindings(run, rules, now);
  const verdict = isOver
    ? verdictOf({ model, history, findings, silenced, ...(chance && { seeds: chance }) })
    : undefined;
  // First steps are no evidence: behind an output layer that starts at zero, no layer gets a gradient yet.
  const isKnown = verdict !== undefined || findings.length > 0;
  return {
    run: verdict,
    layers: isKnown ? layerVerdicts(history, findings, verdict) : [],
    root: findings.find(isAlarm),
    learning: verdict && assessLearning(model, history, windowsOf(history)),
  };
}
