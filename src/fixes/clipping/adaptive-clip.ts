import { set } from '../../model/change';
import { median } from '../../record/median';
import { largestMultiplier } from '../../record/rate-metric';
import { writtenNumber } from '../../text/written-number';
import type { StepRecord } from '../../record/step-record';
import { calmSteps } from '../evidence/calm-steps';
import { clipPreview } from './clip-preview';
import type { FixMaker } from '../fix-context';
import { quantile, stepsWithGradient } from '../evidence/recorded-norms';
import { roundDown } from '../round-down';
import { isProportional, weightsOf } from '../evidence/step-size';

/**
 * Relative change of the weights in an update that training withstands; the upper end of the customary 1e-3 to 1e-2.
 */
const SOUND_CHANGE = 1e-2;
const AUTOCLIP = 0.1;
/** A gradient as large as the weights is no gradient that training withstands; the paper takes 0.01 to 0.16. */
const LARGEST_FACTOR = 1;

/**
 * Adaptive gradient clipping (AGC, Brock et al. 2021): no unit's gradient may exceed a share of the norm of its
 * weights. The share is the typical one of the calm steps, the median of the largest ratio ‖g‖ / ‖w‖ of any weight
 * matrix, bounded for sgd by what an update may change (1e-2 / rate), for the others by the 10th percentile. Replaces
 * clipping by value. Not offered where that share is above 1.
 */
export const adaptiveClip: FixMaker = ({ model, history }) => {
  const { clip } = model;
  const weights = weightsOf(history.layout);
  const ratio = (record: StepRecord): number =>
    Math.max(
      ...weights
        .map(index => record.parameterGradientNorms[index] / record.parameterNorms[index])
        .filter(Number.isFinite),
    );
  const ratios = stepsWithGradient(history).map(ratio).filter(Number.isFinite);
  const typical = median(calmSteps(history).map(ratio).filter(Number.isFinite));
  const bound = isProportional(model)
    ? SOUND_CHANGE / (model.optimizer.learningRate * largestMultiplier(history.layout))
    : quantile(ratios, AUTOCLIP);
  const factor = roundDown(Math.min(typical, bound), 2);
  if (!(factor > 0 && factor <= LARGEST_FACTOR) || (clip.type !== 'none' && clip.type !== 'value')) return undefined;
  return {
    id: 'adaptive-clip',
    title: `Clip each unit's gradient to ${writtenNumber(factor)} of the norm of its weights`,
    detail: clipPreview(stepsWithGradient(history), record =>
      Array.from(record.parameterGradientNorms, (norm, index) =>
        Math.min(1, (factor * Math.max(1e-3, record.parameterNorms[index])) / norm),
      ),
    ),
    changes: [set({ setting: 'clip' }, { type: 'adaptive', factor })],
  };
};
