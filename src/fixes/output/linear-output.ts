import type { FixMaker } from '../fix-context';
import { outputActivation } from './output-activation';

/**
 * Leaves the output as the last layer computes it. The cross-entropies take raw scores, so a softmax or sigmoid before
 * them is applied twice and flattens their gradient; a relu or a bounded activation before a squared error keeps the
 * output from values that the targets have, and dies or saturates there.
 */
export const linearOutput: FixMaker = ({ model }) => {
  const output = outputActivation(model);
  // Without its only layer there is no model left.
  const isAllThereIs = model.layers.length === 1 && model.layers[0].type === 'activation';
  return output && !isAllThereIs
    ? {
        id: 'linear-output',
        title: `Remove ${output.activation} from the output of ${output.path}`,
        changes: [output.removal],
      }
    : undefined;
};
