// Kernels that move rows about: copies, time-major order, means over a middle axis, embeddings.
import { add, copyFloats, scaleTo } from './elementwise';
import { flushed, fromDoubles, highDoubles, loadUpTo, lowDoubles, storeUpTo } from './float32x4';

/** Starts and strides in bytes. */
export function copyRows(x: usize, xStride: usize, y: usize, yStride: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    copyFloats(x, y, columns);
    x += xStride;
    y += yStride;
  }
}

/** y[t, b, :] = x[b, τ, xColumn ..], τ = reverse ? time - 1 - t : t */
export function toTimeMajor(
  x: usize, y: usize, batch: i32, time: i32, columns: i32, xColumns: i32, xColumn: i32, reverse: bool,
): void {
  const xRow = (<usize>xColumns) << 2, yRow = (<usize>columns) << 2;
  for (let t = 0; t < time; t++) {
    const from = reverse ? time - 1 - t : t;
    copyRows(x + ((<usize>xColumn) << 2) + <usize>from * xRow, <usize>time * xRow, y, yRow, batch, columns);
    y += <usize>batch * yRow;
  }
}

/** y[b, τ, yColumn + c] = or += x[t, b, c] */
export function fromTimeMajor(
  x: usize, y: usize, batch: i32, time: i32, columns: i32, yColumns: i32, yColumn: i32, reverse: bool, accumulate: bool,
): void {
  const yRow = (<usize>yColumns) << 2, xRow = (<usize>columns) << 2;
  for (let t = 0; t < time; t++) {
    let to = y + ((<usize>yColumn) << 2) + <usize>(reverse ? time - 1 - t : t) * yRow;
    for (let b = 0; b < batch; b++) {
      if (accumulate) add(x, to, to, columns);
      else copyFloats(x, to, columns);
      x += xRow;
      to += <usize>time * yRow;
    }
  }
}

/** y[o, c] = (1 / middle) Σ_m x[o, m, c], the sum in double precision */
export function meanOverMiddle(x: usize, y: usize, outer: i32, middle: i32, inner: i32): void {
  const row = (<usize>inner) << 2;
  const share = f64x2.splat(1.0 / <f64>middle);
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c += 4) {
      const left = inner - c;
      let at = x + ((<usize>c) << 2);
      let low = f64x2.splat(0), high = f64x2.splat(0);
      for (let m = 0; m < middle; m++) {
        const value = loadUpTo(at, left);
        low = f64x2.add(low, lowDoubles(value));
        high = f64x2.add(high, highDoubles(value));
        at += row;
      }
      storeUpTo(y + ((<usize>c) << 2), flushed(fromDoubles(f64x2.mul(low, share), f64x2.mul(high, share))), left);
    }
    x += <usize>middle * row;
    y += row;
  }
}

/** dx[o, m, c] = dy[o, c] / middle */
export function meanOverMiddleBackward(dy: usize, dx: usize, outer: i32, middle: i32, inner: i32): void {
  const row = (<usize>inner) << 2;
  const share = <f32>(1.0 / <f64>middle);
  for (let o = 0; o < outer; o++) {
    for (let m = 0; m < middle; m++) {
      scaleTo(dy, dx, inner, share);
      dx += row;
    }
    dy += row;
  }
}

/** y[i, :] = weight[ids[i], :] */
export function embed(ids: usize, weight: usize, y: usize, count: i32, units: i32): void {
  const row = (<usize>units) << 2;
  for (let i = 0; i < count; i++) {
    copyFloats(weight + <usize>load<u32>(ids) * row, y, units);
    ids += 4;
    y += row;
  }
}

/** dWeight[ids[i], :] += dy[i, :] in order of i */
export function embedBackward(ids: usize, dy: usize, dWeight: usize, count: i32, units: i32): void {
  const row = (<usize>units) << 2;
  for (let i = 0; i < count; i++) {
    const to = dWeight + <usize>load<u32>(ids) * row;
    add(to, dy, to, units);
    ids += 4;
    dy += row;
  }
}
