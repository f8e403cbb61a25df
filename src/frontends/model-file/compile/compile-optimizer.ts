import type { OptimizerSpec } from '../../../model/model-spec';
import { rangeAt } from '../source-range';
import type { VariantValue } from '../../../model/vocabulary/family';
import { MUON_TO_ADAMW, type OPTIMIZERS } from '../../../model/vocabulary/optimizers';
import { report, type Compilation } from './compilation';

/** The optimizer under the names of `ModelSpec`. */
export function compileOptimizer(compilation: Compilation, values: VariantValue<typeof OPTIMIZERS>): OptimizerSpec {
  const shared = { learningRate: values.learning_rate, weightDecay: values.weight_decay };
  switch (values.type) {
    case 'sgd': {
      const range = rangeAt(compilation.document, ['optimizer', 'nesterov']);
      if (values.nesterov && values.momentum === 0 && range) {
        report(
          compilation,
          'out-of-range',
          '`nesterov` needs a `momentum` above 0; set it to 0.9, which is usual.',
          range,
        );
      }
      return { ...shared, type: values.type, momentum: values.momentum, nesterov: values.nesterov };
    }
    case 'adam':
      return { ...shared, type: values.type, ...betasOf(values), epsilon: values.epsilon, amsgrad: values.amsgrad };
    case 'adamw':
    case 'adamax':
    case 'radam':
      return { ...shared, type: values.type, ...betasOf(values), epsilon: values.epsilon };
    case 'nadam':
      return {
        ...shared,
        type: values.type,
        ...betasOf(values),
        epsilon: values.epsilon,
        momentumDecay: values.momentum_decay,
      };
    case 'lion':
      return { ...shared, type: values.type, ...betasOf(values) };
    case 'muon': {
      const {
        adjust_lr_fn: adjustLearningRate,
        adamw_betas: [adamwBeta1, adamwBeta2],
      } = values;
      return {
        ...shared,
        type: values.type,
        momentum: values.momentum,
        nesterov: values.nesterov,
        nsSteps: values.ns_steps,
        epsilon: values.epsilon,
        adjustLearningRate,
        adamwLearningRate: values.adamw_learning_rate ?? values.learning_rate * MUON_TO_ADAMW[adjustLearningRate],
        adamwBeta1,
        adamwBeta2,
        adamwEpsilon: values.adamw_epsilon,
      };
    }
    case 'shampoo':
      return {
        ...shared,
        type: values.type,
        momentum: values.momentum,
        epsilon: values.epsilon,
        preconditionFrequency: values.precondition_frequency,
        maxPreconditionerDim: values.max_preconditioner_dim,
      };
    case 'lbfgs':
      return {
        ...shared,
        type: values.type,
        historySize: values.history_size,
        toleranceGradient: values.tolerance_grad,
        toleranceChange: values.tolerance_change,
      };
    case 'rmsprop':
      return { ...shared, type: values.type, alpha: values.alpha, epsilon: values.epsilon, momentum: values.momentum };
    case 'adagrad':
      return { ...shared, type: values.type, epsilon: values.epsilon };
    case 'adadelta':
      return { ...shared, type: values.type, rho: values.rho, epsilon: values.epsilon };
  }
}

function betasOf({ betas }: { readonly betas: readonly [number, number] }): {
  readonly beta1: number;
  readonly beta2: number;
} {
  return { beta1: betas[0], beta2: betas[1] };
}
