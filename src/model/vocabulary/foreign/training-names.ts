import type { ForeignNames } from './foreign-names';

const WARMUP = ['warmup_steps', 'num_warmup_steps'];

/** Losses, optimizers, schedules and clipping of PyTorch and Keras. */
export const TRAINING_NAMES: Readonly<Record<string, ForeignNames>> = {
  loss: {
    names: {
      'cross-entropy': [
        'CrossEntropyLoss',
        'CategoricalCrossentropy',
        'categorical_crossentropy',
        'SparseCategoricalCrossentropy',
        'sparse_categorical_crossentropy',
      ],
      'binary-cross-entropy': [
        'BCEWithLogitsLoss',
        'binary_cross_entropy_with_logits',
        'bce_with_logits',
        'BCELoss',
        'BinaryCrossentropy',
        'binary_crossentropy',
        'bce',
      ],
      mse: ['MSELoss', 'mse_loss', 'MeanSquaredError', 'mean_squared_error'],
      mae: ['L1Loss', 'l1_loss', 'MeanAbsoluteError', 'mean_absolute_error'],
      msle: ['MeanSquaredLogarithmicError', 'mean_squared_logarithmic_error'],
      huber: ['HuberLoss', 'huber_loss', 'SmoothL1Loss', 'smooth_l1_loss'],
    },
    keys: { class_weights: ['weight'] },
  },
  data: { of: { npy: { targets: ['target'] }, idx: { labels: ['target'] } } },
  optimizer: {
    keys: { learning_rate: ['lr'], epsilon: ['eps'], adamw_learning_rate: ['adamw_lr'], adamw_epsilon: ['adamw_eps'] },
    of: {
      rmsprop: { alpha: ['rho'] },
      shampoo: { precondition_frequency: ['update_freq', 'preconditioning_compute_steps'] },
    },
  },
  schedule: {
    names: {
      step: ['StepLR'],
      exponential: ['ExponentialLR'],
      cosine: ['CosineAnnealingLR', 'CosineDecay'],
      'one-cycle': ['OneCycleLR'],
      plateau: ['ReduceLROnPlateau'],
    },
    keys: { factor: ['gamma'], every: ['step_size'], minimum: ['min_lr', 'eta_min'], warmup: WARMUP },
    of: { 'linear-warmup': { steps: WARMUP } },
  },
  clipping: {
    names: {
      norm: ['clip_grad_norm', 'global_clipnorm'],
      'per-parameter-norm': ['clipnorm'],
      value: ['clip_grad_value', 'clipvalue'],
      adaptive: ['agc'],
    },
    keys: { max: ['max_norm', 'clip_value'], factor: ['clip_factor'] },
  },
};
