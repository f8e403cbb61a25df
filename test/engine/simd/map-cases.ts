import type { MapKernels, Windows } from '../../../src/engine/kernels/map-kernels';
import type { ElementwiseActivation } from '../../../src/engine/kernels/elementwise-activation';
import { ACTIVATION_CODES } from '../../../src/engine/kernels/simd/codes';
import { windowsOver } from '../../../src/engine/operators/windows';
import { Random } from '../../../src/engine/random';
import type { Cases, Draw } from './draw';
import { Operand } from './twin-run';

/** Random windows over maps, among them strides beyond 2 and maps wide enough for the vector loops. */
function drawWindows(seed: number): readonly Windows[] {
  const random = new Random(seed);
  const pair = (least: number, choices: number): [number, number] => [
    least + random.integer(choices),
    least + random.integer(choices),
  ];
  const all: Windows[] = [];
  while (all.length < 60) {
    const [kernel, stride] = [pair(1, 4), pair(1, 4)];
    // by half a window at most, so that none lies outside altogether
    const padding = kernel.map(size => random.integer(Math.floor(size / 2) + 1));
    const options = { kernel, stride, padding, dilation: [1, 1] };
    const { windows, places } = windowsOver([1 + random.integer(2), 1 + random.integer(3), ...pair(4, 22)], options);
    if (places.every(count => count > 0)) all.push(windows);
  }
  return all;
}

/** Windows of 2 × 2 side by side: rows of four, of more, of one over; above the edge, rows apart or overlapping. */
const BY_TWOS: readonly Windows[] = [
  windowsOver([2, 3, 8, 8], { kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] }).windows,
  windowsOver([1, 2, 9, 27], { kernel: [2, 2], stride: [2, 2], padding: [1, 0], dilation: [1, 1] }).windows,
  windowsOver([2, 1, 7, 12], { kernel: [2, 2], stride: [1, 2], padding: [1, 0], dilation: [2, 1] }).windows,
];

/** Elements of the maps and of the results of pooling. */
function sizesOf([batch, channels, height, width, , , , , , , , , outHeight, outWidth]: Windows): {
  maps: number;
  pooled: number;
} {
  return { maps: batch * channels * height * width, pooled: batch * channels * outHeight * outWidth };
}

/** Numbers of which many are equal, so that the first largest must be told from the others; among them some NaN. */
function tied(draw: Draw, n: number, nan = false): Operand {
  const { values } = draw.numbers(n);
  return new Operand(
    'numbers',
    values.map((value, i) => (nan && i % 17 === 3 ? NaN : Math.round(value))),
  );
}

/** maps, their elements, windows over each */
const POOLED = [
  [1, 1, 1],
  [3, 4, 1],
  [2, 9, 4],
  [5, 35, 12],
  [2, 7, 30],
] as const;

/** maps, height, width, padded height, padded width, rows above, columns to the left */
const PADDED = [
  [2, 3, 5, 5, 7, 1, 1],
  [3, 1, 9, 1, 14, 0, 2],
  [1, 4, 4, 3, 2, -1, -1],
  [2, 5, 6, 4, 9, -2, 1],
  [1, 2, 2, 5, 11, 4, 9],
  [2, 6, 19, 6, 19, 0, 0],
] as const;

const ACTIVATIONS = Object.keys(ACTIVATION_CODES) as ElementwiseActivation[];

const CHANNELS = [
  [1, 1, 1],
  [2, 3, 5],
  [3, 2, 16],
  [4, 5, 33],
] as const;

export const MAP_CASES: Readonly<Record<keyof MapKernels, Cases>> = {
  padMaps: draw =>
    PADDED.map(([maps, height, width, outHeight, outWidth, top, left]) => ({
      args: [
        draw.numbers(maps * height * width),
        draw.numbers(maps * outHeight * outWidth),
        maps,
        height,
        width,
        outHeight,
        outWidth,
        top,
        left,
      ],
    })),
  maxPool: draw =>
    [false, true].flatMap(nan =>
      [...BY_TWOS, ...drawWindows(3)].map(windows => {
        const { maps, pooled } = sizesOf(windows);
        return { args: [tied(draw, maps, nan), draw.numbers(pooled), draw.ids(pooled, 1), ...windows] };
      }),
    ),
  maxPoolBackward: draw =>
    POOLED.map(([maps, size, windows]) => ({
      args: [
        draw.numbers(maps * windows),
        draw.ids(maps * windows, size),
        draw.numbers(maps * size),
        maps,
        size,
        windows,
      ],
    })),
  averagePool: draw =>
    [false, true].flatMap(padded =>
      drawWindows(6).map(windows => {
        const { maps, pooled } = sizesOf(windows);
        return { args: [draw.numbers(maps), draw.numbers(pooled), padded, ...windows] };
      }),
    ),
  averagePoolBackward: draw =>
    [false, true].flatMap(padded =>
      drawWindows(7).map(windows => {
        const { maps, pooled } = sizesOf(windows);
        return { args: [draw.numbers(pooled), draw.numbers(maps), padded, ...windows] };
      }),
    ),
  activateChannels: draw =>
    ACTIVATIONS.flatMap(kind =>
      CHANNELS.map(([outer, channels, inner]) => ({
        args: [kind, draw.numbers(outer * channels * inner, 3), draw.numbers(channels), outer, channels, inner],
      })),
    ),
  activateChannelsBackward: draw =>
    ACTIVATIONS.flatMap(kind =>
      CHANNELS.map(([outer, channels, inner]) => {
        const n = outer * channels * inner;
        return {
          args: [
            kind,
            draw.numbers(n, 0.8),
            draw.numbers(n),
            draw.numbers(n),
            draw.numbers(channels),
            outer,
            channels,
            inner,
          ],
        };
      }),
    ),
  channelSums: draw =>
    CHANNELS.map(([outer, channels, inner]) => ({
      args: [draw.numbers(outer * channels * inner), draw.numbers(channels), outer, channels, inner],
    })),
};
