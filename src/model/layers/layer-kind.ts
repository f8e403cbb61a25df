/** One type of layer as the model's room knows it: everything that differs from type to type, in one record. */
import type { LayerDraft } from '../layer-draft';
import type { LayerSpec, LayerType, Shape } from '../model-spec';
import type { Flow } from '../resolve/flow';
import type { Variant } from '../vocabulary/family';
import type { ParameterSpec } from './parameter-spec';

type OfType<Union, Type> = Union extends { readonly type: infer Types } ? (Type extends Types ? Union : never) : never;

/** A layer of that type. */
export type SpecOfType<Type extends LayerType> = OfType<LayerSpec, Type>;

/** A layer of that type before it is resolved. */
type OwnDraft<Type extends LayerType> = OfType<LayerDraft, Type>;

/** Methods and no functions, so that the kind of one type stands in a list of kinds of any. */
export interface LayerKind<Type extends LayerType = LayerType> {
  /** Its keys, which say what it may carry: an activation, tied weights, weight normalization, initializers. */
  readonly vocabulary: Variant<Type>;
  /** The shape it makes of the numbers that reach it, or why it cannot, as the end of a sentence. */
  outputShape(draft: OwnDraft<Type>, flow: Flow): Shape | string;
  /** Its parameters in PyTorch's order, without that of its activation. */
  parameters(layer: SpecOfType<Type>): readonly ParameterSpec[];
  /**
   * Whether an output of two axes is maps `[channels, length]` and no sequence; `as-inputs`: where all that it reads is.
   */
  readonly maps: 'always' | 'never' | 'as-inputs';
  /**
   * What it does to a sequence, in words, where it takes the first axis of anything for its channels; it is warned of.
   */
  readonly overTime?: string;
}

/** The shape of a layer that changes none. */
export function keepShape(_: unknown, { shape }: Flow): Shape {
  return shape;
}
