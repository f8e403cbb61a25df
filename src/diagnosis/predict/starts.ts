/** The first steps of a model with several seeds. */
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import type { RunLayout, StepRecord } from '../../record/step-record';
import type { RuleContext } from '../rule';

/** Evidence for the rules of this folder: one record per seed. */
export interface Starts {
  readonly model: ModelSpec;
  readonly layout: RunLayout;
  readonly history: RunHistory;
  readonly records: readonly StepRecord[];
  /** Limits as the user has set them: a prediction never says what a run's diagnosis would not. */
  readonly optionOf: RuleContext['optionOf'];
}

/** The chance of a prediction, for machines. */
export function seedsOf(found: number, tried: number): Readonly<Record<string, number>> {
  return { seedsFound: found, seedsTried: tried };
}
