import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import { clipPreview } from './clip-preview';
import { clipThreshold } from './clip-threshold';
import type { FixMaker } from '../fix-context';
import { stepsWithGradient } from '../evidence/recorded-norms';

/**
 * Clips the gradient of all parameters together, g · min(1, c / ‖g‖): keeps its direction (Pascanu, Mikolov and Bengio
 * 2013). For c see `clipThreshold`. Replaces clipping by value, by parameter or by unit; of clipping by norm only the
 * number, and only by a smaller one; a limit that follows from past norms (AutoClip, ZClip) only where it held nothing
 * back in the run.
 */
export const clipByNorm: FixMaker = context => {
  const max = clipThreshold(context);
  const { clip } = context.model;
  if (max === undefined || (clip.type === 'norm' && clip.max <= max)) {
    return undefined;
  }
  if (
    (clip.type === 'auto-clip' || clip.type === 'z-clip') &&
    context.history.records.some(({ clipFactor }) => clipFactor < 1)
  ) {
    return undefined;
  }
  return {
    id: 'clip-by-norm',
    title: `${clip.type === 'norm' ? 'Lower the clipping norm to' : 'Clip gradients to norm'} ${writtenNumber(max)}`,
    detail: clipPreview(stepsWithGradient(context.history), record =>
      Array.from(record.parameterGradientNorms, () => Math.min(1, max / record.gradientNorm)),
    ),
    changes: [set({ setting: 'clip' }, { type: 'norm', max })],
  };
};
