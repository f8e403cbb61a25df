/** Every layer's parameters, named and shaped as PyTorch's, with their first values. */
import { kindOf } from './layers/layer-kinds';
import { ONES, plainParameter, type ParameterSpec } from './layers/parameter-spec';
import type { InitializerSpec, LayerSpec, RecurrentSpec, Shape } from './model-spec';

/** Equal parts of the weights of a recurrent layer. */
const GATES = { rnn: 1, lstm: 4, gru: 3 } as const;

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
  return activation === 'prelu' ? [plainParameter('slope', [1], 'scale', PRELU_SLOPE)] : [];
}

/** The parameters of the layer without those of its activation. */
export function weightsOf(layer: LayerSpec): readonly ParameterSpec[] {
  const features = layer.inputShape[layer.inputShape.length - 1];
  const kind = kindOf(layer.type);
  if (kind) return kind.parameters(layer);
  switch (layer.type) {
    case 'dense': {
      const weights = weightParameters([layer.units, features], layer.kernelInitializer, layer.weightNorm);
      return layer.bias ? [...weights, plainParameter('bias', [layer.units], 'bias', layer.biasInitializer)] : weights;
    }
    case 'conv1d':
    case 'conv2d': {
      const shape = [layer.filters, layer.inputShape[0] / layer.groups, ...layer.kernel];
      const weights = weightParameters(shape, layer.kernelInitializer, layer.weightNorm);
      return layer.bias
        ? [...weights, plainParameter('bias', [layer.filters], 'bias', layer.biasInitializer)]
        : weights;
    }
    case 'conv1d-transpose':
    case 'conv2d-transpose': {
      const shape = [layer.inputShape[0], layer.filters / layer.groups, ...layer.kernel];
      const weight = plainParameter('weight', shape, 'kernel', layer.kernelInitializer);
      return layer.bias ? [weight, plainParameter('bias', [layer.filters], 'bias', layer.biasInitializer)] : [weight];
    }
    case 'separable-conv2d': {
      const maps = layer.inputShape[0] * layer.depthMultiplier;
      const weights = [
        plainParameter('depthwise.weight', [maps, 1, ...layer.kernel], 'kernel', layer.kernelInitializer),
        plainParameter('pointwise.weight', [layer.filters, maps, 1, 1], 'kernel', layer.kernelInitializer),
      ];
      return layer.bias
        ? [...weights, plainParameter('pointwise.bias', [layer.filters], 'bias', layer.biasInitializer)]
        : weights;
    }
    case 'rnn':
    case 'lstm':
    case 'gru': {
      const forward = recurrentParameters(layer, features, '');
      return layer.bidirectional ? [...forward, ...recurrentParameters(layer, features, '_reverse')] : forward;
    }
    case 'embedding':
      return [plainParameter('weight', [layer.vocabulary, layer.units], 'embedding', layer.kernelInitializer)];
    case 'position-embedding':
      return [plainParameter('weight', [layer.length, layer.units], 'embedding', layer.kernelInitializer)];
    case 'attention':
      return ['query', 'key', 'value', 'out'].flatMap(part => [
        plainParameter(`${part}.weight`, [features, features], 'kernel', layer.kernelInitializer),
        plainParameter(`${part}.bias`, [features], 'bias', layer.biasInitializer),
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
        plainParameter('embedding.weight', [vocabulary, layer.embedding], 'embedding', layer.embeddingInitializer),
        ...part('encoder'),
        ...part('decoder'),
        plainParameter(
          'out.weight',
          [vocabulary, (layer.attention ? 2 : 1) * units],
          'kernel',
          layer.kernelInitializer,
        ),
        plainParameter('out.bias', [vocabulary], 'bias', layer.biasInitializer),
      ];
    }
    case 'prelu':
      return [plainParameter('weight', [layer.slopes], 'scale', { type: 'constant', value: layer.slope })];
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
  if (!weightNorm) return [plainParameter('weight', shape, 'kernel', initializer)];
  const lengths = plainParameter(
    'weight_g',
    shape.map((size, axis) => (axis === 0 ? size : 1)),
    'scale',
    ONES,
  );
  return [plainParameter('weight_v', shape, 'kernel', initializer), { ...lengths, normsOf: 'weight_v' }];
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
    { ...plainParameter(`weight_ih_l0${suffix}`, [rows, features], 'kernel', layer.kernelInitializer), blocks },
    {
      ...plainParameter(`weight_hh_l0${suffix}`, [rows, layer.units], 'recurrent', layer.recurrentInitializer),
      blocks,
    },
    {
      ...plainParameter(`bias_ih_l0${suffix}`, [rows], 'bias', layer.biasInitializer),
      blocks,
      ...(forget && { offset: { start: layer.units, end: 2 * layer.units, value: layer.forgetBias } }),
    },
    { ...plainParameter(`bias_hh_l0${suffix}`, [rows], 'bias', layer.biasInitializer), blocks },
  ];
}
