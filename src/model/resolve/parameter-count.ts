import { branchesOf } from '../inner-layers';
import type { LayerSpec } from '../model-spec';

/** Equal parts of the weights of a recurrent layer. */
export const GATES = { rnn: 1, lstm: 4, gru: 3 } as const;

/**
 * Trainable numbers of a layer, those of the layers inside it included (PyTorch's parameters: two biases a recurrent
 * gate), without those that another layer owns.
 */
export function parameterCount(layer: LayerSpec): number {
  return ownCount(layer) + (layer.activation === 'prelu' ? 1 : 0);
}

function ownCount(layer: LayerSpec): number {
  if (layer.tiedTo !== undefined) {
    const ownBias =
      layer.type === 'dense' ? layer.units : layer.type === 'conv1d' || layer.type === 'conv2d' ? layer.filters : 0;
    return 'bias' in layer && layer.bias && !layer.tiedTo.bias ? ownBias : 0;
  }
  const inputs = layer.inputShape.at(-1) ?? 0;
  switch (layer.type) {
    case 'dense':
      return layer.units * (inputs + (layer.bias ? 1 : 0) + (layer.weightNorm ? 1 : 0));
    case 'conv1d':
    case 'conv2d': {
      const weights = layer.kernel.reduce((product, size) => product * size, (layer.inputShape[0] ?? 0) / layer.groups);
      return layer.filters * (weights + (layer.bias ? 1 : 0) + (layer.weightNorm ? 1 : 0));
    }
    case 'conv1d-transpose':
    case 'conv2d-transpose': {
      const weights = layer.kernel.reduce((product, size) => product * size, layer.filters / layer.groups);
      return (layer.inputShape[0] ?? 0) * weights + (layer.bias ? layer.filters : 0);
    }
    case 'separable-conv2d': {
      const maps = (layer.inputShape[0] ?? 0) * layer.depthMultiplier;
      return (
        layer.kernel.reduce((product, size) => product * size, maps) + layer.filters * (maps + (layer.bias ? 1 : 0))
      );
    }
    case 'rnn':
    case 'lstm':
    case 'gru':
      return (layer.bidirectional ? 2 : 1) * GATES[layer.type] * layer.units * (inputs + layer.units + 2);
    case 'embedding':
      return layer.vocabulary * layer.units;
    case 'position-embedding':
      return layer.length * layer.units;
    case 'attention':
      return 4 * inputs * (inputs + 1);
    case 'seq2seq': {
      const states = 2 * GATES[layer.cell] * layer.units * (layer.embedding + layer.units + 2);
      const out = layer.vocabulary * ((layer.attention ? 2 : 1) * layer.units + 1);
      return layer.vocabulary * layer.embedding + states + out;
    }
    case 'batch-norm':
    case 'group-norm':
      return 2 * (layer.inputShape[0] ?? 0);
    case 'rms-norm':
      return inputs;
    case 'layer-norm':
      return 2 * inputs;
    case 'prelu':
      return layer.slopes;
    case 'residual':
    case 'transformer-block':
      return branchesOf(layer)
        .flat()
        .reduce((sum, inner) => sum + parameterCount(inner), 0);
    default:
      return 0;
  }
}
