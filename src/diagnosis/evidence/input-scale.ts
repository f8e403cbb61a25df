/** Whether the input's scale makes the loss steep. */
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';

export interface InputScale {
  readonly mean: number;
  readonly std: number;
  /**
   * Mean square of the input values: 1 for standardized ones. The loss is that many times steeper in the first weights.
   */
  readonly meanSquare: number;
  /** Whether the model file can ask for standardized input. */
  readonly curable: boolean;
}

/** `undefined` for token ids and where the run does not tell. */
export function inputScale(model: ModelSpec, history: RunHistory): InputScale | undefined {
  const statistics = history.layout.inputStatistics;
  if (statistics === undefined) return undefined;
  const { mean, std } = statistics;
  const { data } = model;
  const curable = ('standardize' in data && !data.standardize) || ('scale' in data && data.scale !== 1);
  return { mean, std, meanSquare: mean * mean + std * std, curable };
}
