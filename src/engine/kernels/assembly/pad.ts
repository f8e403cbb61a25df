// Maps set into zeros, or cut out of larger ones.
import { copyRow } from './rows';

/** y[m, p, q] = x[m, p - top, q - left], 0 outside */
export function padMaps(
  x: usize, y: usize, maps: i32, height: i32, width: i32, outHeight: i32, outWidth: i32, top: i32, left: i32,
): void {
  const firstRow = max(0, top), endRow = min(outHeight, top + height);
  const first = max(0, left), count = min(outWidth, left + width) - first;
  const row = (<usize>width) << 2, outRow = (<usize>outWidth) << 2;
  memory.fill(y, 0, <usize>(maps * outHeight) * outRow);
  for (let m = 0; m < maps; m++) {
    let from = x + <usize>(m * height + firstRow - top) * row + ((<usize>(first - left)) << 2);
    let to = y + <usize>(m * outHeight + firstRow) * outRow + ((<usize>first) << 2);
    for (let p = firstRow; p < endRow; p++) {
      copyRow(from, to, count);
      from += row;
      to += outRow;
    }
  }
}
