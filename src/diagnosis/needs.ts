/** Which rules a run gives nothing to judge by: a recorder may leave out what the engine measures. */
import type { ModelSpec } from '../model/model-spec';
import { isFiniteRecord } from '../record/finite';
import type { RunHistory } from '../record/run-history';
import type { StepRecord } from '../record/step-record';
import { MEASUREMENTS, type Measurement } from './measurement';
import { RULES, type RuleId } from './rules/index';

/** A rule that was not run, and why. Plain data. */
export interface UnjudgedRule {
  readonly rule: RuleId;
  /** Measurements that the run lacks. */
  readonly needs: readonly Measurement[];
}

/**
 * The measurements that a run lacks although it could have them: a model without recurrent layers lacks no gradients
 * through time. A run without a finite step lacks nothing, because NaN is then what was measured.
 */
export function missingMeasurements(model: ModelSpec, history: RunHistory): ReadonlySet<Measurement> {
  const finite = history.records.filter(isFiniteRecord);
  const names = Object.keys(MEASUREMENTS) as readonly Measurement[];
  return new Set(
    names.filter(name => isApplicable(name, model, history, finite) && !isMeasured(name, history, finite)),
  );
}

/** The rules whose needs a run does not meet. */
export function unjudgedRules(model: ModelSpec, history: RunHistory): readonly UnjudgedRule[] {
  const missing = missingMeasurements(model, history);
  if (missing.size === 0) return [];
  return RULES.flatMap(({ meta }) => {
    const needs = meta.needs.filter(need => missing.has(need));
    return needs.length === 0 ? [] : [{ rule: meta.id, needs }];
  });
}

/** "Not judged: `dead-relu`, `dead-output` (needs the shares of dead units)." */
export function unjudgedText(unjudged: readonly UnjudgedRule[]): string {
  const rulesOf = new Map<string, RuleId[]>();
  for (const { rule, needs } of unjudged) {
    const words = needs.map(need => MEASUREMENTS[need]).join(' and ');
    rulesOf.set(words, [...(rulesOf.get(words) ?? []), rule]);
  }
  const parts = [...rulesOf].map(([words, rules]) => `${rules.map(rule => `\`${rule}\``).join(', ')} (needs ${words})`);
  return parts.length === 0 ? '' : `Not judged: ${parts.join('; ')}.`;
}

/** Whether the model and the length of the run leave anything to measure. */
function isApplicable(
  name: Measurement,
  model: ModelSpec,
  { layout }: RunHistory,
  finite: readonly StepRecord[],
): boolean {
  if (finite.length === 0) return false;
  switch (name) {
    case 'weights':
      return layout.parameters.length > 0;
    case 'gradients':
    case 'updates':
    case 'updateEffects':
      return layout.parameters.some(({ trainable }) => trainable);
    case 'gradientPairs':
      return finite.length > 1 && layout.parameters.some(({ trainable }) => trainable);
    case 'clipping':
      return model.clip.type !== 'none';
    case 'throughTime':
      return layout.layers.some(({ timeSteps }) => timeSteps !== undefined);
    case 'validation':
      return layout.validationExamples > 0;
    case 'input':
      return model.input.kind === 'features';
    case 'targets':
      return model.loss.type === 'mse' || model.loss.type === 'mae' || model.loss.type === 'huber';
    default:
      return layout.layers.length > 0;
  }
}

function isMeasured(name: Measurement, { layout }: RunHistory, finite: readonly StepRecord[]): boolean {
  const hasNumbers = (pick: (record: StepRecord) => Iterable<number>): boolean =>
    finite.some(record => Array.from(pick(record)).some(value => !Number.isNaN(value)));
  switch (name) {
    case 'gradients':
      return hasNumbers(({ gradientNorm }) => [gradientNorm]);
    case 'outputGradients':
      return hasNumbers(({ outputGradientNorms }) => outputGradientNorms);
    case 'activations':
      return hasNumbers(({ outputStd }) => outputStd);
    case 'deadUnits':
      return hasNumbers(({ deadShare }) => deadShare);
    case 'saturation':
      return hasNumbers(({ saturatedShare }) => saturatedShare);
    case 'weights':
      return hasNumbers(({ parameterNorms }) => parameterNorms);
    case 'updates':
      return hasNumbers(({ updateNorms }) => updateNorms);
    case 'clipping':
      return hasNumbers(({ clipFactor }) => [clipFactor]);
    case 'updateEffects':
      return hasNumbers(({ updateEffect }) => (updateEffect === undefined ? [] : [updateEffect.loss]));
    case 'gradientPairs':
      return hasNumbers(({ gradientPair }) => (gradientPair === undefined ? [] : [gradientPair.product]));
    case 'throughTime':
      return hasNumbers(({ stateGradients }) => stateGradients.flatMap(({ hidden }) => [...hidden]));
    case 'validation':
      return hasNumbers(({ validation }) => (validation === undefined ? [] : [validation.loss]));
    case 'input':
      return layout.inputStatistics !== undefined && !Number.isNaN(layout.inputStatistics.std);
    case 'targets':
      return layout.targetStatistics !== undefined && !Number.isNaN(layout.targetStatistics.std);
  }
}
