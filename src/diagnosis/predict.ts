/** Predicts faults of a model before it is trained: from its text, and from the first step of a few seeds. */
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import type { DiagnosisSettings } from './diagnose';
import { rootsOf } from './explanations';
import type { Finding } from './finding';
import { allLayers } from './layers';
import { predictByConstruction } from './predict/by-construction';
import { predictFromStarts } from './predict/from-starts';
import { optionsIn } from './rule-options';
import { RULES } from './rules/index';

/** As many as a run's diagnosis gives. */
const MAXIMUM_FINDINGS = 3;
/**
 * Predicted findings, the likeliest root first, of severity `information` or, where the settings have it so, `hint`:
 * nothing is trained yet, whatever severity a rule has after a run. What does not hold whatever the first weights says
 * in how many seeds it was seen; only what theory explains and every seed shows is reported, or what is certain for
 * each seed that shows it.
 *
 * @param starts runs of `startOf`, one a seed; without any, only what the text alone decides is found
 */
export function predict(
  model: ModelSpec,
  starts: readonly RunHistory[],
  settings: DiagnosisSettings = {},
): readonly Finding[] {
  const begun = starts.filter(({ records }) => records.length > 0);
  const optionOf = optionsIn(settings.options);
  const { severities = {}, isSilenced, maximumFindings = MAXIMUM_FINDINGS } = settings;
  const findings = [
    ...predictByConstruction(model, begun[0]?.layout, optionOf),
    ...predictFromStarts(model, begun, optionOf),
  ].filter(({ rule }) => severities[rule] !== 'off');
  const layers = allLayers(model.layers).map(layer => layer.path);
  return rootsOf(findings, { rules: RULES.map(rule => rule.meta), layers })
    .filter(root => isSilenced?.(root) !== true)
    .slice(0, maximumFindings)
    .map(root => ({
      ...root,
      severity: severities[root.rule] === 'hint' ? ('hint' as const) : ('information' as const),
    }));
}
