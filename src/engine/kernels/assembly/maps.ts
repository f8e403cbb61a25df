// Functions of each element and their gradients. Formulas: `reference/strided.ts`.
import { HALF, number, ONE } from './constants';
import { all, flushed, loadUpTo, multiplyAdd, select, storeUpTo } from './float32x4';
import { log4 } from './math';

/** Numbers of the maps, as `simd/codes.ts` has them. */
const AFFINE: i32 = 0;
const CLAMP: i32 = 1;
const ABSOLUTE: i32 = 2;
const SQUARE_ROOT: i32 = 3;
const RECIPROCAL_ROOT: i32 = 4;
const RECIPROCAL: i32 = 5;

/** y[i] = f(x[i]) */
export function mapElements(kind: i32, x: usize, y: usize, n: i32, p: f32, q: f32): void {
  const first = all(p), second = all(q);
  for (let left = n; left > 0; left -= 4) {
    storeUpTo(y, flushed(mapped(kind, loadUpTo(x, left), first, second)), left);
    x += 16;
    y += 16;
  }
}

// @ts-ignore: decorator
@inline
function mapped(kind: i32, x: v128, p: v128, q: v128): v128 {
  switch (kind) {
    case AFFINE: return multiplyAdd(x, p, q);
    case CLAMP: return f32x4.pmax(f32x4.pmin(x, q), p);
    case ABSOLUTE: return f32x4.abs(x);
    case SQUARE_ROOT: return f32x4.sqrt(x);
    case RECIPROCAL_ROOT: return f32x4.div(number(ONE), f32x4.sqrt(x));
    case RECIPROCAL: return f32x4.div(number(ONE), x);
    default: return log4(x);
  }
}

/** dx[i] = dy[i] f'(x[i]) */
export function mapElementsBackward(kind: i32, saved: usize, dy: usize, dx: usize, n: i32, p: f32, q: f32): void {
  const first = all(p), second = all(q);
  for (let left = n; left > 0; left -= 4) {
    storeUpTo(dx, flushed(gradient(kind, loadUpTo(dy, left), loadUpTo(saved, left), first, second)), left);
    saved += 16;
    dy += 16;
    dx += 16;
  }
}

// @ts-ignore: decorator
@inline
function gradient(kind: i32, dy: v128, saved: v128, p: v128, q: v128): v128 {
  switch (kind) {
    case CLAMP: return v128.and(dy, v128.and(f32x4.ge(saved, p), f32x4.le(saved, q)));
    case ABSOLUTE: {
      const signed = select(f32x4.gt(saved, all(0)), dy, f32x4.neg(dy));
      return v128.and(signed, v128.or(f32x4.gt(saved, all(0)), f32x4.lt(saved, all(0))));
    }
    case SQUARE_ROOT: return f32x4.div(f32x4.mul(dy, number(HALF)), saved);
    case RECIPROCAL_ROOT: {
      const product = f32x4.mul(f32x4.mul(dy, saved), f32x4.mul(saved, saved));
      return f32x4.neg(f32x4.mul(product, number(HALF)));
    }
    case RECIPROCAL: return f32x4.neg(f32x4.mul(f32x4.mul(dy, saved), saved));
    default: return f32x4.div(dy, saved);
  }
}
