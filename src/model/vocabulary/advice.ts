import { plainSpelling } from './foreign/spelling';

/** What to do about a key of PyTorch or Keras that no single key of ours is the same as. */
export interface Advice {
  /** Ends the sentence "Unknown key `num_layers` in a lstm layer; ...". */
  readonly text: string;
  /**
   * What a quick fix does: takes the entry away, copies the layer as often as the value says, or counts the steps of
   * the epochs.
   */
  readonly remedy?: 'remove' | 'copy-layer' | 'count-steps';
  /** Members of the family that it holds for; without it, all. */
  readonly of?: readonly string[];
}

const FOLLOWS = (what: string): Advice => ({
  text: `${what} follow from the layer before, so remove it.`,
  remedy: 'remove',
});
const FEATURES = FOLLOWS('the features of the input');
const CHANNELS = FOLLOWS('the channels of the input');
const WHOLE_RUN: Advice = {
  text: 'the schedule lasts as long as the run, `steps` at the top, so remove it.',
  remedy: 'remove',
};
const BETAS: Advice = { text: 'both decays stand in one list: `betas: [0.9, 0.999]`.' };
const SLOPE: Advice = { text: 'the slope of leaky-relu is 0.01 here; a layer of type `prelu` trains its own `slope`.' };
const FEED_FORWARD: Advice = {
  text: 'the feed-forward part belongs to `transformer-block` (`feed_forward`), or is two dense layers of its own.',
};
const TOKENS: Advice = { text: 'what one token is says `tokens: characters` or `tokens: words`.' };
const CONVOLUTIONS = ['conv1d', 'conv2d', 'separable-conv2d', 'conv1d-transpose', 'conv2d-transpose'];
const RECURRENT = ['rnn', 'lstm', 'gru'];

const ADVICE: Readonly<Record<string, Readonly<Record<string, Advice>>>> = {
  layer: {
    num_layers: { text: 'write one layer for each of them.', remedy: 'copy-layer' },
    in_features: FEATURES,
    input_size: FEATURES,
    d_model: FEATURES,
    embed_dim: FEATURES,
    normalized_shape: FEATURES,
    num_features: FEATURES,
    input_shape: { text: 'shapes follow from `input` at the top, so remove it.', remedy: 'remove' },
    input_dim: FEATURES,
    in_channels: CHANNELS,
    num_channels: CHANNELS,
    channels: { text: 'its own are `filters`; those of its input follow from the layer before.', of: CONVOLUTIONS },
    key_dim: {
      text: 'each head has its share of the features, so remove it.',
      remedy: 'remove',
      of: ['attention', 'transformer-block'],
    },
    d_ff: FEED_FORWARD,
    dim_feedforward: FEED_FORWARD,
    ffn_dim: FEED_FORWARD,
    intermediate_dim: FEED_FORWARD,
    batch_first: { text: 'the batch always comes first, so remove it.', remedy: 'remove' },
    inplace: { text: 'memory is planned by itself, so remove it.', remedy: 'remove' },
    data_format: { text: 'maps always have their channels first, so remove it.', remedy: 'remove' },
    output_size: {
      text: 'it always returns one number a channel, so remove it.',
      remedy: 'remove',
      of: ['global-avg-pool', 'global-max-pool'],
    },
    negative_slope: SLOPE,
    alpha: SLOPE,
    keep_prob: { text: '`rate` is the share that is set to 0: 1 minus it.', of: ['dropout'] },
    dropout: { text: 'put a layer of type `dropout` after it.', of: RECURRENT },
  },
  optimizer: {
    beta_1: BETAS,
    beta_2: BETAS,
    beta1: BETAS,
    beta2: BETAS,
    decay: {
      text: "Keras's `decay` lowers the rate over time, which `schedule` at the top does; `weight_decay` is another thing.",
    },
  },
  schedule: {
    T_max: WHOLE_RUN,
    decay_steps: WHOLE_RUN,
    total_steps: WHOLE_RUN,
    epochs: WHOLE_RUN,
    steps_per_epoch: WHOLE_RUN,
    max_lr: { text: 'the highest rate is the `learning_rate` of the optimizer, so remove it.', remedy: 'remove' },
    initial_learning_rate: {
      text: 'the first rate is the `learning_rate` of the optimizer, so remove it.',
      remedy: 'remove',
    },
    min_delta: { text: "Keras's is a difference of losses; `threshold` is relative to the loss." },
  },
  loss: {
    reduction: { text: 'a loss is always the mean, so remove it.', remedy: 'remove' },
    beta: { text: 'the smooth L1 loss of that `beta` is `huber` with the same `delta`, divided by it.', of: ['huber'] },
  },
  data: { level: TOKENS, unit: TOKENS },
  model: {
    epochs: {
      text: '`steps` counts updates: the epochs times the examples, divided by the batch size.',
      remedy: 'count-steps',
    },
  },
};

/** Advice about an unknown key of a member of the family `noun`. */
export function adviceOn(noun: string, member: string | undefined, key: string): Advice | undefined {
  const plain = plainSpelling(key);
  const advice = Object.entries(ADVICE[noun] ?? {}).find(([name]) => plainSpelling(name) === plain)?.[1];
  return advice?.of === undefined || (member !== undefined && advice.of.includes(member)) ? advice : undefined;
}
