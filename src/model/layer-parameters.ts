/** Every layer's parameters, named and shaped as PyTorch's, with their first values. */
import type { InitializerSpec, LayerSpec, RecurrentSpec, Shape } from './model-spec';

/** Equal parts of the weights of a recurrent layer. */
const GATES = { rnn: 1, lstm: 4, gru: 3 } as const;

export interface ParameterSpec {
  /** Name after the layer's path, e.g. `weight_ih_l0`. */
  readonly name: string;
  readonly shape: Shape;
  readonly role: 'kernel' | 'recurrent' | 'bias' | 'scale' | 'embedding';
  readonly initializer: InitializerSpec;
  /** Equal parts of the first axis that are initialised each by itself: the gates of a recurrent layer. */
  readonly blocks: number;
  /** Added to a part of the vector afterwards: an lstm's forget gate. */
  readonly offset?: { readonly start: number; readonly end: number; readonly value: number };
  /**
   * The parameter of the layer, named before this one, whose rows' norms are its first values in place of the
   * initializer's.
   */
  readonly normsOf?: string;
}

const ZEROS: InitializerSpec = { type: 'zeros' };
const ONES: InitializerSpec = { type: 'ones' };

/** PyTorch's first slope of prelu. */
const PRELU_SLOPE: InitializerSpec = { type: 'constant', value: 0.25 };

/**
 * The parameters of the layer itself, in PyTorch's order, its activation's last; those of a residual are its layers'.
 */
export function parametersOf(layer: LayerSpec): readonly ParameterSpec[] {
  return [...weightsOf(layer), ...activationParameters(layer)];
}

/** The slope of `activation: prelu`. */
export function activationParameters({ activation }: LayerSpec): readonly ParameterSpec[] {
  return activation === 'prelu' ? [plain('slope', [1], 'scale', PRELU_SLOPE)] : [];
}

/** The parameters of the layer without those of its activation. */
export function weightsOf(layer: LayerSpec): readonly ParameterSpec[] {
  const features = layer.inputShape[layer.inputShape.length - 1];
  switch (layer.type) {
    case 'dense': {
      const weights = weightParameters([layer.units, features], layer.kernelInitializer, layer.weightNorm);
      return layer.bias ? [...weights, plain('bias', [layer.units], 'bias', layer.biasInitializer)] : weights;
    }
    case 'conv1d':
    case 'conv2d': {
      const shape = [layer.filters, layer.inputShape[0] / layer.groups, ...layer.kernel];
      const weights = weightParameters(shape, layer.kernelInitializer, layer.weightNorm);
      return layer.bias ? [...weights, plain('bias', [layer.filters], 'bias', layer.biasInitializer)] : weights;
    }
    case 'conv1d-transpose':
    case 'conv2d-transpose': {
      const shape = [layer.inputShape[0], layer.filters / layer.groups, ...layer.kernel];
      const weight = plain('weight', shape, 'kernel', layer.kernelInitializer);
      return layer.bias ? [weight, plain('bias', [layer.filters], 'bias', layer.biasInitializer)] : [weight];
    }
    case 'separable-conv2d': {
      const maps = layer.inputShape[0] * layer.depthMultiplier;
      const weights = [
        plain('depthwise.weight', [maps, 1, ...layer.kernel], 'kernel', layer.kernelInitializer),
        plain('pointwise.weight', [layer.filters, maps, 1, 1], 'kernel', layer.kernelInitializer),
      ];
      return layer.bias
        ? [...weights, plain('pointwise.bias', [layer.filters], 'bias', layer.biasInitializer)]
        : weights;
    }
    case 'rnn':
    case 'lstm':
    case 'gru': {
      const forward = recurrentParameters(layer, features, '');
      return layer.bidirectional ? [...forward, ...recurrentParameters(layer, features, '_reverse')] : forward;
    }
    case 'embedding':
      return [plain('weight', [layer.vocabulary, layer.units], 'embedding', layer.kernelInitializer)];
    case 'position-embedding':
      return [plain('weight', [layer.length, layer.units], 'embedding', layer.kernelInitializer)];
    case 'attention':
      return ['query', 'key', 'value', 'out'].flatMap(part => [
        plain(`${part}.weight`, [features, features], 'kernel', layer.kernelInitializer),
        plain(`${part}.bias`, [features], 'bias', layer.biasInitializer),
      ]);
    case 'seq2seq': {
      const { vocabulary, units } = layer;
      const cell = { ...layer, type: layer.cell };
      const part = (name: string): ParameterSpec[] =>
        recurrentParameters(cell, layer.embedding, '').map(parameter => ({
          ...parameter,
          name: `${name}.${parameter.name}`,
        }));
      return [
        plain('embedding.weight', [vocabulary, layer.embedding], 'embedding', layer.embeddingInitializer),
        ...part('encoder'),
        ...part('decoder'),
        plain('out.weight', [vocabulary, (layer.attention ? 2 : 1) * units], 'kernel', layer.kernelInitializer),
        plain('out.bias', [vocabulary], 'bias', layer.biasInitializer),
      ];
    }
    case 'batch-norm':
    case 'group-norm': {
      const channels = channelsOf(layer.inputShape);
      return [plain('weight', [channels], 'scale', ONES), plain('bias', [channels], 'bias', ZEROS)];
    }
    case 'rms-norm':
      return [plain('weight', [features], 'scale', ONES)];
    case 'layer-norm':
      return [plain('weight', [features], 'scale', ONES), plain('bias', [features], 'bias', ZEROS)];
    case 'prelu':
      return [plain('weight', [layer.slopes], 'scale', { type: 'constant', value: layer.slope })];
    default:
      return [];
  }
}

/**
 * The parameter's name in the model: after the layer's path or, where its weights are tied, that of the layer that owns
 * them.
 */
export function parameterName(layer: LayerSpec, { name }: ParameterSpec): string {
  return `${isTied(layer, name) ? layer.tiedTo!.path : layer.path}.${name}`;
}

/** The parameters of the layer that no other layer owns. */
export function ownParametersOf(layer: LayerSpec): readonly ParameterSpec[] {
  return parametersOf(layer).filter(({ name }) => !isTied(layer, name));
}

function isTied({ tiedTo }: LayerSpec, name: string): boolean {
  return tiedTo !== undefined && name !== 'slope' && (name !== 'bias' || tiedTo.bias);
}

/**
 * A weight `[units, ...]`, or the direction and the length for each unit that weight normalisation has in its place.
 */
export function weightParameters(
  shape: Shape,
  initializer: InitializerSpec,
  weightNorm: boolean,
): readonly ParameterSpec[] {
  if (!weightNorm) return [plain('weight', shape, 'kernel', initializer)];
  const lengths = plain(
    'weight_g',
    shape.map((size, axis) => (axis === 0 ? size : 1)),
    'scale',
    ONES,
  );
  return [plain('weight_v', shape, 'kernel', initializer), { ...lengths, normsOf: 'weight_v' }];
}

/** Sizes along the axis that batch and group normalisation keep apart: the first one of an example, as in PyTorch. */
export function channelsOf(shape: Shape): number {
  return shape[0];
}

function plain(name: string, shape: Shape, role: ParameterSpec['role'], initializer: InitializerSpec): ParameterSpec {
  return { name, shape, role, initializer, blocks: 1 };
}

/** What the parameters of a recurrent cell depend on. */
type CellSpec = Pick<
  RecurrentSpec,
  'type' | 'units' | 'kernelInitializer' | 'recurrentInitializer' | 'biasInitializer' | 'forgetBias'
>;

function recurrentParameters(layer: CellSpec, features: number, suffix: '' | '_reverse'): ParameterSpec[] {
  const blocks = GATES[layer.type];
  const rows = blocks * layer.units;
  const forget = layer.type === 'lstm' && layer.forgetBias !== 0;
  return [
    { ...plain(`weight_ih_l0${suffix}`, [rows, features], 'kernel', layer.kernelInitializer), blocks },
    { ...plain(`weight_hh_l0${suffix}`, [rows, layer.units], 'recurrent', layer.recurrentInitializer), blocks },
    {
      ...plain(`bias_ih_l0${suffix}`, [rows], 'bias', layer.biasInitializer),
      blocks,
      ...(forget && { offset: { start: layer.units, end: 2 * layer.units, value: layer.forgetBias } }),
    },
    { ...plain(`bias_hh_l0${suffix}`, [rows], 'bias', layer.biasInitializer), blocks },
  ];
}
