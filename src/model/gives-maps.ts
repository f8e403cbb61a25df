/**
 * Which layers give maps, `[channels, length]` or `[channels, height, width]`: the sizes alone do not tell them from
 * sequences.
 */
import { kindOf } from './layers/layer-kinds';
import type { LayerSpec } from './model-spec';

/**
 * Whether the layer's output has its channels first, given which of the layers before it (and inside it) do, by path.
 */
export function givesMaps(layer: LayerSpec, mapsOf: (path: string) => boolean): boolean {
  if (layer.outputShape.length !== 2) return layer.outputShape.length > 2;
  const kind = kindOf(layer.type);
  if (kind) return kind.maps === 'always' || (kind.maps === 'as-inputs' && layer.inputs.every(mapsOf));
  switch (layer.type) {
    case 'conv1d':
    case 'conv1d-transpose':
    case 'upsample':
    case 'max-pool1d':
    case 'avg-pool1d':
      return true;
    case 'activation':
    case 'prelu':
    case 'dropout':
    case 'add':
    case 'multiply':
    case 'concatenate':
      return layer.inputs.every(mapsOf);
    case 'permute': {
      const kept = layer.order[1] === 1;
      return layer.inputs.every(mapsOf) === kept;
    }
    case 'residual':
      return mapsOf(layer.layers.at(-1)!.path);
    default:
      return false;
  }
}
