/** A rule: its description, and a pure check of one run. */
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import type { Evidence } from './evidence/evidence';
import type { Finding, FixId, Severity } from './finding';
import type { Measurement } from './measurement';
import type { OptionName, RuleId } from './rules/index';

/** A number that a user may set for a rule. */
export interface RuleOption {
  readonly name: string;
  readonly description: string;
  readonly default: number;
  /** Where the default comes from: literature, theory or a measurement. */
  readonly source: string;
}

/** Headings under which docs/rules/README.md lists the rules. */
export type RuleGroup =
  | 'Gradient and signal over depth'
  | 'Recurrent layers'
  | 'Units and first weights'
  | 'Data, output and loss'
  | 'Learning rate, clipping and batch'
  | 'The course of the run'
  | 'Regularization and generalization';

/**
 * All that is said of a rule outside its check. Settings, documentation and words of the panel are derived from it.
 * Other rules are named by plain text here, because the names of all rules are known only once each is written.
 */
export interface RuleDescription {
  readonly id: string;
  /** One to three words for a table of layers, a headline and a status bar. */
  readonly word: string;
  /** The fault with its article, for what a cure does: "removes the explosion". */
  readonly noun: string;
  readonly group: RuleGroup;
  /** One sentence: what a run looks like in which this rule speaks. */
  readonly summary: string;
  /** Severity unless the run was destroyed (then `error`) or the user set another. */
  readonly severity: Severity;
  readonly options: readonly RuleOption[];
  /** Measurements without which the rule cannot judge a run. */
  readonly needs: readonly Measurement[];
  /** Every cure that a finding of this rule may name. */
  readonly fixes: readonly FixId[];
  /**
   * Rules whose faults this one brings about in the same run, from the step on at which it shows: `explanations.ts`.
   */
  readonly explains: readonly string[];
  /**
   * The way the fault takes through the layers; of two that explain each other the one further upstream is the root.
   */
  readonly travels?: 'forward' | 'backward';
  /**
   * Whether it is seen only after the first updates have already done harm with it: it then explains all but step 0.
   */
  readonly showsLate?: true;
  /** Whether it judges how well the task is learned: of a stand-in task that the product chose, it informs at most. */
  readonly judgesTheTask?: true;
  /**
   * Whether its evidence is worth a counterfactual in a run that trains: does the cure end clearly better? See
   * `suspect`.
   */
  readonly costsPartly?: true;
  /** Whether it speaks only where no other rule gives a reason. */
  readonly speaksAlone?: true;
}

/** A description in the names of the rules that exist. */
export interface RuleMeta extends RuleDescription {
  readonly id: RuleId;
  readonly explains: readonly RuleId[];
}

/** A run with all that was worked out from it, and the options of every rule. */
export interface RuleContext {
  readonly model: ModelSpec;
  readonly history: RunHistory;
  readonly evidence: Evidence;
  /** The value of a rule's option: the user's, or else its default. */
  readonly optionOf: <Id extends RuleId>(rule: Id, name: OptionName<Id>) => number;
}

/** Input of the check of one rule, with the options of that rule at hand. */
export interface OwnContext<Description extends RuleDescription> extends RuleContext {
  readonly option: (name: Description['options'][number]['name']) => number;
}

export interface Rule<Description extends RuleDescription = RuleMeta> {
  readonly meta: Description;
  /** At most one finding a cause; other places with the same cause are in its `related`. */
  readonly check: (context: OwnContext<Description>) => readonly Finding[];
}
