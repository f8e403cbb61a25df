// Root mean square normalisation of rows. Formulas: `normalization-kernels.ts`. Sums are taken in double precision.
import {
  addProducts, addSquares, all, flushed, fromDoubles, highDoubles, loadUpTo, lowDoubles, storeUpTo, sumOfDoubles,
} from './float32x4';

export function rmsNorm(x: usize, weight: usize, y: usize, inverseRms: usize, rows: i32, columns: i32, epsilon: f64): void {
  const row = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    let squares = f64x2.splat(0);
    let at: usize = 0;
    for (let left = columns; left > 0; left -= 4) {
      squares = addSquares(squares, loadUpTo(x + at, left));
      at += 16;
    }
    const inverse = <f32>(1 / sqrt(sumOfDoubles(squares) / <f64>columns + epsilon));
    at = 0;
    for (let left = columns; left > 0; left -= 4) {
      storeUpTo(y + at, flushed(f32x4.mul(f32x4.mul(loadUpTo(x + at, left), all(inverse)), loadUpTo(weight + at, left))), left);
      at += 16;
    }
    store<f32>(inverseRms, inverse);
    x += row;
    y += row;
    inverseRms += 4;
  }
}

export function rmsNormBackward(
  x: usize, weight: usize, inverseRms: usize, dy: usize, dx: usize, dWeight: usize, rows: i32, columns: i32,
): void {
  // before dx, which may lie on dy
  weightGradient(x, inverseRms, dy, dWeight, rows, columns);
  const row = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    backwardRow(x, weight, load<f32>(inverseRms), dy, dx, columns);
    x += row;
    dy += row;
    dx += row;
    inverseRms += 4;
  }
}

/** dWeight[c] = Σ_r dy h, by four columns at a time */
function weightGradient(x: usize, inverseRms: usize, dy: usize, dWeight: usize, rows: i32, columns: i32): void {
  const row = (<usize>columns) << 2;
  for (let left = columns; left > 0; left -= 4) {
    let low = f64x2.splat(0), high = f64x2.splat(0);
    let at: usize = 0;
    for (let r: usize = 0; r < <usize>rows; r++) {
      const d = loadUpTo(dy + at, left);
      const h = f32x4.mul(loadUpTo(x + at, left), v128.load32_splat(inverseRms + (r << 2)));
      low = f64x2.add(low, f64x2.mul(lowDoubles(d), lowDoubles(h)));
      high = f64x2.add(high, f64x2.mul(highDoubles(d), highDoubles(h)));
      at += row;
    }
    storeUpTo(dWeight, flushed(fromDoubles(low, high)), left);
    x += 16;
    dy += 16;
    dWeight += 16;
  }
}

/** dx = inverseRms (g - h mean(g h)), g = dy weight */
// @ts-ignore: decorator
@inline
function backwardRow(x: usize, weight: usize, inverse: f32, dy: usize, dx: usize, columns: i32): void {
  const factor = all(inverse);
  let weighted = f64x2.splat(0);
  let at: usize = 0;
  for (let left = columns; left > 0; left -= 4) {
    const g = f32x4.mul(loadUpTo(dy + at, left), loadUpTo(weight + at, left));
    weighted = addProducts(weighted, g, f32x4.mul(loadUpTo(x + at, left), factor));
    at += 16;
  }
  const meanGh = all(<f32>(sumOfDoubles(weighted) / <f64>columns));
  at = 0;
  for (let left = columns; left > 0; left -= 4) {
    const g = f32x4.mul(loadUpTo(dy + at, left), loadUpTo(weight + at, left));
    const h = f32x4.mul(loadUpTo(x + at, left), factor);
    storeUpTo(dx + at, flushed(f32x4.mul(factor, f32x4.sub(g, f32x4.mul(h, meanGh)))), left);
    at += 16;
  }
}
