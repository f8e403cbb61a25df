/** The first step of a model with several seeds: what predictions are made from. */
import type { ModelSpec } from '../model/model-spec';

/** Steps of a start: the first forward and backward pass, with what the update made of them would do. */
const START_STEPS = 1;
/** Examples of a start at least: a unit that is zero for a single one is not dead. */
const START_EXAMPLES = 32;

/** The model whose run is the start of `model` with the `index`th seed, counted from its own. */
export function startOf(model: ModelSpec, index: number): ModelSpec {
  return {
    ...model,
    seed: model.seed + index,
    steps: START_STEPS,
    validation: 0,
    batchSize: Math.max(model.batchSize, START_EXAMPLES),
    gradientAccumulation: 1,
  };
}
