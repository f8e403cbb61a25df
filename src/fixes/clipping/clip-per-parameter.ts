import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import { clipPreview } from './clip-preview';
import { clipThreshold } from './clip-threshold';
import type { FixMaker } from '../fix-context';
import { stepsWithGradient } from '../evidence/recorded-norms';
import { roundDown } from '../round-down';

/**
 * Clips the gradient of each parameter to c / √p, c being the norm of `clipThreshold` and p the number of trained
 * parameters: the largest bound under which the whole gradient cannot exceed c. One exploding layer does not slow the
 * others, as it does where all are scaled together. Not offered where another norm is clipped already.
 */
export const clipPerParameter: FixMaker = context => {
  const {
    model: { clip },
    history,
  } = context;
  const norm = clipThreshold(context);
  const count = history.layout.parameters.filter(({ trainable }) => trainable).length;
  if (norm === undefined || count < 2 || (clip.type !== 'none' && clip.type !== 'value')) return undefined;
  const max = roundDown(norm / Math.sqrt(count), 2);
  return {
    id: 'clip-per-parameter',
    title: `Clip the gradient of each parameter to norm ${writtenNumber(max)}`,
    detail: clipPreview(stepsWithGradient(history), record =>
      Array.from(record.parameterGradientNorms, each => (each > max ? max / each : 1)),
    ),
    changes: [set({ setting: 'clip' }, { type: 'per-parameter-norm', max })],
  };
};
