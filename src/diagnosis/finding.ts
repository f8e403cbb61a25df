/** A fault found in a training run: the meeting point of `diagnosis/`, the editor and `fixes/`. Plain data. */
import type { Place } from '../model/place';
import type { RuleId } from './rules/index';

export type { RuleId };

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Cures, by the text edit they make. */
export type FixId =
  | 'clip-by-norm'
  | 'clip-by-value'
  | 'fitting-initializer'
  | 'orthogonal-recurrent-initializer'
  | 'lower-learning-rate'
  | 'leaky-relu-activation'
  | 'relu-activation'
  | 'standardize-input'
  | 'clip-per-parameter'
  | 'adaptive-clip'
  | 'remove-clip'
  | 'raise-clip'
  | 'warm-up'
  | 'decay-schedule'
  | 'adaptive-optimizer'
  | 'raise-learning-rate'
  | 'weight-decay'
  | 'l1'
  | 'l2'
  | 'larger-batch'
  | 'linear-output'
  | 'matching-loss'
  | 'forget-bias'
  | 'lstm-recurrent'
  | 'gru-recurrent'
  | 'auto-clip'
  | 'z-clip'
  | 'output-per-class'
  | 'weight-norm'
  | 'lsuv-initializer'
  | 'smaller-output-initializer'
  | 'selu-activation'
  | 'gelu-activation'
  | 'tanh-activation'
  | 'batch-norm'
  | 'layer-norm'
  | 'residual-connections'
  | 'pre-norm'
  | 'standardize-target'
  | 'zero-bias'
  | 'constant-schedule'
  | 'lower-weight-decay'
  | 'lower-penalty'
  | 'more-steps';

/** Another place that plays a part, with what it has to do with the finding. */
export interface RelatedPlace {
  readonly at: Place;
  readonly message: string;
  /** Dotted path of the layer that it is about, where it is about one. */
  readonly layer?: string;
  /** The rule whose finding it would be if the finding did not explain it. */
  readonly rule?: RuleId;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Dotted path of the responsible layer; `undefined` where the whole model is. */
  readonly layer: string | undefined;
  /** Every layer that shares the fault, `layer` among them, where a stack of like layers does. */
  readonly layers?: readonly string[];
  /** The smallest place of the model that is responsible: a part of the layer or setting, or all of it. */
  readonly at: Place;
  /** The fault, its measured number and the advice; two or three plain sentences. */
  readonly message: string;
  /** The numbers behind it, by name, for tests and machines. */
  readonly measured: Readonly<Record<string, number>>;
  /** First step at which it showed. */
  readonly step: number;
  readonly related: readonly RelatedPlace[];
  /** Cures worth trying, best first. */
  readonly fixes: readonly FixId[];
  /**
   * Cures that undo the cause, the smallest edit first; also such as are only tried where those of `fixes` do not help.
   * See `causalFixes`.
   */
  readonly causal?: readonly FixId[];
}

/**
 * Cures that undo the cause, where others only make it bearable: those that the rule says do so, or the first that it
 * names.
 */
export function causalFixes({
  fixes,
  causal = fixes.slice(0, 1),
}: Pick<Finding, 'fixes' | 'causal'>): readonly FixId[] {
  return causal;
}

/** Whether a finding calls for action: an error or a warning. */
export function isAlarm({ severity }: Pick<Finding, 'severity'>): boolean {
  return severity === 'error' || severity === 'warning';
}
