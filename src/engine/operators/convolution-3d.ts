import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { add } from './add';
import { convolution } from './convolution';
import { pad } from './pad';
import { permute } from './permute';
import { reshape } from './reshape';
import { select, slice } from './slice';
import { windowCount, type WindowOptions } from './windows';

/**
 * Cross-correlation over three axes, as PyTorch's `conv3d`: x `[n, channels, depth, h, w]`, weight `[filters, channels /
 * groups, kernel...]`, bias `[filters]`. A sum of convolutions over two axes, one for each plane of the kernel.
 */
export function convolution3d(
  graph: Graph,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  { kernel, stride, padding, paddingAfter = padding, dilation }: WindowOptions,
): Tensor {
  const [batch, , , ...rest] = x.shape as readonly [number, number, number, number, number];
  const padded = pad(graph, permute(graph, x, [0, 2, 1, 3, 4]), [
    { axis: 1, before: padding[0], after: paddingAfter[0] },
  ]);
  const [step, apart] = [stride[0], dilation[0]];
  const depth = windowCount(padded.shape[1], kernel[0], step, apart);
  const plane = {
    kernel: kernel.slice(1),
    stride: stride.slice(1),
    padding: padding.slice(1),
    paddingAfter: paddingAfter.slice(1),
    dilation: dilation.slice(1),
  };
  const planes = Array.from({ length: kernel[0] }, (_, k) => {
    const part = slice(graph, padded, 1, { start: k * apart, stop: k * apart + (depth - 1) * step + 1, step });
    const maps = reshape(graph, part, [batch * depth, x.shape[1], ...rest]);
    return convolution(graph, maps, select(graph, weight, 2, k), undefined, plane);
  });
  const sum = planes.reduce((total, next) => add(graph, total, next));
  const apartAgain = reshape(graph, sum, [batch, depth, ...sum.shape.slice(1)]);
  const y = permute(graph, apartAgain, [0, 2, 1, 3, 4]);
  return bias ? add(graph, y, reshape(graph, bias, [...bias.shape, 1, 1, 1])) : y;
}
