/** Which layers give maps, `[channels, length]` or `[channels, height, width]`: the sizes alone do not tell them from sequences. */
import type { LayerSpec } from './model-spec';

/** Whether the layer's output has its channels first, given whether its input has. */
export function givesMaps(layer: LayerSpec, before: boolean): boolean {
  if (layer.outputShape.length !== 2) return layer.outputShape.length > 2;
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
    case 'batch-norm':
    case 'group-norm':
      return before;
    case 'residual':
      return layer.layers.reduce((maps, inner) => givesMaps(inner, maps), before);
    default:
      return false;
  }
}
