import type { DraftOfType, Sizes } from '../layer-draft';
import type { Shape } from '../model-spec';
import type { Flow } from './flow';
import { shapeText } from './shape-text';

/** The sizes along `axes` axes. */
export function sizesAlong(axes: number, sizes: Sizes): readonly number[] {
  return typeof sizes === 'number' ? Array.from({ length: axes }, () => sizes) : sizes;
}

type WindowDraft = DraftOfType<
  'conv1d' | 'conv2d' | 'separable-conv2d' | 'max-pool1d' | 'max-pool2d' | 'avg-pool1d' | 'avg-pool2d'
>;
type TransposedDraft = DraftOfType<'conv1d-transpose' | 'conv2d-transpose'>;

/** Windows of a layer, a number an axis. */
interface LayerWindows {
  readonly extent: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly number[];
  readonly paddingAfter: readonly number[];
}

/**
 * The windows of a layer over maps of these lengths. `same` pads to ceil(length / stride) windows, what is odd at the
 * end: PyTorch's rule where the stride is 1, and Keras's for others, which PyTorch has none for.
 */
export function windowsOfLayer(draft: WindowDraft, lengths: readonly number[]): LayerWindows {
  const along = (sizes: Sizes): readonly number[] => sizesAlong(lengths.length, sizes);
  const extent = along('kernel' in draft ? draft.kernel : draft.size);
  const dilation = along('dilation' in draft ? draft.dilation : 1);
  const stride = along(draft.stride ?? ('size' in draft ? draft.size : 1));
  if (draft.padding !== 'same') {
    const padding = along(draft.padding);
    return { extent, dilation, stride, padding, paddingAfter: padding };
  }
  const total = lengths.map((length, axis) => {
    const places = Math.ceil(length / stride[axis]);
    return Math.max(0, (places - 1) * stride[axis] + dilation[axis] * (extent[axis] - 1) + 1 - length);
  });
  const padding = total.map(size => Math.floor(size / 2));
  return { extent, dilation, stride, padding, paddingAfter: total.map((size, axis) => size - padding[axis]) };
}

/** The shape that a convolution or a pool makes of maps, or why it cannot, as the end of a sentence. */
export function mapShape(draft: WindowDraft, flow: Flow): Shape | string {
  const axes = draft.type.endsWith('1d') ? 1 : 2;
  const [channels, ...lengths] = flow.shape as readonly [number, ...number[]];
  if (lengths.length !== axes) return needsMaps(axes, flow);
  const convolves = 'filters' in draft;
  const problem = 'groups' in draft ? groupProblem(draft.groups, draft.filters, channels, flow) : undefined;
  if (problem !== undefined) return problem;
  const { extent, dilation, stride, padding, paddingAfter } = windowsOfLayer(draft, lengths);
  if (!convolves && draft.padding !== 'same' && padding.some((size, axis) => size > extent[axis] / 2)) {
    return (
      `has a padding of ${text(padding)}, more than half its size of ${text(extent)}; make it at most ` +
      `${text(extent.map(size => Math.floor(size / 2)))}`
    );
  }
  const places = lengths.map(
    (length, axis) =>
      Math.floor(
        (length + padding[axis] + paddingAfter[axis] - dilation[axis] * (extent[axis] - 1) - 1) / stride[axis],
      ) + 1,
  );
  if (places.some(count => count < 1)) {
    const window = convolves ? 'kernel' : 'window';
    const reach = extent.map((size, axis) => dilation[axis] * (size - 1) + 1);
    const dilated = text(reach) === text(extent) ? '' : ` that reaches over ${text(reach)}`;
    const padded = padding.some(size => size > 0) ? ` with a padding of ${text(padding)}` : '';
    const room = axes === 1 ? `a length of ${lengths[0]}` : `a height and width of ${text(lengths)}`;
    const cure = convolves ? 'make it smaller, or add `padding`' : 'make it smaller';
    return (
      `gets ${shapeText(flow.shape)} from ${flow.from}, but a ${window} of ${text(extent)}${dilated} does not fit ${room}` +
      `${padded}; ${cure}`
    );
  }
  return [convolves ? draft.filters : channels, ...places];
}

/** The shape that a transposed convolution makes of maps, or why it cannot, as the end of a sentence. */
export function transposedShape(draft: TransposedDraft, flow: Flow): Shape | string {
  const axes = draft.type === 'conv1d-transpose' ? 1 : 2;
  const [channels, ...lengths] = flow.shape as readonly [number, ...number[]];
  if (lengths.length !== axes) return needsMaps(axes, flow);
  const problem = groupProblem(draft.groups, draft.filters, channels, flow);
  if (problem !== undefined) return problem;
  const along = (sizes: Sizes): readonly number[] => sizesAlong(axes, sizes);
  const [kernel, stride, padding, added, dilation] = [
    draft.kernel,
    draft.stride,
    draft.padding,
    draft.outputPadding,
    draft.dilation,
  ].map(along) as [readonly number[], readonly number[], readonly number[], readonly number[], readonly number[]];
  if (added.some((size, axis) => size >= Math.max(stride[axis], dilation[axis]))) {
    return (
      `has an \`output_padding\` of ${text(added)}, which must be less than its stride of ${text(stride)} or its dilation of ` +
      `${text(dilation)}`
    );
  }
  const places = lengths.map(
    (length, axis) =>
      (length - 1) * stride[axis] - 2 * padding[axis] + dilation[axis] * (kernel[axis] - 1) + added[axis] + 1,
  );
  return places.every(count => count > 0)
    ? [draft.filters, ...places]
    : `gets ${shapeText(flow.shape)} from ${flow.from}, ` +
        `of which its padding of ${text(padding)} leaves nothing; make it smaller`;
}

/** The shape of maps `factor` times as large, or why there is none, as the end of a sentence. */
export function upsampledShape(factor: Sizes, flow: Flow): Shape | string {
  const [channels, ...lengths] = flow.shape as readonly [number, ...number[]];
  const axes = lengths.length;
  if (axes !== 1 && axes !== 2) return needsAnyMaps(flow);
  if (axes === 1 && typeof factor !== 'number') {
    return (
      `has a factor for a height and a width, but gets maps ${shapeText(flow.shape)} of one length from ${flow.from}; give it ` +
      'one number'
    );
  }
  return [channels, ...sizesAlong(axes, factor).map((size, axis) => size * lengths[axis])];
}

function needsMaps(axes: 1 | 2, { shape, from }: Flow): string {
  const wanted = axes === 1 ? '[channels, length]' : '[channels, height, width]';
  const input = from === 'the input' ? `; write the input as \`${wanted}\`` : '';
  return `needs maps of shape ${wanted}, but gets ${shapeText(shape)} from ${from}${input}`;
}

function needsAnyMaps({ shape, from }: Flow): string {
  return `needs maps of shape [channels, length] or [channels, height, width], but gets ${shapeText(shape)} from ${from}`;
}

/** The channels alone, for a pool over everything else. */
export function globalPoolShape(flow: Flow): Shape | string {
  return flow.shape.length > 1 ? [flow.shape[0]] : needsAnyMaps(flow);
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
