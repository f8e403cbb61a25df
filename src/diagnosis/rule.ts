/** What a rule is: a name with its options, and a pure check of one run. */
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import type { Evidence } from './evidence/evidence';
import type { Finding, FixId, RuleId, Severity } from './finding';

/** A number that a user may set for a rule. */
export interface RuleOption {
  readonly name: string;
  readonly description: string;
  readonly default: number;
  /** Where the default comes from: literature, theory or a measurement. */
  readonly source: string;
}

export interface RuleMeta {
  readonly id: RuleId;
  /** One sentence: what a run looks like in which this rule speaks. */
  readonly summary: string;
  /** Severity unless the run was destroyed (then `error`) or the user set another. */
  readonly severity: Severity;
  readonly options: readonly RuleOption[];
  /** Every cure that a finding of this rule may name. */
  readonly fixes: readonly FixId[];
  /**
   * Rules whose faults this one brings about in the same run, from the step on at which it shows: `explanations.ts`.
   */
  readonly explains: readonly RuleId[];
  /**
   * The way the fault takes through the layers; of two that explain each other the one further upstream is the root.
   */
  readonly travels?: 'forward' | 'backward';
  /**
   * Whether it is seen only after the first updates have already done harm with it: it then explains all but step 0.
   */
  readonly showsLate?: true;
  /** Whether it judges how well the task is learnt: of a stand-in task that the product chose, it informs at most. */
  readonly judgesTheTask?: true;
  /**
   * Whether its evidence is worth a counterfactual in a run that trains: does the cure end clearly better? See
   * `suspect`.
   */
  readonly costsPartly?: true;
  /** Whether it speaks only where no other rule gives a reason. */
  readonly speaksAlone?: true;
}

/** A run with all that was worked out from it, and the options of the rule that looks at it. */
export interface RuleContext {
  readonly model: ModelSpec;
  readonly history: RunHistory;
  readonly evidence: Evidence;
  /** Value of one of the rule's own options. @throws RangeError for a name that the rule does not declare */
  readonly option: (name: string) => number;
}

export interface Rule {
  readonly meta: RuleMeta;
  /** At most one finding a cause; other places with the same cause are in its `related`. */
  readonly check: (context: RuleContext) => readonly Finding[];
}
