import type { ModelSpec } from '../model-spec';
import type { Setting } from '../place';
import type { ProblemLog } from './problem-log';

/**
 * Reports shares and sums of examples that the data cannot give. Of a file nobody knows yet how many it holds: its job
 * says the same.
 */
export function checkExampleCount(log: ProblemLog, model: ModelSpec): void {
  if (!('examples' in model.data)) {
    return;
  }
  const {
    data: { examples },
    validation,
    batchSize,
    gradientAccumulation,
  } = model;
  const at = (message: string, setting: Setting): void => log.report('too-few-examples', message, { setting });
  const held = validation > 0 ? Math.max(1, Math.round(examples * validation)) : 0;
  const training = examples - held;
  if (training < 1) {
    at(
      `\`validation\` of ${validation} leaves none of the ${examples} examples to learn from; lower it, or raise \`examples\`.`,
      'validation',
    );
  } else if (gradientAccumulation > 1 && batchSize * gradientAccumulation > training) {
    at(
      `\`gradient_accumulation\` of ${gradientAccumulation} batches of ${batchSize} needs ${batchSize * gradientAccumulation} examples a step, but ` +
        `there are ${training} to train on; lower it, or \`batch_size\`.`,
      'gradientAccumulation',
    );
  }
}
