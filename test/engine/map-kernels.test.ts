/** Every kernel of maps against its definition, element by element, over random windows. */
import { expect, it } from 'vitest';
import type { MapKernels, PlainMapKernels, Windows } from '../../src/engine/kernels/map-kernels';
import type { IdBuffer, NumberBuffer } from '../../src/engine/kernels/buffers';
import { mapKernels as ofSets, plainMapKernels } from '../../src/engine/kernels/reference/maps';
import { windowCount } from '../../src/engine/operators/windows';
import { Random } from '../../src/engine/random';

const mapKernels: MapKernels & PlainMapKernels = { ...ofSets, ...plainMapKernels };
const RUNS = 25;
const buffer = (values: Float64Array): NumberBuffer => ({ offset: 0, length: values.length, data: values });
const ids = (length: number): IdBuffer => ({ offset: 0, length, data: new Int32Array(length) });

class Draw {
  constructor(private readonly random: Random) {}

  size(least: number, most: number): number {
    return least + this.random.integer(most - least + 1);
  }

  numbers(count: number): Float64Array {
    // Few different values, so that the largest of a window is often there twice.
    return Float64Array.from(
      { length: count },
      () => this.random.integer(9) - 4 + (this.random.integer(2) ? 0 : this.random.normal()),
    );
  }

  windows(dilated: boolean): Windows {
    const axis = (): [size: number, kernel: number, stride: number, padding: number, dilation: number, out: number] => {
      const [size, kernel, stride] = [this.size(3, 7), this.size(1, 3), this.size(1, 3)];
      const dilation = dilated ? this.size(1, 2) : 1;
      const [before, after] = [0, 0].map(() => this.size(0, dilated ? 3 : Math.floor(kernel / 2)));
      return [size, kernel, stride, before, dilation, windowCount(size + before + after, kernel, stride, dilation)];
    };
    for (;;) {
      const [tall, wide] = [axis(), axis()];
      if (tall[5] < 1 || wide[5] < 1) continue;
      return [
        this.size(1, 2),
        this.size(1, 3),
        tall[0],
        wide[0],
        tall[1],
        wide[1],
        tall[2],
        wide[2],
        tall[3],
        wide[3],
        tall[4],
        wide[4],
        tall[5],
        wide[5],
      ];
    }
  }
}

/** Index into the maps of what element (i, j) of the window at (p, q) of map m reads; `undefined` for padding. */
function readAt(
  [
    ,
    ,
    height,
    width,
    ,
    ,
    strideHeight,
    strideWidth,
    paddingHeight,
    paddingWidth,
    dilationHeight,
    dilationWidth,
  ]: Windows,
  m: number,
  p: number,
  q: number,
  i: number,
  j: number,
): number | undefined {
  const row = p * strideHeight - paddingHeight + i * dilationHeight;
  const column = q * strideWidth - paddingWidth + j * dilationWidth;
  return row < 0 || row >= height || column < 0 || column >= width ? undefined : (m * height + row) * width + column;
}

/** The elements of each window that are not padding, window after window. */
function windowReads(windows: Windows): number[][] {
  const [batch, channels, , , kernelHeight, kernelWidth, , , , , , , outHeight, outWidth] = windows;
  const all: number[][] = [];
  for (let m = 0; m < batch * channels; m++)
    for (let p = 0; p < outHeight; p++)
      for (let q = 0; q < outWidth; q++) {
        const reads: number[] = [];
        for (let i = 0; i < kernelHeight; i++)
          for (let j = 0; j < kernelWidth; j++) {
            const at = readAt(windows, m, p, q, i, j);
            if (at !== undefined) reads.push(at);
          }
        all.push(reads);
      }
  return all;
}

const sizeOfMaps = ([batch, channels, height, width]: Windows): number => batch * channels * height * width;
/** dx, to which every window adds `share` of its dy. */
function scattered(
  length: number,
  reads: readonly (readonly number[])[],
  dy: Float64Array,
  share: (count: number) => number,
): Float64Array {
  const dx = new Float64Array(length);
  reads.forEach((elements, to) =>
    elements.forEach(at => {
      dx[at] += dy[to] * share(elements.length);
    }),
  );
  return dx;
}
const largest =
  (x: Float64Array) =>
  (elements: readonly number[]): number =>
    elements.reduce((best, at) => (x[at] > x[best] ? at : best), elements[0]);

/** What the kernel wrote, and what it should have. */
type Outcome = readonly [got: Float64Array, expected: Float64Array];
const written = (length: number, run: (y: NumberBuffer) => void): Float64Array => {
  const y = new Float64Array(length).fill(NaN);
  run(buffer(y));
  return y;
};

const CHECKS: Readonly<Record<keyof typeof mapKernels, (draw: Draw) => Outcome>> = {
  padMaps(draw) {
    const [maps, height, width] = [0, 0, 0].map(() => draw.size(1, 5)) as [number, number, number];
    const [outHeight, outWidth] = [0, 0].map(() => draw.size(1, 9)) as [number, number];
    const [top, left] = [0, 0].map(() => draw.size(-3, 4)) as [number, number];
    const x = draw.numbers(maps * height * width);
    const expected: number[] = [];
    for (let m = 0; m < maps; m++)
      for (let p = -top; p < outHeight - top; p++)
        for (let q = -left; q < outWidth - left; q++) {
          expected.push(p < 0 || p >= height || q < 0 || q >= width ? 0 : x[(m * height + p) * width + q]);
        }
    return [
      written(expected.length, y =>
        mapKernels.padMaps(buffer(x), y, maps, height, width, outHeight, outWidth, top, left),
      ),
      Float64Array.from(expected),
    ];
  },
  maxPool(draw) {
    const windows = draw.windows(false);
    const [x, reads] = [draw.numbers(sizeOfMaps(windows)), windowReads(windows)];
    return [
      written(reads.length, y => mapKernels.maxPool(buffer(x), y, ids(reads.length), ...windows)),
      Float64Array.from(reads, elements => Math.max(...elements.map(at => x[at]))),
    ];
  },
  maxPoolBackward(draw) {
    const windows = draw.windows(false);
    const [x, reads] = [draw.numbers(sizeOfMaps(windows)), windowReads(windows)];
    const dy = draw.numbers(reads.length);
    const places = ids(reads.length);
    mapKernels.maxPool(buffer(x), buffer(new Float64Array(reads.length)), places, ...windows);
    const [batch, channels, height, width, , , , , , , , , outHeight, outWidth] = windows;
    return [
      written(x.length, dx =>
        mapKernels.maxPoolBackward(buffer(dy), places, dx, batch * channels, height * width, outHeight * outWidth),
      ),
      scattered(
        x.length,
        reads.map(elements => [largest(x)(elements)]),
        dy,
        () => 1,
      ),
    ];
  },
  averagePool(draw) {
    const windows = draw.windows(false);
    const [x, reads, padded] = [draw.numbers(sizeOfMaps(windows)), windowReads(windows), draw.size(0, 1) === 1];
    return [
      written(reads.length, y => mapKernels.averagePool(buffer(x), y, padded, ...windows)),
      Float64Array.from(
        reads,
        elements => elements.reduce((sum, at) => sum + x[at], 0) / (padded ? windows[4] * windows[5] : elements.length),
      ),
    ];
  },
  averagePoolBackward(draw) {
    const windows = draw.windows(false);
    const [reads, padded] = [windowReads(windows), draw.size(0, 1) === 1];
    const dy = draw.numbers(reads.length);
    return [
      written(sizeOfMaps(windows), dx => mapKernels.averagePoolBackward(buffer(dy), dx, padded, ...windows)),
      scattered(sizeOfMaps(windows), reads, dy, count => 1 / (padded ? windows[4] * windows[5] : count)),
    ];
  },
  upsample(draw) {
    const [maps, height, width, tall, wide] = [0, 0, 0, 0, 0].map(() => draw.size(1, 4)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const x = draw.numbers(maps * height * width);
    const sources = upsampled(maps, height, width, tall, wide);
    return [
      written(sources.length, y => mapKernels.upsample(buffer(x), y, maps, height, width, tall, wide)),
      Float64Array.from(sources, at => x[at]),
    ];
  },
  upsampleBackward(draw) {
    const [maps, height, width, tall, wide] = [0, 0, 0, 0, 0].map(() => draw.size(1, 4)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const sources = upsampled(maps, height, width, tall, wide);
    const dy = draw.numbers(sources.length);
    return [
      written(maps * height * width, dx =>
        mapKernels.upsampleBackward(buffer(dy), dx, maps, height, width, tall, wide),
      ),
      scattered(
        maps * height * width,
        sources.map(at => [at]),
        dy,
        () => 1,
      ),
    ];
  },
  activateChannels(draw) {
    const [outer, channels, inner] = [draw.size(1, 3), draw.size(1, 4), draw.size(1, 9)];
    const [x, bias] = [draw.numbers(outer * channels * inner), draw.numbers(channels)];
    const z = x.slice();
    mapKernels.activateChannels('tanh', buffer(z), buffer(bias), outer, channels, inner);
    return [z, x.map((value, at) => Math.tanh(value + bias[Math.floor(at / inner) % channels]))];
  },
  activateChannelsBackward(draw) {
    const [outer, channels, inner] = [draw.size(1, 3), draw.size(1, 4), draw.size(1, 9)];
    const [y, dy] = [draw.numbers(outer * channels * inner), draw.numbers(outer * channels * inner)];
    const dx = dy.map((value, at) => value * (1 - y[at] ** 2));
    const sums = new Float64Array(channels);
    dx.forEach((value, at) => {
      sums[Math.floor(at / inner) % channels] += value;
    });
    const [gotSums, got] = [new Float64Array(channels), new Float64Array(dx.length)];
    mapKernels.activateChannelsBackward(
      'tanh',
      buffer(y),
      buffer(dy),
      buffer(got),
      buffer(gotSums),
      outer,
      channels,
      inner,
    );
    return [Float64Array.of(...got, ...gotSums), Float64Array.of(...dx, ...sums)];
  },
  channelSums(draw) {
    const [outer, channels, inner] = [draw.size(1, 3), draw.size(1, 4), draw.size(1, 9)];
    const x = draw.numbers(outer * channels * inner);
    const sums = new Float64Array(channels);
    x.forEach((value, at) => {
      sums[Math.floor(at / inner) % channels] += value;
    });
    return [written(channels, y => mapKernels.channelSums(buffer(x), y, outer, channels, inner)), sums];
  },
};

/** Which element each of the upsampled ones repeats. */
function upsampled(maps: number, height: number, width: number, tall: number, wide: number): number[] {
  const sources: number[] = [];
  for (let m = 0; m < maps; m++)
    for (let p = 0; p < height * tall; p++)
      for (let q = 0; q < width * wide; q++) {
        sources.push((m * height + Math.floor(p / tall)) * width + Math.floor(q / wide));
      }
  return sources;
}

it('every kernel of maps has a check', () => {
  expect(Object.keys(CHECKS).sort()).toEqual(Object.keys(mapKernels).sort());
});

it.each(Object.keys(CHECKS) as (keyof typeof mapKernels)[])('%s', name => {
  for (let run = 0; run < RUNS; run++) {
    const [got, expected] = CHECKS[name](new Draw(new Random(run).fork(name)));
    expect(got.length).toBe(expected.length);
    expected.forEach((value, at) => expect(got[at], `${name}, run ${run}, [${at}]`).toBeCloseTo(value, 12));
  }
});
