/** The last layer with weights. */
import type { LayerSpec } from '../../model/model-spec';
import { allLayers, hasKernel } from '../layers';

/** Whether a layer is the last one with a kernel. */
export function isOutput(layers: readonly LayerSpec[], layer: LayerSpec): boolean {
  return layer === allLayers(layers).findLast(hasKernel);
}
