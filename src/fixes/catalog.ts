/** Every cure that there is. */
import type { FixId } from '../diagnosis/finding';
import { geluActivation } from './activations/gelu-activation';
import { leakyReluActivation } from './activations/leaky-relu-activation';
import { reluActivation } from './activations/relu-activation';
import { seluActivation } from './activations/selu-activation';
import { tanhActivation } from './activations/tanh-activation';
import { adaptiveClip } from './clipping/adaptive-clip';
import { autoClip } from './clipping/auto-clip';
import { clipByNorm } from './clipping/clip-by-norm';
import { clipByValue } from './clipping/clip-by-value';
import { clipPerParameter } from './clipping/clip-per-parameter';
import { raiseClip } from './clipping/raise-clip';
import { removeClip } from './clipping/remove-clip';
import { zClip } from './clipping/z-clip';
import { standardizeInput } from './data/standardize-input';
import { standardizeTarget } from './data/standardize-target';
import { fittingInitializer } from './initializers/fitting-initializer';
import { forgetBias } from './initializers/forget-bias';
import { lsuvInitializer } from './initializers/lsuv-initializer';
import { orthogonalRecurrentInitializer } from './initializers/orthogonal-recurrent-initializer';
import { smallerOutputInitializer } from './initializers/smaller-output-initializer';
import { zeroBias } from './initializers/zero-bias';
import { batchNorm } from './normalization/batch-norm';
import { layerNorm } from './normalization/layer-norm';
import { preNorm } from './normalization/pre-norm';
import { weightNorm } from './normalization/weight-norm';
import { adaptiveOptimizer } from './optimization/adaptive-optimizer';
import { constantSchedule } from './optimization/constant-schedule';
import { decaySchedule } from './optimization/decay-schedule';
import { largerBatch } from './optimization/larger-batch';
import { lowerLearningRate } from './optimization/lower-learning-rate';
import { moreSteps } from './optimization/more-steps';
import { raiseLearningRate } from './optimization/raise-learning-rate';
import { warmUp } from './optimization/warm-up';
import { linearOutput } from './output/linear-output';
import { matchingLoss } from './output/matching-loss';
import { outputPerClass } from './output/output-per-class';
import { l1 } from './regularization/l1';
import { l2 } from './regularization/l2';
import { lowerPenalty } from './regularization/lower-penalty';
import { lowerWeightDecay } from './regularization/lower-weight-decay';
import { weightDecay } from './regularization/weight-decay';
import { gruRecurrent } from './structure/gru-recurrent';
import { lstmRecurrent } from './structure/lstm-recurrent';
import { residualConnections } from './structure/residual-connections';
import type { FixMaker } from './fix-context';

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
  'auto-clip': autoClip,
  'z-clip': zClip,
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
  'output-per-class': outputPerClass,
  'forget-bias': forgetBias,
  'lstm-recurrent': lstmRecurrent,
  'gru-recurrent': gruRecurrent,
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
  'lower-weight-decay': lowerWeightDecay,
  'lower-penalty': lowerPenalty,
  'more-steps': moreSteps,
};
