import type { InitializerSpec, Shape } from '../model-spec';

/** One parameter of a layer, with its first values. */
export interface ParameterSpec {
  /** Name after the layer's path, e.g. `weight_ih_l0`. */
  readonly name: string;
  readonly shape: Shape;
  readonly role: 'kernel' | 'recurrent' | 'bias' | 'scale' | 'embedding';
  readonly initializer: InitializerSpec;
  /** Equal parts of the first axis that are initialized each by itself: the gates of a recurrent layer. */
  readonly blocks: number;
  /** Added to a part of the vector afterwards: an lstm's forget gate. */
  readonly offset?: { readonly start: number; readonly end: number; readonly value: number };
  /**
   * The parameter of the layer, named before this one, whose rows' norms are its first values in place of the
   * initializer's.
   */
  readonly normsOf?: string;
}

export const ZEROS: InitializerSpec = { type: 'zeros' };
export const ONES: InitializerSpec = { type: 'ones' };

/** A parameter that is initialized as a whole. */
export function plainParameter(
  name: string,
  shape: Shape,
  role: ParameterSpec['role'],
  initializer: InitializerSpec,
): ParameterSpec {
  return { name, shape, role, initializer, blocks: 1 };
}

/** The scale and shift that follow a normalization. */
export function scaleAndShift(size: number): readonly ParameterSpec[] {
  return [plainParameter('weight', [size], 'scale', ONES), plainParameter('bias', [size], 'bias', ZEROS)];
}
