/** Layers that normalize: each example, or each feature over the batch. */
import { describeVariant } from '../vocabulary/family';
import { number, wholeNumber } from '../vocabulary/key';
import { EPSILON, SHARED, TRAINED } from '../vocabulary/layer-keys';
import { MAX_UNITS } from '../vocabulary/limits';
import { elementCount, shapeText } from '../resolve/shape-text';
import { nearestDivisor } from '../resolve/nearest-divisor';
import { keepShape, type LayerKind } from './layer-kind';
import { ONES, plainParameter, scaleAndShift } from './parameter-spec';

export const BATCH_NORM = {
  vocabulary: describeVariant(
    'batch-norm',
    'Normalises each feature over the batch, then scales and shifts it (Ioffe and Szegedy 2015). ' +
      'The first axis holds the features.',
    {
      ...SHARED,
      epsilon: EPSILON,
      momentum: number("Weight of the newest batch in the running statistics (PyTorch's sense).", {
        above: 0,
        maximum: 1,
        default: 0.1,
      }),
      ...TRAINED,
    },
  ),
  outputShape: keepShape,
  parameters: ({ inputShape }) => scaleAndShift(inputShape[0]),
  maps: 'as-inputs',
  overTime: 'features, so it normalizes each time step apart',
} satisfies LayerKind<'batch-norm'>;

export const LAYER_NORM = {
  vocabulary: describeVariant(
    'layer-norm',
    'Normalises each example (and time step) over its features, the last axis, then scales and ' +
      'shifts it (Ba et al. 2016).',
    {
      ...SHARED,
      epsilon: EPSILON,
      ...TRAINED,
    },
  ),
  outputShape: keepShape,
  parameters: ({ inputShape }) => scaleAndShift(inputShape.at(-1)!),
  maps: 'never',
} satisfies LayerKind<'layer-norm'>;

export const RMS_NORM = {
  vocabulary: describeVariant(
    'rms-norm',
    'Divides each example (and time step) by the root mean square of its features, the last axis, ' +
      'then scales it: layer-norm without centring (Zhang and Sennrich 2019).',
    {
      ...SHARED,
      epsilon: number('Added to the mean square before its root, so that nothing is divided by 0.', {
        above: 0,
        default: 1e-6,
      }),
      ...TRAINED,
    },
  ),
  outputShape: keepShape,
  parameters: ({ inputShape }) => [plainParameter('weight', [inputShape.at(-1)!], 'scale', ONES)],
  maps: 'never',
} satisfies LayerKind<'rms-norm'>;

export const GROUP_NORM = {
  vocabulary: describeVariant(
    'group-norm',
    'Normalises each example over groups of its channels, the first axis, then scales and shifts ' +
      'each channel; does not depend on the batch (Wu and He 2018). As many groups as channels is instance normalisation.',
    {
      ...SHARED,
      groups: wholeNumber('Equal parts of the channels that are normalized each by itself; divides the channels.', {
        minimum: 1,
        maximum: MAX_UNITS,
        required: true,
        snippet: '${1:4}',
      }),
      epsilon: EPSILON,
      ...TRAINED,
    },
    ['groups'],
  ),
  outputShape({ groups }, { shape, from }) {
    const channels = shape[0];
    if (channels % groups !== 0) {
      return (
        `cannot part the ${channels} channels from ${from} into ${groups} equal groups; make \`groups\` a divisor of ` +
        `${channels}, such as ${nearestDivisor(channels, groups)}`
      );
    }
    return elementCount(shape) > groups
      ? shape
      : `has one number in each of its ${groups} groups of ${shapeText(shape)} from ` +
          `${from}, which always normalizes to 0; ask for fewer \`groups\``;
  },
  parameters: ({ inputShape }) => scaleAndShift(inputShape[0]),
  maps: 'as-inputs',
  overTime: 'channels, so it groups time steps',
} satisfies LayerKind<'group-norm'>;
