import type { ForeignNames } from './foreign-names';

const HIDDEN = ['hidden_size', 'hidden_dim', 'num_units'];
const HEADS = ['num_heads', 'nhead', 'n_head', 'n_heads'];
const WINDOW = ['pool_size', 'kernel_size', 'kernel'];
const RECURRENT = { units: HIDDEN } as const;
const POOL = { size: WINDOW } as const;

/** Layers, activations and initializers of PyTorch and Keras. */
export const LAYER_NAMES: Readonly<Record<string, ForeignNames>> = {
  layer: {
    names: {
      dense: ['Linear'],
      conv1d: ['Convolution1D'],
      conv2d: ['Convolution2D'],
      'separable-conv2d': ['SeparableConvolution2D'],
      'conv1d-transpose': ['ConvTranspose1d', 'Convolution1DTranspose'],
      'conv2d-transpose': ['ConvTranspose2d', 'Convolution2DTranspose'],
      upsample: ['UpSampling1D', 'UpSampling2D', 'UpsamplingNearest2d'],
      'max-pool1d': ['MaxPooling1D'],
      'max-pool2d': ['MaxPooling2D'],
      'avg-pool1d': ['AveragePooling1D'],
      'avg-pool2d': ['AveragePooling2D'],
      'global-avg-pool': ['GlobalAveragePooling2D', 'GlobalAvgPool2D'],
      'global-max-pool': ['GlobalMaxPooling2D', 'GlobalMaxPool2D'],
      rnn: ['SimpleRNN'],
      attention: ['MultiheadAttention', 'MultiHeadAttention'],
      'position-embedding': ['PositionalEmbedding'],
      'batch-norm': ['BatchNorm1d', 'BatchNorm2d', 'BatchNormalization'],
      'layer-norm': ['LayerNormalization'],
      'rms-norm': ['RMSNormalization'],
      'group-norm': ['GroupNormalization'],
      concatenate: ['cat', 'concat'],
    },
    keys: {
      bias: ['use_bias'],
      epsilon: ['eps'],
      filters: ['out_channels'],
      kernel: ['kernel_size'],
      stride: ['strides'],
      dilation: ['dilation_rate'],
      heads: HEADS,
      causal: ['is_causal', 'use_causal_mask'],
      axis: ['dim'],
      shape: ['target_shape'],
      order: ['dims'],
      trainable: ['requires_grad'],
      learning_rate_multiplier: ['lr_mult', 'lr_multiplier'],
    },
    of: {
      dense: { units: ['out_features'] },
      rnn: { ...RECURRENT, nonlinearity: ['activation'] },
      lstm: RECURRENT,
      gru: RECURRENT,
      embedding: {
        vocabulary: ['num_embeddings', 'input_dim', 'vocab_size', 'vocabulary_size'],
        units: ['embedding_dim', 'output_dim', 'embed_dim'],
        kernel_initializer: ['embeddings_initializer'],
      },
      'position-embedding': {
        length: ['num_embeddings', 'sequence_length', 'max_length', 'input_dim'],
        units: ['embedding_dim', 'output_dim', 'embed_dim'],
        kernel_initializer: ['embeddings_initializer', 'initializer'],
      },
      'transformer-block': {
        feed_forward: ['dim_feedforward', 'intermediate_dim', 'd_ff', 'ffn_dim'],
        epsilon: ['layer_norm_eps', 'layer_norm_epsilon', 'eps'],
        dropout: ['dropout_rate'],
      },
      seq2seq: {
        vocabulary: ['num_embeddings', 'vocab_size'],
        embedding: ['embedding_dim', 'embed_dim'],
        units: HIDDEN,
      },
      'max-pool1d': POOL,
      'max-pool2d': POOL,
      'avg-pool1d': POOL,
      'avg-pool2d': POOL,
      upsample: { factor: ['scale_factor', 'size'] },
      dropout: { rate: ['p'] },
      'group-norm': { groups: ['num_groups'] },
      prelu: { slope: ['init'] },
    },
  },
  activation: {
    names: {
      identity: ['linear', 'none'],
      silu: ['swish'],
      elu: ['CELU'],
      exponential: ['exp'],
      'hard-swish': ['hard_silu'],
      'gelu-tanh': ['gelu_approximate'],
    },
  },
  initializer: {
    names: {
      normal: ['RandomNormal'],
      uniform: ['RandomUniform'],
      'glorot-uniform': ['xavier_uniform'],
      'glorot-normal': ['xavier_normal'],
      'he-uniform': ['kaiming_uniform'],
      'he-normal': ['kaiming_normal'],
      identity: ['eye'],
    },
    keys: { std: ['stddev'], minimum: ['minval', 'a'], maximum: ['maxval', 'b'], value: ['val'] },
  },
  mode: { names: { 'fan-average': ['fan_avg'] } },
  distribution: { names: { normal: ['untruncated_normal'] } },
};
