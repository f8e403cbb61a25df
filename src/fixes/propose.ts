import type { FixId } from '../diagnosis/finding';
import { adaptiveClip } from './adaptive-clip';
import { adaptiveOptimizer } from './adaptive-optimizer';
import { clipByNorm } from './clip-by-norm';
import { clipByValue } from './clip-by-value';
import { clipPerParameter } from './clip-per-parameter';
import { decaySchedule } from './decay-schedule';
import { fittingInitializer } from './fitting-initializer';
import { forgetBias } from './forget-bias';
import { gatedRecurrent } from './gated-recurrent';
import { geluActivation } from './gelu-activation';
import { l1 } from './l1';
import { l2 } from './l2';
import { largerBatch } from './larger-batch';
import { leakyReluActivation } from './leaky-relu-activation';
import { linearOutput } from './linear-output';
import { lowerLearningRate } from './lower-learning-rate';
import { lsuvInitializer } from './lsuv-initializer';
import { matchingLoss } from './matching-loss';
import { orthogonalRecurrentInitializer } from './orthogonal-recurrent-initializer';
import { raiseClip } from './raise-clip';
import { raiseLearningRate } from './raise-learning-rate';
import { reluActivation } from './relu-activation';
import { removeClip } from './remove-clip';
import { seluActivation } from './selu-activation';
import { smallerOutputInitializer } from './smaller-output-initializer';
import { standardizeInput } from './standardize-input';
import { tanhActivation } from './tanh-activation';
import { warmUp } from './warm-up';
import { weightDecay } from './weight-decay';
import { weightNorm } from './weight-norm';
import { batchNorm } from './batch-norm';
import { layerNorm } from './layer-norm';
import { residualConnections } from './residual-connections';
import { preNorm } from './pre-norm';
import { standardizeTarget } from './standardize-target';
import type { Fix } from './fix';
import type { FixContext, FixMaker } from './fix-context';
import { constantSchedule } from './constant-schedule';
import { zeroBias } from './zero-bias';

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
  'clip-per-parameter': clipPerParameter,
  'adaptive-clip': adaptiveClip,
  'remove-clip': removeClip,
  'raise-clip': raiseClip,
  'warm-up': warmUp,
  'decay-schedule': decaySchedule,
  'adaptive-optimizer': adaptiveOptimizer,
  'raise-learning-rate': raiseLearningRate,
  'weight-decay': weightDecay,
  l1,
  l2,
  'larger-batch': largerBatch,
  'linear-output': linearOutput,
  'matching-loss': matchingLoss,
  'forget-bias': forgetBias,
  'gated-recurrent': gatedRecurrent,
  'weight-norm': weightNorm,
  'lsuv-initializer': lsuvInitializer,
  'smaller-output-initializer': smallerOutputInitializer,
  'selu-activation': seluActivation,
  'gelu-activation': geluActivation,
  'tanh-activation': tanhActivation,
  'batch-norm': batchNorm,
  'layer-norm': layerNorm,
  'residual-connections': residualConnections,
  'pre-norm': preNorm,
  'standardize-target': standardizeTarget,
  'zero-bias': zeroBias,
  'constant-schedule': constantSchedule,
};

/** The cures of the catalogue that the finding does not name, as far as they apply; none is preferred. */
export function otherFixes(context: FixContext): readonly Fix[] {
  const ids = (Object.keys(FIX_MAKERS) as FixId[]).filter((id) => !context.finding.fixes.includes(id));
  return proposeFixes({ ...context, finding: { ...context.finding, fixes: ids } }).map((fix) => ({ ...fix, preferred: false }));
}

/** The cures that the finding names and that apply to the file as it is, best first; the first one is preferred. */
export function proposeFixes(context: FixContext): readonly Fix[] {
  return context.finding.fixes
    .map((id) => FIX_MAKERS[id](context))
    .filter((draft) => draft !== undefined && draft.edits.length > 0)
    .map((draft, index) => ({ ...draft!, preferred: index === 0 }));
}
