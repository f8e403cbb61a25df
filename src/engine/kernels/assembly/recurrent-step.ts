// What the three recurrent cells share: the packed recurrent weight and the two products of a time step.
import { loadUpTo, storeUpTo } from './float32x4';
import { rowsTimesPanels } from './matmul';
import { packPanels, packTurnedPanels } from './pack';

/** Bytes that the panels of a weight with `gates` blocks may take at the start of the scratch memory; the biases' sum follows. */
// @ts-ignore: decorator
@inline
export function biasPlace(scratch: usize, gates: i32, units: i32): usize {
  return scratch + ((<usize>(gates * units) * <usize>(units + 8)) << 2);
}

/** sum[i] = a[i] + b[i] for i < n */
export function addBiases(a: usize, b: usize, sum: usize, n: i32): void {
  let at: usize = 0;
  for (let left = n; left > 0; left -= 4) {
    storeUpTo(sum + at, f32x4.add(loadUpTo(a + at, left), loadUpTo(b + at, left)), left);
    at += 16;
  }
}

/** Packs weight [columns, units] for products hidden weightᵀ. */
export function packForward(weight: usize, columns: i32, units: i32, panels: usize): void {
  packTurnedPanels(weight, (<usize>units) << 2, units, columns, panels);
}

/** Packs weight [rows, units] for products dGates weight. */
export function packBackward(weight: usize, rows: i32, units: i32, panels: usize): void {
  packPanels(weight, (<usize>units) << 2, rows, units, panels);
}

/** The derivative by the state before: to[N, H] = dGates[N, rows] weight[rows, H], or += */
export function gradientByState(
  dGates: usize, panels: usize, to: usize, batch: i32, rows: i32, units: i32, accumulate: bool,
): void {
  rowsTimesPanels(dGates, (<usize>rows) << 2, panels, rows, to, (<usize>units) << 2, batch, units, accumulate);
}
