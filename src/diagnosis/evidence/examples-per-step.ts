import type { ModelSpec } from '../../model/model-spec';
import type { RunLayout } from '../../record/step-record';

/**
 * Examples that one update is made from: a batch, which is at most all there are, or several whose gradients are
 * accumulated.
 */
export function examplesPerStep(model: ModelSpec, { trainingExamples }: Pick<RunLayout, 'trainingExamples'>): number {
  return Math.min(model.batchSize, trainingExamples) * model.gradientAccumulation;
}
