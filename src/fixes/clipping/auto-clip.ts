import { set } from '../../model/change';
import { autoClipLimit } from '../../engine/norm-limits';
import { stepsWithGradient } from '../evidence/recorded-norms';
import type { FixMaker } from '../fix-context';
import { limitPreview } from './clip-preview';
import { isUnclipped } from './unclipped';

/** The better of the paper's two values, 1 and 10, in all but one of its tasks. */
const PERCENTILE = 10;

/**
 * AutoClip (Seetharaman, Wichern, Pardo and Le Roux 2020): clips to the 10th percentile of all norms so far. The limit
 * follows the gradient's scale, so that a norm that was typical of the first steps does not bind ever after. Not
 * offered where something else holds gradients back.
 */
export const autoClip: FixMaker = ({ model, history }) => {
  const records = stepsWithGradient(history);
  if (records.length === 0 || !isUnclipped(model, history) || model.clip.type === 'auto-clip') return undefined;
  return {
    id: 'auto-clip',
    title: `Clip gradients to the ${PERCENTILE}th percentile of the norms so far`,
    detail: limitPreview(records, autoClipLimit(PERCENTILE)),
    changes: [set({ setting: 'clip' }, { type: 'auto-clip', percentile: PERCENTILE })],
  };
};
