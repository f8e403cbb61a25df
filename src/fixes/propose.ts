import type { FixId } from '../diagnosis/finding';
import { adaptiveClip } from './clipping/adaptive-clip';
import { adaptiveOptimizer } from './optimization/adaptive-optimizer';
import { clipByNorm } from './clipping/clip-by-norm';
import { clipByValue } from './clipping/clip-by-value';
import { clipPerParameter } from './clipping/clip-per-parameter';
import { decaySchedule } from './optimization/decay-schedule';
import { fittingInitializer } from './initializers/fitting-initializer';
import { forgetBias } from './initializers/forget-bias';
import { gatedRecurrent } from './structure/gated-recurrent';
import { geluActivation } from './activations/gelu-activation';
import { l1 } from './regularization/l1';
import { l2 } from './regularization/l2';
import { largerBatch } from './optimization/larger-batch';
import { leakyReluActivation } from './activations/leaky-relu-activation';
import { linearOutput } from './output/linear-output';
import { lowerLearningRate } from './optimization/lower-learning-rate';
import { lsuvInitializer } from './initializers/lsuv-initializer';
import { matchingLoss } from './output/matching-loss';
import { orthogonalRecurrentInitializer } from './initializers/orthogonal-recurrent-initializer';
import { raiseClip } from './clipping/raise-clip';
import { raiseLearningRate } from './optimization/raise-learning-rate';
import { reluActivation } from './activations/relu-activation';
import { removeClip } from './clipping/remove-clip';
import { seluActivation } from './activations/selu-activation';
import { smallerOutputInitializer } from './initializers/smaller-output-initializer';
import { standardizeInput } from './data/standardize-input';
import { tanhActivation } from './activations/tanh-activation';
import { warmUp } from './optimization/warm-up';
import { weightDecay } from './regularization/weight-decay';
import { weightNorm } from './normalization/weight-norm';
import { batchNorm } from './normalization/batch-norm';
import { layerNorm } from './normalization/layer-norm';
import { residualConnections } from './structure/residual-connections';
import { preNorm } from './normalization/pre-norm';
import { standardizeTarget } from './data/standardize-target';
import type { Fix } from './fix';
import type { FixContext, FixMaker } from './fix-context';
import { constantSchedule } from './optimization/constant-schedule';
import { zeroBias } from './initializers/zero-bias';

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
