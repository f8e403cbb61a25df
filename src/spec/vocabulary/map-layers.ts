import { describeVariant } from './family';
import { sizes, wholeNumber, type Key } from './key';
import { BIAS, BIAS_INITIALIZER, KERNEL_INITIALIZER, SHARED, WEIGHT_NORM } from './layer-keys';
import { MAX_TIME, MAX_UNITS } from './limits';

const AT_LEAST_ONE = { minimum: 1, maximum: MAX_TIME } as const;

const KERNEL = 'Positions that a filter reads at once';
const STRIDE = 'Steps from one window to the next';
const PADDING = 'Zeros added on both sides';
const DILATION = 'Steps from one position that a filter reads to the next';
const SIZE = 'Positions in a window';
const OWN_SIZE = { otherwise: 'the `size`', snippet: '${1:2}' } as const;
const MAX_PADDING = 'Padding on both sides, which counts as minus infinity; at most half the size';

const FILTERS = {
  ...SHARED,
  filters: wholeNumber('Number of outputs at every position: the channels of the result.', {
    minimum: 1,
    maximum: MAX_UNITS,
    required: true,
    aliases: ['out_channels'],
    snippet: '${1:16}',
  }),
} as const;

const GROUPS = wholeNumber('Parts that channels and filters are divided into; each part of the filters reads its own part of ' +
  'the channels. As many as there are channels makes it depthwise.', { minimum: 1, maximum: MAX_UNITS, default: 1 });

const WEIGHTS = {
  groups: GROUPS,
  bias: BIAS,
  weight_norm: WEIGHT_NORM,
  kernel_initializer: KERNEL_INITIALIZER,
  bias_initializer: BIAS_INITIALIZER,
} as const;

/** Layers of maps, which have their channels first: [channels, length] or [channels, height, width]. */
export const MAP_LAYERS = [
  describeVariant('conv1d', 'Convolution along the length: [channels, length] to [filters, new length].', {
    ...FILTERS,
    kernel: wholeNumber(`${KERNEL}.`, { ...AT_LEAST_ONE, required: true, aliases: ['kernel_size'], snippet: '${1:3}' }),
    stride: wholeNumber(`${STRIDE}.`, { ...AT_LEAST_ONE, default: 1, aliases: ['strides'] }),
    padding: wholeNumber(`${PADDING}.`, { minimum: 0, maximum: MAX_TIME, default: 0 }),
    dilation: wholeNumber(`${DILATION}.`, { ...AT_LEAST_ONE, default: 1, aliases: ['dilation_rate'] }),
    ...WEIGHTS,
  }, ['filters', 'kernel', 'activation']),
  describeVariant('conv2d', 'Convolution over maps: [channels, height, width] to [filters, new height, new width].', {
    ...FILTERS,
    kernel: sizes(`${KERNEL}.`, { ...AT_LEAST_ONE, required: true, aliases: ['kernel_size'], snippet: '${1:3}' }),
    stride: sizes(`${STRIDE}.`, { ...AT_LEAST_ONE, default: 1, aliases: ['strides'] }),
    padding: sizes(`${PADDING}.`, { minimum: 0, maximum: MAX_TIME, default: 0 }),
    dilation: sizes(`${DILATION}.`, { ...AT_LEAST_ONE, default: 1, aliases: ['dilation_rate'] }),
    ...WEIGHTS,
  }, ['filters', 'kernel', 'activation']),
  describeVariant('max-pool1d', 'The largest value of every window: [channels, length] to [channels, new length].', {
    ...SHARED,
    size: lengthOf(SIZE),
    stride: wholeNumber(`${STRIDE}.`, { ...AT_LEAST_ONE, ...OWN_SIZE, aliases: ['strides'] }),
    padding: wholeNumber(`${MAX_PADDING}.`, { minimum: 0, maximum: MAX_TIME, default: 0 }),
  }, ['size']),
  describeVariant('max-pool2d', 'The largest value of every window: [channels, height, width] to [channels, new height, new ' +
    'width].', {
    ...SHARED,
    size: sizesOf(SIZE),
    stride: sizes(`${STRIDE}.`, { ...AT_LEAST_ONE, ...OWN_SIZE, aliases: ['strides'] }),
    padding: sizes(`${MAX_PADDING}.`, { minimum: 0, maximum: MAX_TIME, default: 0 }),
  }, ['size']),
  describeVariant('avg-pool1d', 'The mean of every window: [channels, length] to [channels, new length].', {
    ...SHARED,
    size: lengthOf(SIZE),
    stride: wholeNumber(`${STRIDE}.`, { ...AT_LEAST_ONE, ...OWN_SIZE, aliases: ['strides'] }),
  }, ['size']),
  describeVariant('avg-pool2d', 'The mean of every window: [channels, height, width] to [channels, new height, new width].', {
    ...SHARED,
    size: sizesOf(SIZE),
    stride: sizes(`${STRIDE}.`, { ...AT_LEAST_ONE, ...OWN_SIZE, aliases: ['strides'] }),
  }, ['size']),
  describeVariant('global-avg-pool', 'The mean of every channel: [channels, height, width] or [channels, length] to [channels].',
    SHARED),
  describeVariant('global-max-pool', 'The largest value of every channel: [channels, height, width] or [channels, length] to ' +
    '[channels].', SHARED),
] as const;

function lengthOf(description: string): Key<number> {
  return wholeNumber(`${description}.`, {
    ...AT_LEAST_ONE,
    required: true,
    aliases: ['kernel_size', 'pool_size'],
    snippet: '${1:2}',
  });
}

function sizesOf(description: string): Key<number | readonly [number, number]> {
  return sizes(`${description}.`, { ...AT_LEAST_ONE, required: true, aliases: ['kernel_size', 'pool_size'], snippet: '${1:2}' });
}
