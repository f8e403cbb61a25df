import { median } from '../../record/median';
import type { ModelSpec } from '../../model/model-spec';
import type { ParameterLayout, RunLayout, StepRecord } from '../../record/step-record';

/** Steps at the beginning of a run that tell what an update does to weights as they started. */
export const FIRST_STEPS = 10;

/**
 * Whether an update is proportional to the gradient. The others divide by the gradient's own size, so clipping a
 * gradient that is large all the time changes nothing about them.
 */
export function isProportional(model: ModelSpec): boolean {
  return model.optimizer.type === 'sgd';
}

/**
 * Indices of the trained parameters that multiply: those whose relative change tells whether a step is too long. Biases
 * start at 0.
 */
export function weightsOf(layout: RunLayout): readonly number[] {
  const multiplies = new Set<ParameterLayout['role']>(['kernel', 'recurrent', 'embedding']);
  return layout.parameters.flatMap(({ role, trainable }, index) => (trainable && multiplies.has(role) ? [index] : []));
}

/**
 * The largest relative change of any weight matrix in an update, by unit of the optimizer's learning rate: m ‖g‖ / ‖w‖
 * where updates are proportional to the gradient g (before clipping, and before momentum adds up), m being what the
 * layer multiplies the rate by, else the measured ‖Δw‖ / (rate ‖w‖). Median over `records`; NaN where none tells.
 */
export function changePerRate(model: ModelSpec, layout: RunLayout, records: readonly StepRecord[]): number {
  const proportional = isProportional(model);
  return median(
    records
      .map(record =>
        Math.max(
          ...weightsOf(layout).map(index => {
            const norm = record.parameterNorms[index];
            if (!(norm > 0)) {
              return 0;
            }
            return proportional
              ? (record.parameterGradientNorms[index] * layout.parameters[index].learningRateMultiplier) / norm
              : record.updateNorms[index] / (record.learningRate * norm);
          }),
        ),
      )
      .filter(change => change > 0 && Number.isFinite(change)),
  );
}
