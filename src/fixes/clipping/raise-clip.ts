import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import { clipPreview } from './clip-preview';
import type { FixMaker } from '../fix-context';
import { quantile, stepsWithGradient } from '../evidence/recorded-norms';
import { roundDown } from '../round-down';

/**
 * Share of the steps that clipping is to leave as they are: it is for the rare large gradient (Pascanu et al. 2013).
 */
const LEFT_ALONE = 0.9;

/**
 * Raises a clipping norm that binds all the time to the 90th percentile of the recorded norms, so that it is for
 * outliers only.
 */
export const raiseClip: FixMaker = ({ model: { clip }, history }) => {
  if (clip.type !== 'norm') return undefined;
  const records = stepsWithGradient(history);
  const max = roundDown(
    quantile(
      records.map(record => record.gradientNorm),
      LEFT_ALONE,
    ),
    2,
  );
  if (!(max > clip.max)) return undefined;
  return {
    id: 'raise-clip',
    title: `Raise the clipping norm to ${writtenNumber(max)}`,
    detail: clipPreview(records, record =>
      Array.from(record.parameterGradientNorms, () => Math.min(1, max / record.gradientNorm)),
    ),
    changes: [set({ setting: 'clip', part: 'max' }, max)],
  };
};
