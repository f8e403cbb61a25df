import type { FixId } from '../diagnosis/finding';
import { clipByNorm } from './clip-by-norm';
import { clipByValue } from './clip-by-value';
import type { Fix } from './fix';
import type { FixContext, FixMaker } from './fix-context';
import { fittingInitializer } from './fitting-initializer';
import { leakyReluActivation } from './leaky-relu-activation';
import { lowerLearningRate } from './lower-learning-rate';
import { orthogonalRecurrentInitializer } from './orthogonal-recurrent-initializer';
import { reluActivation } from './relu-activation';
import { standardizeInput } from './standardize-input';

/** Every cure by its id. */
export const FIX_MAKERS: Readonly<Record<FixId, FixMaker>> = {
  'clip-by-norm': clipByNorm,
  'clip-by-value': clipByValue,
  'fitting-initializer': fittingInitializer,
  'orthogonal-recurrent-initializer': orthogonalRecurrentInitializer,
  'lower-learning-rate': lowerLearningRate,
  'leaky-relu-activation': leakyReluActivation,
  'relu-activation': reluActivation,
  'standardize-input': standardizeInput,
};

/** The cures that the finding names and that apply to the file as it is, best first; the first one is preferred. */
export function proposeFixes(context: FixContext): readonly Fix[] {
  return context.finding.fixes
    .map((id) => FIX_MAKERS[id](context))
    .filter((draft) => draft !== undefined && draft.edits.length > 0)
    .map((draft, index) => ({ ...draft!, preferred: index === 0 }));
}
