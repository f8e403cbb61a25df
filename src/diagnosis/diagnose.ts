/** From a run to its findings: one a cause. */
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import { gatherEvidence, type Evidence } from './evidence/evidence';
import { learnedWell } from './evidence/learning';
import { rootsOf, type Ranking } from './explanations';
import { causalFixes, isAlarm, type Finding, type RuleId, type Severity } from './finding';
import { allLayers } from './layers';
import { unjudgedRules } from './needs';
import type { Rule, RuleContext } from './rule';
import { optionsIn, optionValue, type RuleOptions } from './rule-options';
import { RULES } from './rules/index';

export type { RuleOptions };

export interface DiagnosisSettings {
  /** Severity of a rule's findings instead of its own; `off` silences it. */
  readonly severities?: Readonly<Partial<Record<RuleId, Severity | 'off'>>>;
  readonly options?: RuleOptions;
  /** Findings a model may get; the likeliest roots stay. */
  readonly maximumFindings?: number;
  /** Whether a finding is kept back from the user: it takes no place among the findings a model may get. */
  readonly isSilenced?: (finding: Finding) => boolean;
}

/** Causes that one model can plausibly have at a time. */
const MAXIMUM_FINDINGS = 3;

/**
 * Finds the faults of a run, the likeliest root first; symptoms of a root are among its related places. Empty for a run
 * that learns, and for one without records.
 */
export function diagnose(model: ModelSpec, history: RunHistory, settings: DiagnosisSettings = {}): readonly Finding[] {
  if (history.records.length === 0) return [];
  const evidence = gatherEvidence(model, history);
  const findings = findingsOf(RULES, { model, history, evidence }, settings);
  return likeliest(
    withFallback(findings, each => rootsOf(each, rankingOf(model))),
    settings,
  ).map(root => {
    const severity = settings.severities?.[root.rule];
    return severity === undefined || severity === 'off' ? root : { ...root, severity };
  });
}

/**
 * Finds what may have cost a run that trains some of what it could have learned, the likeliest first: findings whose
 * evidence is there, without the harm that `diagnose` asks for. None is to be told before its cure, on the same seeds,
 * was measured to end clearly better.
 */
export function suspect(model: ModelSpec, history: RunHistory, settings: DiagnosisSettings = {}): readonly Finding[] {
  if (history.records.length === 0 || model.data.inferred) return [];
  const evidence = gatherEvidence(model, history);
  const { learning } = evidence;
  if (learning.state !== 'learning' || !learning.referenceIsTrivial || learnedWell(learning)) return [];
  const assumed: Evidence = { ...evidence, learning: { ...learning, state: 'stuck', assumed: true } };
  const rules = RULES.filter(({ meta }) => meta.costsPartly);
  const findings = findingsOf(rules, { model, history, evidence: assumed }, settings).filter(
    finding => isAlarm(finding) && causalFixes(finding).length > 0 && settings.isSilenced?.(finding) !== true,
  );
  return rootsOf(findings, rankingOf(model)).slice(0, settings.maximumFindings ?? MAXIMUM_FINDINGS);
}

function findingsOf(
  rules: readonly Rule[],
  run: Pick<RuleContext, 'model' | 'history' | 'evidence'>,
  settings: DiagnosisSettings,
): readonly Finding[] {
  const optionOf = optionsIn(settings.options);
  const unjudged = new Set(unjudgedRules(run.model, run.history).map(({ rule }) => rule));
  return rules.flatMap(rule => {
    if (settings.severities?.[rule.meta.id] === 'off' || unjudged.has(rule.meta.id)) return [];
    const found = rule.check({ ...run, optionOf, option: name => optionValue(settings.options, rule.meta.id, name) });
    return rule.meta.judgesTheTask && run.model.data.inferred ? found.map(asInformation) : found;
  });
}

function rankingOf(model: ModelSpec): Ranking {
  return { rules: RULES.map(rule => rule.meta), layers: allLayers(model.layers).map(({ path }) => path) };
}

/** A task that the product chose to fit the shapes of a model says little about the one that its author has. */
function asInformation(finding: Finding): Finding {
  return {
    ...finding,
    ...(isAlarm(finding) && { severity: 'information' as const }),
    message: `${finding.message} The file names no data, so this is a stand-in task.`,
  };
}

/**
 * The roots; findings of rules that speak alone are among them only where nothing else gives a reason, and are never
 * symptoms.
 */
function withFallback(
  findings: readonly Finding[],
  roots: (findings: readonly Finding[]) => readonly Finding[],
): readonly Finding[] {
  const alone = new Set(RULES.filter(({ meta }) => meta.speaksAlone).map(({ meta }) => meta.id));
  const reasons = roots(findings.filter(({ rule }) => !alone.has(rule)));
  const hasReason = reasons.some(({ rule, severity }) => severity !== 'hint' && rule !== 'clip-never-binds');
  return hasReason ? reasons : [...findings.filter(({ rule }) => alone.has(rule)), ...reasons];
}

/** As many roots as a model may get, the silenced ones beside them. */
function likeliest(
  roots: readonly Finding[],
  { isSilenced, maximumFindings = MAXIMUM_FINDINGS }: DiagnosisSettings,
): readonly Finding[] {
  const silenced = roots.filter(root => isSilenced?.(root) === true);
  const kept = new Set([...silenced, ...roots.filter(root => !silenced.includes(root)).slice(0, maximumFindings)]);
  return roots.filter(root => kept.has(root));
}
