import { describeVariant } from './family';
import { orWord, sizes, wholeNumber, type Key } from './key';
import { initializer } from './initializers';
import { BIAS, BIAS_INITIALIZER, KERNEL_INITIALIZER, SHARED, TIED_TO, TRAINED, WEIGHT_NORM } from './layer-keys';
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
    snippet: '${1:16}',
  }),
} as const;

const SAME = {
  name: 'same',
  description:
    "As much as gives ceil(size / stride) positions, at most one more after than before: PyTorch's `same` where the " +
    "stride is 1, Keras's everywhere.",
} as const;
const lengthPadding = (description: string) =>
  orWord(wholeNumber(description, { minimum: 0, maximum: MAX_TIME, default: 0 }), SAME);
const sizesPadding = (description: string) =>
  orWord(sizes(description, { minimum: 0, maximum: MAX_TIME, default: 0 }), SAME);
const AVERAGED_PADDING =
  "Padding on both sides, at most half the size, which counts as zeros in the mean (PyTorch's " +
  '`count_include_pad`); with `same` it does not count';

const GROUPS = wholeNumber(
  'Parts that channels and filters are divided into; each part of the filters reads its own part of ' +
    'the channels. As many as there are channels makes it depthwise.',
  { minimum: 1, maximum: MAX_UNITS, default: 1 },
);

const WEIGHTS = {
  groups: GROUPS,
  bias: BIAS,
  weight_norm: WEIGHT_NORM,
  tied_to: TIED_TO,
  kernel_initializer: KERNEL_INITIALIZER,
  bias_initializer: BIAS_INITIALIZER,
} as const;

const SPREAD = 'Positions that an element is spread over';
const OUT_STRIDE =
  "Steps of the output from one element's window to the next: how many times as large it becomes, about";
const TAKEN_OFF = 'Positions taken off both sides of the output';
const OUTPUT_PADDING = 'Positions added at the end of the output; less than the stride or the dilation';
const OUT_DILATION = 'Steps from one position of a window to the next';

const TRANSPOSED_WEIGHTS = {
  groups: GROUPS,
  bias: BIAS,
  kernel_initializer: KERNEL_INITIALIZER,
  bias_initializer: BIAS_INITIALIZER,
} as const;

/** Layers of maps, which have their channels first: [channels, length] or [channels, height, width]. */
export const MAP_LAYERS = [
  describeVariant(
    'conv1d',
    'Convolution along the length: [channels, length] to [filters, new length].',
    {
      ...FILTERS,
      kernel: wholeNumber(`${KERNEL}.`, { ...AT_LEAST_ONE, required: true, snippet: '${1:3}' }),
      stride: wholeNumber(`${STRIDE}.`, { ...AT_LEAST_ONE, default: 1 }),
      padding: lengthPadding(`${PADDING}.`),
      dilation: wholeNumber(`${DILATION}.`, { ...AT_LEAST_ONE, default: 1 }),
      ...WEIGHTS,
      ...TRAINED,
    },
    ['filters', 'kernel', 'activation'],
  ),
  describeVariant(
    'conv2d',
    'Convolution over maps: [channels, height, width] to [filters, new height, new width].',
    {
      ...FILTERS,
      kernel: sizes(`${KERNEL}.`, { ...AT_LEAST_ONE, required: true, snippet: '${1:3}' }),
      stride: sizes(`${STRIDE}.`, { ...AT_LEAST_ONE, default: 1 }),
      padding: sizesPadding(`${PADDING}.`),
      dilation: sizes(`${DILATION}.`, { ...AT_LEAST_ONE, default: 1 }),
      ...WEIGHTS,
      ...TRAINED,
    },
    ['filters', 'kernel', 'activation'],
  ),
  describeVariant(
    'separable-conv2d',
    'A convolution of each channel by itself, then one of kernel 1 over the channels: far fewer ' +
      'weights than `conv2d` (Chollet 2017), [channels, height, width] to [filters, new height, new width].',
    {
      ...FILTERS,
      kernel: sizes(`${KERNEL}.`, { ...AT_LEAST_ONE, required: true, snippet: '${1:3}' }),
      stride: sizes(`${STRIDE}.`, { ...AT_LEAST_ONE, default: 1 }),
      padding: sizesPadding(`${PADDING}.`),
      dilation: sizes(`${DILATION}.`, { ...AT_LEAST_ONE, default: 1 }),
      depth_multiplier: wholeNumber('Maps that are made of each channel before they are mixed.', {
        minimum: 1,
        maximum: MAX_UNITS,
        default: 1,
      }),
      bias: BIAS,
      kernel_initializer: initializer(
        'First values of both weights, the depthwise and the pointwise.',
        'glorot-uniform',
      ),
      bias_initializer: BIAS_INITIALIZER,
      ...TRAINED,
    },
    ['filters', 'kernel', 'activation'],
  ),
  describeVariant(
    'conv1d-transpose',
    'Transposed convolution along the length, which makes it longer: [channels, length] to ' +
      '[filters, (length - 1) stride - 2 padding + dilation (kernel - 1) + output_padding + 1].',
    {
      ...FILTERS,
      kernel: wholeNumber(`${SPREAD}.`, { ...AT_LEAST_ONE, required: true, snippet: '${1:4}' }),
      stride: wholeNumber(`${OUT_STRIDE}.`, { ...AT_LEAST_ONE, default: 1 }),
      padding: wholeNumber(`${TAKEN_OFF}.`, { minimum: 0, maximum: MAX_TIME, default: 0 }),
      output_padding: wholeNumber(`${OUTPUT_PADDING}.`, { minimum: 0, maximum: MAX_TIME, default: 0 }),
      dilation: wholeNumber(`${OUT_DILATION}.`, { ...AT_LEAST_ONE, default: 1 }),
      ...TRANSPOSED_WEIGHTS,
      ...TRAINED,
    },
    ['filters', 'kernel', 'stride', 'activation'],
  ),
  describeVariant(
    'conv2d-transpose',
    'Transposed convolution, which makes maps larger: [channels, height, width] to [filters, ' +
      'new height, new width], each (size - 1) stride - 2 padding + dilation (kernel - 1) + output_padding + 1. A kernel that the ' +
      'stride does not divide leaves a checkerboard.',
    {
      ...FILTERS,
      kernel: sizes(`${SPREAD}.`, { ...AT_LEAST_ONE, required: true, snippet: '${1:4}' }),
      stride: sizes(`${OUT_STRIDE}.`, { ...AT_LEAST_ONE, default: 1 }),
      padding: sizes(`${TAKEN_OFF}.`, { minimum: 0, maximum: MAX_TIME, default: 0 }),
      output_padding: sizes(`${OUTPUT_PADDING}.`, { minimum: 0, maximum: MAX_TIME, default: 0 }),
      dilation: sizes(`${OUT_DILATION}.`, { ...AT_LEAST_ONE, default: 1 }),
      ...TRANSPOSED_WEIGHTS,
      ...TRAINED,
    },
    ['filters', 'kernel', 'stride', 'activation'],
  ),
  describeVariant(
    'upsample',
    'Repeats every element: [channels, length] or [channels, height, width] to the same with sizes ' +
      '`factor` times as large (nearest neighbour).',
    {
      ...SHARED,
      factor: sizes('How many times as large.', { ...AT_LEAST_ONE, default: 2 }),
    },
    ['factor'],
  ),
  describeVariant(
    'max-pool1d',
    'The largest value of every window: [channels, length] to [channels, new length].',
    {
      ...SHARED,
      size: lengthOf(SIZE),
      stride: wholeNumber(`${STRIDE}.`, { ...AT_LEAST_ONE, ...OWN_SIZE }),
      padding: lengthPadding(`${MAX_PADDING}.`),
    },
    ['size'],
  ),
  describeVariant(
    'max-pool2d',
    'The largest value of every window: [channels, height, width] to [channels, new height, new ' + 'width].',
    {
      ...SHARED,
      size: sizesOf(SIZE),
      stride: sizes(`${STRIDE}.`, { ...AT_LEAST_ONE, ...OWN_SIZE }),
      padding: sizesPadding(`${MAX_PADDING}.`),
    },
    ['size'],
  ),
  describeVariant(
    'avg-pool1d',
    'The mean of every window: [channels, length] to [channels, new length].',
    {
      ...SHARED,
      size: lengthOf(SIZE),
      stride: wholeNumber(`${STRIDE}.`, { ...AT_LEAST_ONE, ...OWN_SIZE }),
      padding: lengthPadding(`${AVERAGED_PADDING}.`),
    },
    ['size'],
  ),
  describeVariant(
    'avg-pool2d',
    'The mean of every window: [channels, height, width] to [channels, new height, new width].',
    {
      ...SHARED,
      size: sizesOf(SIZE),
      stride: sizes(`${STRIDE}.`, { ...AT_LEAST_ONE, ...OWN_SIZE }),
      padding: sizesPadding(`${AVERAGED_PADDING}.`),
    },
    ['size'],
  ),
  describeVariant(
    'global-avg-pool',
    'The mean of every channel: [channels, height, width] or [channels, length] to [channels].',
    SHARED,
  ),
  describeVariant(
    'global-max-pool',
    'The largest value of every channel: [channels, height, width] or [channels, length] to ' + '[channels].',
    SHARED,
  ),
] as const;

function lengthOf(description: string): Key<number> {
  return wholeNumber(`${description}.`, {
    ...AT_LEAST_ONE,
    required: true,
    snippet: '${1:2}',
  });
}

function sizesOf(description: string): Key<number | readonly [number, number]> {
  return sizes(`${description}.`, { ...AT_LEAST_ONE, required: true, snippet: '${1:2}' });
}
