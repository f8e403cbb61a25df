import { set } from '../../model/change';
import { zClipLimit } from '../../engine/norm-limits';
import { writtenNumber } from '../../text/written-number';
import { calmSteps } from '../evidence/calm-steps';
import { stepsWithGradient } from '../evidence/recorded-norms';
import type { FixMaker } from '../fix-context';
import { limitPreview } from './clip-preview';
import { isUnclipped } from './unclipped';

/** The paper's values. */
const STANDARD = { threshold: 2.5, decay: 0.97, warmup: 25 } as const;
/** Mean and deviation of fewer norms say nothing. */
const MIN_NORMS_FOR_STATISTICS = 5;

/**
 * ZClip (Kumar, Owen, Chowdhury and Güra 2025): leaves ordinary gradients alone and clips those more than 2.5
 * deviations above the running mean of the norm. Its first 25 steps pass as they are; where the run broke out before,
 * only those up to then. Not offered for a run without five calm steps to begin with, nor where something else holds
 * gradients back.
 */
export const zClip: FixMaker = ({ model, history }) => {
  const warmup = Math.min(STANDARD.warmup, calmSteps(history).length);
  if (warmup < MIN_NORMS_FOR_STATISTICS || !isUnclipped(model, history) || model.clip.type === 'z-clip')
    return undefined;
  const { threshold, decay } = STANDARD;
  return {
    id: 'z-clip',
    title: `Clip norms that are ${writtenNumber(threshold)} deviations above their running mean`,
    detail: limitPreview(stepsWithGradient(history), zClipLimit({ threshold, decay, warmup })),
    changes: [
      set({ setting: 'clip' }, { type: 'z-clip', threshold, decay, ...(warmup < STANDARD.warmup && { warmup }) }),
    ],
  };
};
