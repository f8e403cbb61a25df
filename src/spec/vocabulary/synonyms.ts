/**
 * Names of other libraries that are near to ours without being the same, so that whoever writes one is asked whether ours is meant.
 * Those that mean exactly the same are accepted: see `foreign/foreign-names.ts`.
 */

/** Our names for a foreign one; of several, the one that is known in the place counts. */
export type Synonyms = Readonly<Record<string, string | readonly string[]>>;

/** Keys. */
export const KEY_SYNONYMS: Synonyms = {
  neurons: 'units', nodes: 'units', width: 'units', size: 'units', out_channels: 'units', channels: 'filters',
  hidden_size: 'units', hidden_dim: 'units', embedding_dim: 'units', output_dim: 'units', out_features: 'filters',
  vocab: 'vocabulary', vocab_length: 'tokens', time: 'length', max_len: 'length',
  intermediate_dim: 'feed_forward', norm_first: 'norm',
  weight_normalization: 'weight_norm', weightnorm: 'weight_norm',
  kernel_init: 'kernel_initializer', weight_initializer: 'kernel_initializer', weight_init: 'kernel_initializer',
  initializer: 'kernel_initializer', init: 'kernel_initializer',
  bias_init: 'bias_initializer', recurrent_init: 'recurrent_initializer', act: 'activation', return_sequences: 'output',
  unit_forget_bias: 'forget_bias', frozen: 'trainable', freeze: 'trainable', dropout: 'rate', prob: 'rate',
  rate: 'learning_rate', decay: 'weight_decay', beta: 'betas', beta1: 'betas', beta_1: 'betas', beta2: 'betas', beta_2: 'betas',
  max_norm: ['max', 'clip'], clipnorm: ['max', 'clip'], clipvalue: ['max', 'clip'], norm: 'max', threshold: 'max',
  usecols: 'columns', features: 'columns', exclude: 'drop', nrows: 'rows', fillna: 'missing', impute: 'missing', min_max: 'rescale',
  clipping_factor: 'factor', decay_rate: 'factor', z_thresh: 'threshold', clip_percentile: 'percentile',
  sigma: 'std', low: 'minimum', min: 'minimum', high: 'maximum', max: 'maximum',
  batch: 'batch_size', accumulation: 'gradient_accumulation', accumulation_steps: 'gradient_accumulation', iterations: 'steps',
  lossfunction: 'loss', dataset: 'data', clipping: 'clip', gradient_clipping: 'clip', inputs: 'input', model: 'layers',
  regularizer: 'regularization', title: 'name', optim: 'optimizer',
  file: 'path', label: 'target', images: 'path', x: 'inputs', y: 'target', normalize_target: 'standardize_target',
  standardise: 'standardize', normalize: 'standardize', n: 'examples', samples: 'examples',
};

/** Values of `type`, `activation`, `loss` ..., in lower case with hyphens. */
export const NAME_SYNONYMS: Synonyms = {
  'fully-connected': 'dense', 'fc': 'dense', 'elman': 'rnn', 'bn': 'batch-norm', 'encoder-decoder': 'seq2seq', 'seq2sequence': 'seq2seq',
  'embed': 'embedding', 'self-attention': 'attention', 'mha': 'attention',
  'transformer-encoder-layer': 'transformer-block', 'transformer-encoder': 'transformer-block', 'transformer': 'transformer-block',
  'positional-encoding': 'position-embedding', 'separable-conv': 'separable-conv2d', 'skip': 'residual', 'resnet': 'residual',
  'global-average-pooling1d': 'mean-over-time', 'global-avg-pool1d': 'mean-over-time',
  'adaptive-avg-pool2d': 'global-avg-pool', 'adaptive-avg-pool1d': 'global-avg-pool', 'adaptive-max-pool2d': 'global-max-pool',
  'adaptive-max-pool1d': 'global-max-pool',
  'lrelu': 'leaky-relu', 'logistic': 'sigmoid',
  'xavier': 'glorot-uniform', 'glorot': 'glorot-uniform', 'kaiming': 'he-normal', 'he': 'he-normal', 'lecun': 'lecun-normal',
  'gaussian': 'normal', 'zero': 'zeros', 'one': 'ones', 'trunc-normal': 'truncated-normal',
  'squared-logarithmic-error': 'msle', 'rmsle': 'msle', 'nll-loss': 'cross-entropy', 'l1': 'mae', 'l2': 'mse',
  'momentum': 'sgd', 'nesterov': 'sgd', 'amsgrad': 'adam', 'cosine-annealing': 'cosine', 'warmup': 'linear-warmup',
  'warmup-cosine': 'cosine', 'reduce-on-plateau': 'plateau', 'exponential-decay': 'exponential',
  'global-norm': 'norm', 'clip-norm': 'norm', 'l2norm': 'norm', 'adaptive-gradient-clipping': 'adaptive',
  'two-moons': 'circles', 'moons': 'circles', 'spiral': 'spirals', 'circle': 'circles', 'blob': 'blobs', 'adding': 'adding-problem',
  'copy': 'copy-memory', 'copy-task': 'copy-memory', 'file': 'csv', 'numpy': ['npz', 'npy'], 'mnist': 'idx', 'jsonl': 'json-lines',
  'ndjson': 'json-lines', 'txt': 'text', 'tsv': 'sentence-pairs', 'translation': 'sentence-pairs', 'chars': 'characters',
  'random': 'teacher',
};
