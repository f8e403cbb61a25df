// Transforms of `winograd-weight.ts`, of four maps at once: they stand side by side, as the products need them. What belongs to one
// position of the tile stands together: row a, column b is (4 a + b) `position` bytes from the first.
import { column0, column1, column2, column3 } from './turn';

/** What a tile at an edge reads of four maps, 4 rows of 4 floats of each at most: what is beyond the map is 0. */
const EDGE: usize = memory.data(4 * 64, 16);

/**
 * Bᵀ d B of a row of tiles of four maps, c to c + 3 of `maps`, of which `rows` <= 4 rows of `width` floats are there. In the place of
 * missing maps the last is repeated.
 */
export function transformFourMaps(
  x: usize, c: i32, maps: i32, mapBytes: usize, rows: i32, width: i32, tiles: i32, to: usize, position: usize,
): void {
  let x0 = x + <usize>c * mapBytes, x1 = x + <usize>min(c + 1, maps - 1) * mapBytes;
  let x2 = x + <usize>min(c + 2, maps - 1) * mapBytes, x3 = x + <usize>min(c + 3, maps - 1) * mapBytes;
  const row = (<usize>width) << 2;
  for (let q = 0; q < tiles; q++) {
    const columns = min(4, width - 2 * q);
    if (rows == 4 && columns == 4) {
      transformFour(x0, x1, x2, x3, row, to, position);
    } else {
      memory.fill(EDGE, 0, 4 * 64);
      copyTile(x0, row, rows, columns, EDGE, 16);
      copyTile(x1, row, rows, columns, EDGE + 64, 16);
      copyTile(x2, row, rows, columns, EDGE + 128, 16);
      copyTile(x3, row, rows, columns, EDGE + 192, 16);
      transformFour(EDGE, EDGE + 64, EDGE + 128, EDGE + 192, 16, to, position);
    }
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    to += 16;
  }
}

/** What is there of a tile, to rows `toRow` bytes apart. */
function copyTile(from: usize, row: usize, rows: i32, columns: i32, to: usize, toRow: usize): void {
  for (; rows > 0; rows--) {
    memory.copy(to, from, (<usize>columns) << 2);
    from += row;
    to += toRow;
  }
}

/** Bᵀ d B of a tile of four maps. */
// @ts-ignore: decorator
@inline
function transformFour(x0: usize, x1: usize, x2: usize, x3: usize, row: usize, to: usize, position: usize): void {
  const two = row << 1, three = two + row;
  turnColumns(
    f32x4.sub(v128.load(x0), v128.load(x0 + two)), f32x4.sub(v128.load(x1), v128.load(x1 + two)),
    f32x4.sub(v128.load(x2), v128.load(x2 + two)), f32x4.sub(v128.load(x3), v128.load(x3 + two)), to, position,
  );
  to += position << 2;
  turnColumns(
    f32x4.add(v128.load(x0 + row), v128.load(x0 + two)), f32x4.add(v128.load(x1 + row), v128.load(x1 + two)),
    f32x4.add(v128.load(x2 + row), v128.load(x2 + two)), f32x4.add(v128.load(x3 + row), v128.load(x3 + two)), to, position,
  );
  to += position << 2;
  turnColumns(
    f32x4.sub(v128.load(x0 + two), v128.load(x0 + row)), f32x4.sub(v128.load(x1 + two), v128.load(x1 + row)),
    f32x4.sub(v128.load(x2 + two), v128.load(x2 + row)), f32x4.sub(v128.load(x3 + two), v128.load(x3 + row)), to, position,
  );
  to += position << 2;
  turnColumns(
    f32x4.sub(v128.load(x0 + row), v128.load(x0 + three)), f32x4.sub(v128.load(x1 + row), v128.load(x1 + three)),
    f32x4.sub(v128.load(x2 + row), v128.load(x2 + three)), f32x4.sub(v128.load(x3 + row), v128.load(x3 + three)), to, position,
  );
}

/** A row of four maps' tiles, turned and times B. */
// @ts-ignore: decorator
@inline
function turnColumns(x0: v128, x1: v128, x2: v128, x3: v128, to: usize, position: usize): void {
  const d0 = column0(x0, x1, x2, x3), d1 = column1(x0, x1, x2, x3), d2 = column2(x0, x1, x2, x3), d3 = column3(x0, x1, x2, x3);
  v128.store(to, f32x4.sub(d0, d2));
  to += position;
  v128.store(to, f32x4.add(d1, d2));
  to += position;
  v128.store(to, f32x4.sub(d2, d1));
  to += position;
  v128.store(to, f32x4.sub(d1, d3));
}

/** A e Aᵀ of a row of tiles of 2 × 2 gradients of four maps in the same way, a tile every `toBytes` bytes. */
export function transformFourGradients(
  dy: usize, f: i32, maps: i32, mapBytes: usize, rows: i32, width: i32, tiles: i32, to: usize, toBytes: usize, position: usize,
): void {
  let e0 = dy + <usize>f * mapBytes, e1 = dy + <usize>min(f + 1, maps - 1) * mapBytes;
  let e2 = dy + <usize>min(f + 2, maps - 1) * mapBytes, e3 = dy + <usize>min(f + 3, maps - 1) * mapBytes;
  const row = (<usize>width) << 2;
  for (let q = 0; q < tiles; q++) {
    const columns = min(2, width - 2 * q);
    if (rows == 2 && columns == 2) {
      spreadFour(e0, e1, e2, e3, row, to, position);
    } else {
      memory.fill(EDGE, 0, 64);
      copyTile(e0, row, rows, columns, EDGE, 8);
      copyTile(e1, row, rows, columns, EDGE + 16, 8);
      copyTile(e2, row, rows, columns, EDGE + 32, 8);
      copyTile(e3, row, rows, columns, EDGE + 48, 8);
      spreadFour(EDGE, EDGE + 16, EDGE + 32, EDGE + 48, 8, to, position);
    }
    e0 += 8;
    e1 += 8;
    e2 += 8;
    e3 += 8;
    to += toBytes;
  }
}

/** A e Aᵀ of a tile of four maps. */
// @ts-ignore: decorator
@inline
function spreadFour(e0: usize, e1: usize, e2: usize, e3: usize, row: usize, to: usize, position: usize): void {
  const top01 = v128.load64_lane(e1, v128.load64_zero(e0), 1), top23 = v128.load64_lane(e3, v128.load64_zero(e2), 1);
  const low01 = v128.load64_lane(e1 + row, v128.load64_zero(e0 + row), 1);
  const low23 = v128.load64_lane(e3 + row, v128.load64_zero(e2 + row), 1);
  const topLeft = i32x4.shuffle(top01, top23, 0, 2, 4, 6), topRight = i32x4.shuffle(top01, top23, 1, 3, 5, 7);
  const lowLeft = i32x4.shuffle(low01, low23, 0, 2, 4, 6), lowRight = i32x4.shuffle(low01, low23, 1, 3, 5, 7);
  spreadRow(topLeft, topRight, to, position);
  to += position << 2;
  spreadRow(f32x4.add(topLeft, lowLeft), f32x4.add(topRight, lowRight), to, position);
  to += position << 2;
  spreadRow(f32x4.sub(topLeft, lowLeft), f32x4.sub(topRight, lowRight), to, position);
  to += position << 2;
  spreadRow(f32x4.neg(lowLeft), f32x4.neg(lowRight), to, position);
}

/** One row of A e times Aᵀ. */
// @ts-ignore: decorator
@inline
function spreadRow(left: v128, right: v128, to: usize, position: usize): void {
  v128.store(to, left);
  to += position;
  v128.store(to, f32x4.add(left, right));
  to += position;
  v128.store(to, f32x4.sub(left, right));
  to += position;
  v128.store(to, f32x4.neg(right));
}
