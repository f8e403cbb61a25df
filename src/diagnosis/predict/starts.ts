/** The first steps of a model with several seeds. */
import type { RunHistory } from '../../history/run-history';
import type { ModelSpec } from '../../spec/model-spec';
import type { RunLayout, StepRecord } from '../../training/step-record';

/** What the rules of this folder go by: one record a seed. */
export interface Starts {
  readonly model: ModelSpec;
  readonly layout: RunLayout;
  readonly history: RunHistory;
  readonly records: readonly StepRecord[];
}

/** The chance of a prediction, for machines. */
export function seedsOf(found: number, tried: number): Readonly<Record<string, number>> {
  return { seedsFound: found, seedsTried: tried };
}
