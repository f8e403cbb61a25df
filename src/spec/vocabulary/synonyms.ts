/** What other libraries call our names, so that someone who writes PyTorch's or Keras's name is told ours. */

/** Our names for a foreign one; of several, the one that is known in the place counts. */
export type Synonyms = Readonly<Record<string, string | readonly string[]>>;

/** Keys, by their name in PyTorch or Keras. */
export const KEY_SYNONYMS: Synonyms = {
  hidden_size: 'units', hidden_dim: 'units', out_features: 'units', num_units: 'units', neurons: 'units', width: 'units',
  num_heads: 'heads', nhead: 'heads', ffn_dim: 'feed_forward', intermediate_dim: 'feed_forward', norm_first: 'norm',
  n_heads: 'heads', n_head: 'heads', is_causal: 'causal', max_length: 'length', max_len: 'length',
  size: 'units', embedding_dim: 'units', output_dim: 'units',
  num_embeddings: 'vocabulary', vocab_size: 'vocabulary', input_dim: 'vocabulary', vocab: 'vocabulary',
  num_groups: 'groups', weight_normalization: 'weight_norm', weightnorm: 'weight_norm',
  use_bias: 'bias', kernel_init: 'kernel_initializer', weight_initializer: 'kernel_initializer',
  weight_init: 'kernel_initializer',
  initializer: 'kernel_initializer', init: 'kernel_initializer', embeddings_initializer: 'kernel_initializer',
  bias_init: 'bias_initializer', recurrent_init: 'recurrent_initializer', act: 'activation', return_sequences: 'output',
  unit_forget_bias: 'forget_bias', p: 'rate', dropout: 'rate', eps: 'epsilon',
  lr: 'learning_rate', rate: 'learning_rate', decay: 'weight_decay', beta: 'betas', beta1: 'betas', beta_1: 'betas',
  beta2: 'betas', beta_2: 'betas',
  max_norm: ['max', 'clip'], clipnorm: ['max', 'clip'], clipvalue: ['max', 'clip'], norm: 'max', threshold: 'max',
  gamma: 'factor', clip_factor: 'factor', clipping_factor: 'factor', step_size: 'every',
  stddev: 'std', sigma: 'std', low: 'minimum', minval: 'minimum', min: 'minimum', high: 'maximum', maxval: 'maximum',
  batch: 'batch_size', iterations: 'steps', num_steps: 'steps', epochs: 'steps', validation_split: 'validation',
  random_seed: 'seed',
  lossfunction: 'loss', criterion: 'loss', dataset: 'data', lr_schedule: 'schedule', scheduler: 'schedule', clipping: 'clip',
  gradient_clipping: 'clip', input_shape: 'input', inputs: 'input', model: 'layers', regularizer: 'regularization', title: 'name',
  file: 'path', label: 'target', standardise: 'standardize', normalize: 'standardize', n: 'examples', samples: 'examples',
  vocab_length: 'tokens', sequence_length: 'length', time: 'length',
};

/** Values of `type`, `activation`, `loss` ..., by their name in PyTorch or Keras, in lower case with hyphens. */
export const NAME_SYNONYMS: Synonyms = {
  linear: ['dense', 'identity'], 'fully-connected': 'dense', fc: 'dense', 'simple-rnn': 'rnn', simplernn: 'rnn', elman: 'rnn',
  'batch-normalization': 'batch-norm', batchnorm: 'batch-norm', batchnorm1d: 'batch-norm', bn: 'batch-norm',
  'rms-normalization': 'rms-norm', rmsnorm: 'rms-norm', 'group-normalization': 'group-norm', groupnorm: 'group-norm',
  'layer-normalization': 'layer-norm', layernorm: 'layer-norm', 'encoder-decoder': 'seq2seq', seq2sequence: 'seq2seq', embed: 'embedding',
  'multi-head-attention': 'attention', multiheadattention: 'attention', 'self-attention': 'attention', mha: 'attention',
  'transformer-encoder-layer': 'transformer-block', 'transformer-encoder': 'transformer-block', transformer: 'transformer-block',
  'positional-embedding': 'position-embedding', 'positional-encoding': 'position-embedding',
  'conv-transpose2d': 'conv2d-transpose', convtranspose2d: 'conv2d-transpose', 'conv-transpose1d': 'conv1d-transpose',
  convtranspose1d: 'conv1d-transpose', 'up-sampling2d': 'upsample', upsampling2d: 'upsample', 'up-sampling1d': 'upsample',
  'separable-conv': 'separable-conv2d', separableconv2d: 'separable-conv2d',
  relu: 'activation', tanh: 'activation',
  sigmoid: 'activation', skip: 'residual', resnet: 'residual', 'global-average-pooling1d': 'mean-over-time',
  none: 'identity', swish: 'silu', leakyrelu: 'leaky-relu', lrelu: 'leaky-relu', hardtanh: 'hard-tanh',
  hardsigmoid: 'hard-sigmoid',
  'gelu-approximate': 'gelu-tanh', logistic: 'sigmoid',
  'xavier-uniform': 'glorot-uniform', xavier: 'glorot-uniform', glorot: 'glorot-uniform', 'xavier-normal': 'glorot-normal',
  'kaiming-uniform': 'he-uniform', kaiming: 'he-normal', he: 'he-normal', 'kaiming-normal': 'he-normal', lecun: 'lecun-normal',
  'random-normal': 'normal', 'random-uniform': 'uniform', gaussian: 'normal', zero: 'zeros', one: 'ones', eye: 'identity',
  'trunc-normal': 'truncated-normal',
  'categorical-crossentropy': 'cross-entropy', 'sparse-categorical-crossentropy': 'cross-entropy', crossentropy: 'cross-entropy',
  'cross-entropy-loss': 'cross-entropy', 'binary-crossentropy': 'binary-cross-entropy', bce: 'binary-cross-entropy', l1: 'mae',
  l2: 'mse',
  'mean-squared-error': 'mse', 'mean-absolute-error': 'mae', 'smooth-l1': 'huber', 'huber-loss': 'huber',
  momentum: 'sgd', nesterov: 'sgd', 'cosine-decay': 'cosine', 'cosine-annealing': 'cosine', warmup: 'linear-warmup',
  'step-lr': 'step',
  'global-norm': 'norm', 'clip-norm': 'norm', 'clip-value': 'value', l2norm: 'norm',
  agc: 'adaptive', 'adaptive-gradient-clipping': 'adaptive', amsgrad: 'adam',
  'two-moons': 'circles', moons: 'circles', spiral: 'spirals', circle: 'circles', blob: 'blobs', adding: 'adding-problem',
  copy: 'copy-memory',
  'copy-task': 'copy-memory', file: 'csv', random: 'teacher',
};
