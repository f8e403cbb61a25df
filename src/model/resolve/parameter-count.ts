import { branchesOf } from '../inner-layers';
import { ownParametersOf } from '../layer-parameters';
import type { LayerSpec } from '../model-spec';
import { elementCount } from './shape-text';

/**
 * Trainable numbers of a layer, those of the layers inside it included (PyTorch's parameters: two biases a recurrent
 * gate), without those that another layer owns.
 */
export function parameterCount(layer: LayerSpec): number {
  const inner = branchesOf(layer).flat();
  return [...ownParametersOf(layer).map(({ shape }) => elementCount(shape)), ...inner.map(parameterCount)].reduce(
    (sum, count) => sum + count,
    0,
  );
}
