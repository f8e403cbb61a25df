/** The kinds of layers by their type. */
import type { LayerType } from '../model-spec';
import type { LayerKind } from './layer-kind';
import { BATCH_NORM, GROUP_NORM, LAYER_NORM, RMS_NORM } from './normalizations';

/** Each type with its record; types without one are described by the switches of `resolve/` and its neighbors. */
const LAYER_KINDS = {
  'batch-norm': BATCH_NORM,
  'layer-norm': LAYER_NORM,
  'rms-norm': RMS_NORM,
  'group-norm': GROUP_NORM,
} satisfies { readonly [Type in LayerType]?: LayerKind<Type> };

/** The kind of layers of that type. */
export function kindOf(type: LayerType): LayerKind | undefined {
  return (LAYER_KINDS as Partial<Record<LayerType, LayerKind>>)[type];
}
