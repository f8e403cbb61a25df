import type { Shape } from '../model-spec';
import type { Flow } from './output-shape';
import type { LayerValues } from './read-layers';
import { shapeText } from './shape-text';

/** A size an axis, as a file gives it: one number for both axes, or [height, width]. */
export type Sizes = number | readonly [number, number];

/** The sizes along `axes` axes. */
export function sizesAlong(axes: number, sizes: Sizes): readonly number[] {
  return typeof sizes === 'number' ? Array.from({ length: axes }, () => sizes) : sizes;
}

type MapValues = Extract<LayerValues, { readonly type: `conv${string}` | `${string}-pool1d` | `${string}-pool2d` }>;

/** The shape that a convolution or a pool makes of maps, or why it cannot, as the end of a sentence. */
export function mapShape(values: MapValues, flow: Flow): Shape | string {
  const axes = values.type.endsWith('1d') ? 1 : 2;
  const [channels, ...lengths] = flow.shape as readonly [number, ...number[]];
  if (lengths.length !== axes) {
    const wanted = axes === 1 ? '[channels, length]' : '[channels, height, width]';
    const input = flow.from === 'the input' ? `; write the input as \`${wanted}\`` : '';
    return `needs maps of shape ${wanted}, but gets ${shapeText(flow.shape)} from ${flow.from}${input}`;
  }
  const convolves = values.type === 'conv1d' || values.type === 'conv2d';
  const problem = convolves ? groupProblem(values.groups, values.filters, channels, flow) : undefined;
  if (problem !== undefined) return problem;
  const extent = sizesAlong(axes, convolves ? values.kernel : values.size);
  const dilation = sizesAlong(axes, convolves ? values.dilation : 1);
  const stride = sizesAlong(axes, values.stride ?? (convolves ? 1 : values.size));
  const padding = sizesAlong(axes, 'padding' in values ? values.padding : 0);
  if (!convolves && padding.some((size, axis) => size > extent[axis]! / 2)) {
    return `has a padding of ${text(padding)}, more than half its size of ${text(extent)}; make it at most ` +
      `${text(extent.map((size) => Math.floor(size / 2)))}`;
  }
  const places = lengths.map((length, axis) =>
    Math.floor((length + 2 * padding[axis]! - dilation[axis]! * (extent[axis]! - 1) - 1) / stride[axis]!) + 1);
  if (places.some((count) => count < 1)) {
    const window = convolves ? 'kernel' : 'window';
    const reach = extent.map((size, axis) => dilation[axis]! * (size - 1) + 1);
    const dilated = text(reach) === text(extent) ? '' : ` that reaches over ${text(reach)}`;
    const padded = padding.some((size) => size > 0) ? ` with a padding of ${text(padding)}` : '';
    const room = axes === 1 ? `a length of ${lengths[0]}` : `a height and width of ${text(lengths)}`;
    const cure = 'padding' in values && convolves ? 'make it smaller, or add `padding`' : 'make it smaller';
    return `gets ${shapeText(flow.shape)} from ${flow.from}, but a ${window} of ${text(extent)}${dilated} does not fit ${room}` +
      `${padded}; ${cure}`;
  }
  return [convolves ? values.filters : channels, ...places];
}

/** The channels alone, for a pool over everything else. */
export function globalPoolShape({ shape, from }: Flow): Shape | string {
  return shape.length > 1
    ? [shape[0]!]
    : `needs maps of shape [channels, length] or [channels, height, width], but gets ${shapeText(shape)} from ${from}`;
}

function groupProblem(groups: number, filters: number, channels: number, { shape, from }: Flow): string | undefined {
  if (channels % groups !== 0) {
    return `has ${groups} groups, which do not divide the ${channels} channels of ${shapeText(shape)} from ${from}`;
  }
  return filters % groups === 0 ? undefined : `has ${groups} groups, which do not divide its ${filters} filters`;
}

function text(sizes: readonly number[]): string {
  return sizes.length === 1 ? String(sizes[0]) : shapeText(sizes);
}
