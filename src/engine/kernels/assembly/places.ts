// Matrices whose elements lie scattered: element (l, t) stands at the address of place t plus the offset of row l. A convolution
// reads its windows so (t: a window, l: a weight of the kernel), and maps `[n, channels, places]` as a matrix over the whole batch
// (t: a place of an image, l: a channel). Four places side by side in memory are moved together.
import { flushed, flushedFloat } from './float32x4';
import { turnFour } from './turn';

/**
 * Addresses of `count` windows from the one numbered `first` on, in the order of images, rows and columns, at `to`; filled up to
 * eight with x, which is side by side with none. `image`, `row`, `step`: bytes from an image, a row of windows, a window to the next.
 */
export function listPlaces(
  x: usize, first: i32, count: i32, image: usize, row: usize, step: usize, outHeight: i32, outWidth: i32, to: usize,
): void {
  const perImage = outHeight * outWidth;
  let n = first / perImage;
  let p = (first - n * perImage) / outWidth;
  let q = first - n * perImage - p * outWidth;
  const steps = i32x4.mul(i32x4.splat(<i32>step), i32x4(0, 1, 2, 3));
  while (count > 0) {
    // the windows that are left in this row
    const few = min(count, outWidth - q);
    let place = x + <usize>n * image + <usize>p * row + <usize>q * step;
    let left = few;
    for (; left >= 4; left -= 4) {
      v128.store(to, i32x4.add(i32x4.splat(<i32>place), steps));
      place += step << 2;
      to += 16;
    }
    for (; left > 0; left--) {
      store<u32>(to, place);
      place += step;
      to += 4;
    }
    count -= few;
    q = 0;
    if (++p < outHeight) continue;
    p = 0;
    n++;
  }
  for (; to & 31; to += 4) store<u32>(to, x);
}

/** Offsets of `count` weights of a kernel from the one numbered `first` on, at `to`; filled up to four with the last. */
export function listWeights(
  first: i32, count: i32, height: i32, width: i32, kernelHeight: i32, kernelWidth: i32, dilationHeight: i32, dilationWidth: i32,
  to: usize,
): void {
  let offset = 0;
  for (let l = first; l < first + count; l++) {
    const j = l % kernelWidth, row = l / kernelWidth;
    const i = row % kernelHeight, c = row / kernelHeight;
    offset = ((c * height + i * dilationHeight) * width + j * dilationWidth) << 2;
    store<u32>(to, offset);
    to += 4;
  }
  for (; to & 15; to += 4) store<u32>(to, offset);
}

/** Offsets of `count` maps of `mapBytes` from the one numbered `first` on, at `to`; filled up to four with the last. */
export function listMaps(first: i32, count: i32, mapBytes: usize, to: usize): void {
  let offset: usize = 0;
  for (let l = first; l < first + count; l++) {
    offset = <usize>l * mapBytes;
    store<u32>(to, offset);
    to += 4;
  }
  for (; to & 15; to += 4) store<u32>(to, offset);
}

/** Whether four listed places are side by side. Places only grow, by four bytes at least. */
// @ts-ignore: decorator
@inline
function together(places: usize): bool {
  return load<u32>(places, 12) - load<u32>(places) == 12;
}

/** The same of eight. */
// @ts-ignore: decorator
@inline
function eightTogether(places: usize): bool {
  return load<u32>(places, 28) - load<u32>(places) == 28;
}

/** Bytes of a row of the panel that holds column j. */
// @ts-ignore: decorator
@inline
export function panelRow(j: i32, columns: i32): usize {
  return j < (columns & ~15) ? 64 : 32;
}

/** Where column j of panels begins: they are of sixteen columns as long as there are as many, then of eight. */
// @ts-ignore: decorator
@inline
export function placeInPanels(j: i32, columns: i32, depth: i32): usize {
  const first = j < (columns & ~15) ? j & ~15 : j & ~7;
  return ((<usize>(first * depth)) << 2) + ((<usize>(j - first)) << 2);
}

/** The matrix `[depth, columns]` as panels side by side, as `packPanels` makes them. */
export function packPlaces(places: usize, offsets: usize, depth: i32, columns: i32, to: usize): void {
  const end = offsets + ((<usize>depth) << 2);
  for (let j = 0; j < columns; j += 4) {
    const p0 = <usize>load<u32>(places);
    if ((j & 15) == 0 && j + 16 <= columns && sixteenTogether(places)) {
      packSixteen(places, offsets, end, to + ((<usize>(j * depth)) << 2));
      places += 64;
      j += 12;
      continue;
    }
    const panelBytes = panelRow(j, columns);
    let at = to + placeInPanels(j, columns, depth);
    if (together(places)) {
      for (let o = offsets; o < end; o += 4) {
        v128.store(at, v128.load(p0 + load<u32>(o)));
        at += panelBytes;
      }
    } else {
      const p1 = <usize>load<u32>(places, 4), p2 = <usize>load<u32>(places, 8), p3 = <usize>load<u32>(places, 12);
      for (let o = offsets; o < end; o += 4) {
        const offset = <usize>load<u32>(o);
        let four = v128.load32_zero(p0 + offset);
        four = v128.load32_lane(p1 + offset, four, 1);
        four = v128.load32_lane(p2 + offset, four, 2);
        v128.store(at, v128.load32_lane(p3 + offset, four, 3));
        at += panelBytes;
      }
    }
    places += 16;
  }
}

/** Whether sixteen are, by fours. */
// @ts-ignore: decorator
@inline
function sixteenTogether(places: usize): bool {
  return together(places) && together(places + 16) && together(places + 32) && together(places + 48);
}

/** A whole panel of sixteen columns: each offset is read once for all. */
function packSixteen(places: usize, offsets: usize, end: usize, to: usize): void {
  const p0 = <usize>load<u32>(places), p1 = <usize>load<u32>(places, 16);
  const p2 = <usize>load<u32>(places, 32), p3 = <usize>load<u32>(places, 48);
  for (; offsets < end; offsets += 4) {
    const offset = <usize>load<u32>(offsets);
    v128.store(to, v128.load(p0 + offset));
    v128.store(to, v128.load(p1 + offset), 16);
    v128.store(to, v128.load(p2 + offset), 32);
    v128.store(to, v128.load(p3 + offset), 48);
    to += 64;
  }
}

/**
 * Four rows of the matrix, those of the four offsets listed, side by side: for each of `count` places a group of four floats, every
 * `toBytes` bytes.
 */
export function packFourRows(places: usize, count: i32, offsets: usize, to: usize, toBytes: usize): void {
  const o0 = <usize>load<u32>(offsets), o1 = <usize>load<u32>(offsets, 4);
  const o2 = <usize>load<u32>(offsets, 8), o3 = <usize>load<u32>(offsets, 12);
  while (count > 0) {
    if (count >= 4 && together(places)) {
      const p = <usize>load<u32>(places);
      turnFour(p + o0, p + o1, p + o2, p + o3, to, toBytes);
      to += 4 * toBytes;
      places += 16;
      count -= 4;
      continue;
    }
    for (let few = min(4, count); few > 0; few--) {
      const p = <usize>load<u32>(places);
      let four = v128.load32_zero(p + o0);
      four = v128.load32_lane(p + o1, four, 1);
      four = v128.load32_lane(p + o2, four, 2);
      v128.store(to, v128.load32_lane(p + o3, four, 3));
      to += toBytes;
      places += 4;
      count--;
    }
  }
}

/** Adds a row of `count` floats to the row of the matrix that has this offset. */
export function addToPlaces(row: usize, places: usize, count: i32, offset: usize): void {
  for (; count > 0; count -= 4) {
    if (count >= 4 && together(places)) {
      const at = load<u32>(places) + offset;
      v128.store(at, flushed(f32x4.add(v128.load(at), v128.load(row))));
    } else {
      for (let few = 0; few < min(4, count); few++) {
        const at = load<u32>(places + ((<usize>few) << 2)) + offset;
        store<f32>(at, flushedFloat(load<f32>(at) + load<f32>(row + ((<usize>few) << 2))));
      }
    }
    places += 16;
    row += 16;
  }
}

/** A row of `depth` factors times the matrix, to the places listed as `out`, `outOffset` added to each: = or += */
export function rowTimesPlaces(
  row: usize, places: usize, offsets: usize, depth: i32, out: usize, columns: i32, outOffset: usize, accumulate: bool,
): void {
  const end = row + ((<usize>depth) << 2);
  const bytes = (<usize>columns) << 2;
  for (let j: usize = 0; j < bytes; ) {
    const to = load<u32>(out + j) + outOffset;
    const p = <usize>load<u32>(places + j);
    if (j + 32 <= bytes && eightTogether(places + j) && eightTogether(out + j)) {
      let low = accumulate ? v128.load(to) : f32x4.splat(0), high = accumulate ? v128.load(to, 16) : f32x4.splat(0);
      for (let w = row, o = offsets; w < end; w += 4, o += 4) {
        const factor = v128.load32_splat(w), at = p + load<u32>(o);
        low = f32x4.add(low, f32x4.mul(factor, v128.load(at)));
        high = f32x4.add(high, f32x4.mul(factor, v128.load(at, 16)));
      }
      v128.store(to, flushed(low));
      v128.store(to, flushed(high), 16);
      j += 32;
    } else if (j + 16 <= bytes && together(places + j) && together(out + j)) {
      let sum = accumulate ? v128.load(to) : f32x4.splat(0);
      for (let w = row, o = offsets; w < end; w += 4, o += 4) {
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(w), v128.load(p + load<u32>(o))));
      }
      v128.store(to, flushed(sum));
      j += 16;
    } else {
      let sum = accumulate ? load<f32>(to) : 0;
      for (let w = row, o = offsets; w < end; w += 4, o += 4) sum += load<f32>(w) * load<f32>(p + load<u32>(o));
      store<f32>(to, flushedFloat(sum));
      j += 4;
    }
  }
}

/**
 * For each of `depth` rows of the matrix its product with the row at `a`, `aOffset` added to each of its places, summed over `count`
 * places: to numbers `toBytes` apart, = or +=
 */
export function placesTimesPlaces(
  a: usize, aOffset: usize, places: usize, offsets: usize, depth: i32, count: i32, to: usize, toBytes: usize, accumulate: bool,
): void {
  const bytes = (<usize>count) << 2;
  for (; depth > 0; depth--) {
    const offset = <usize>load<u32>(offsets);
    let sums = f32x4.splat(0);
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) {
      const p = places + j, q = a + j;
      const x = together(p) ? v128.load(load<u32>(p) + offset) : loadScattered(p, offset);
      const y = together(q) ? v128.load(load<u32>(q) + aOffset) : loadScattered(q, aOffset);
      sums = f32x4.add(sums, f32x4.mul(x, y));
    }
    let sum = (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
    for (; j < bytes; j += 4) sum += load<f32>(load<u32>(places + j) + offset) * load<f32>(load<u32>(a + j) + aOffset);
    store<f32>(to, flushedFloat(accumulate ? load<f32>(to) + sum : sum));
    offsets += 4;
    to += toBytes;
  }
}

/** What stands at four listed places, wherever they are. */
// @ts-ignore: decorator
@inline
function loadScattered(places: usize, offset: usize): v128 {
  let four = v128.load32_zero(load<u32>(places) + offset);
  four = v128.load32_lane(load<u32>(places, 4) + offset, four, 1);
  four = v128.load32_lane(load<u32>(places, 8) + offset, four, 2);
  return v128.load32_lane(load<u32>(places, 12) + offset, four, 3);
}
