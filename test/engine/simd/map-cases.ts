import type { MapKernels, Windows } from '../../../src/engine/kernels/map-kernels';
import { windowsOver } from '../../../src/engine/operators/windows';
import { Random } from '../../../src/engine/random';
import type { Cases, Draw } from './draw';
import { Operand, type Argument } from './twin-run';

/** Random windows over maps, among them strides beyond 2, dilation, and maps wide enough for the vector loops. */
function drawWindows(seed: number, pools: boolean): readonly Windows[] {
  const random = new Random(seed);
  const pair = (least: number, choices: number): [number, number] => [least + random.integer(choices), least + random.integer(choices)];
  const all: Windows[] = [];
  while (all.length < 60) {
    const [kernel, stride, dilation] = [pair(1, 4), pair(1, 4), pair(1, 2)];
    // pooling pads by half a window at most, so that none lies outside altogether
    const padding = kernel.map(size => random.integer(pools ? Math.floor(size / 2) + 1 : size + 2));
    const options = { kernel, stride, padding, dilation: pools ? [1, 1] : dilation };
    const { windows, places } = windowsOver([1 + random.integer(2), 1 + random.integer(3), ...pair(4, 22)], options);
    if (places.every(count => count > 0)) all.push(windows);
  }
  return all;
}

/** Elements of the maps, of the results of pooling, and of the unfolded windows. */
function sizesOf([batch, channels, height, width, kernelHeight, kernelWidth, , , , , , , outHeight, outWidth]: Windows):
    { maps: number; pooled: number; unfolded: number } {
  const pooled = batch * channels * outHeight * outWidth;
  return { maps: batch * channels * height * width, pooled, unfolded: pooled * kernelHeight * kernelWidth };
}

function cases(
  seed: number, pools: boolean, args: (draw: Draw, sizes: ReturnType<typeof sizesOf>) => readonly Argument[],
): Cases {
  return draw => drawWindows(seed, pools).map(windows => ({ args: [...args(draw, sizesOf(windows)), ...windows] }));
}

/** Numbers of which many are equal, so that the first largest must be told from the others; among them some NaN. */
function tied(draw: Draw, n: number, nan = false): Operand {
  const { values } = draw.numbers(n);
  return new Operand('numbers', values.map((value, i) => (nan && i % 17 === 3 ? NaN : Math.round(value))));
}

/** maps, their elements, windows over each */
const POOLED = [[1, 1, 1], [3, 4, 1], [2, 9, 4], [5, 35, 12], [2, 7, 30]] as const;

const CHANNELS = [[1, 1, 1], [2, 3, 5], [3, 2, 16], [4, 5, 33]] as const;

export const MAP_CASES: Readonly<Record<keyof MapKernels, Cases>> = {
  unfold: cases(1, false, (draw, { maps, unfolded }) => [draw.numbers(maps), draw.numbers(unfolded)]),
  fold: cases(2, false, (draw, { maps, unfolded }) => [draw.numbers(unfolded), draw.numbers(maps)]),
  maxPool: draw => [false, true].flatMap(nan =>
    cases(3, true, (d, { maps, pooled }) => [tied(d, maps, nan), d.numbers(pooled), d.ids(pooled, 1)])(draw)),
  maxPoolBackward: draw => POOLED.map(([maps, size, windows]) => ({
    args: [draw.numbers(maps * windows), draw.ids(maps * windows, size), draw.numbers(maps * size), maps, size, windows],
  })),
  addToChannels: draw => CHANNELS.map(([outer, channels, inner]) => ({
    args: [draw.numbers(outer * channels * inner), draw.numbers(channels), outer, channels, inner],
  })),
  channelSums: draw => CHANNELS.map(([outer, channels, inner]) => ({
    args: [draw.numbers(outer * channels * inner), draw.numbers(channels), outer, channels, inner],
  })),
};
