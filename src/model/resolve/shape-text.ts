import type { Shape } from '../model-spec';

/** "[100, 2]". */
export function shapeText(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** Whether two shapes are the same. */
export function sameShape(one: Shape, other: Shape): boolean {
  return one.length === other.length && one.every((size, axis) => size === other[axis]);
}

/** Numbers in an example of that shape. */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** "`answer` (dense)", as messages name a layer. */
export function layerText(layer: { readonly path: string; readonly type: string }): string {
  return `\`${layer.path}\` (${layer.type})`;
}
