// Loops over the activations and their gradients, one a kind. Formulas: `activation-curves.ts`.
import {
  ELU, Elu, EXPONENTIAL, Exponential, GELU, Gelu, GELU_TANH, GeluTanh, HARD_SIGMOID, HARD_SWISH, HARD_TANH, HardSigmoid,
  hasShortSlope, hasSlopeOneOrZero, HardSwish, HardTanh, Identity, LEAKY_RELU, LeakyRelu, LOG_SIGMOID, LogSigmoid, MISH, Mish, RELU, Relu, RELU6,
  Relu6, secondShare, SELU, Selu, shared, shrinks, SIGMOID, Sigmoid, SILU, Silu, slope, slopeOfShares, SOFTPLUS, Softplus, SOFTSIGN,
  Softsign, TANH, Tanh, value, valueOfShare,
} from './activation-curves';
import { FLUSH_BOUND, number, SIZE_BITS } from './constants';
import { addBias } from './elementwise';
import { flushed, flushedBelow, loadUpTo, storeUpTo } from './float32x4';

/** f(x) as it is kept. */
// @ts-ignore: decorator
@inline
function kept<K>(x: v128): v128 {
  return shrinks<K>() ? flushed(value<K>(x)) : value<K>(x);
}

/** dy f' as it is kept. */
// @ts-ignore: decorator
@inline
function keptGradient<K>(dy: v128, saved: v128, bound: v128, sizeBits: v128): v128 {
  const gradient = f32x4.mul(dy, slope<K>(saved));
  return hasSlopeOneOrZero<K>() ? gradient : flushedBelow(gradient, bound, sizeBits);
}

/** y[i] = f(x[i]) */
// @ts-ignore: decorator
@inline
export function values<K>(x: usize, y: usize, n: i32): void {
  let left = n;
  // four chains side by side: while one waits, the others go on
  for (; left >= 16; left -= 16) {
    const y0 = kept<K>(v128.load(x)), y1 = kept<K>(v128.load(x, 16));
    const y2 = kept<K>(v128.load(x, 32)), y3 = kept<K>(v128.load(x, 48));
    v128.store(y, y0);
    v128.store(y, y1, 16);
    v128.store(y, y2, 32);
    v128.store(y, y3, 48);
    x += 64;
    y += 64;
  }
  for (; left >= 4; left -= 4) {
    v128.store(y, kept<K>(v128.load(x)));
    x += 16;
    y += 16;
  }
  if (left > 0) storeUpTo(y, kept<K>(loadUpTo(x, left)), left);
}

// @ts-ignore: decorator
@inline
function gradients<K>(saved: usize, dy: usize, dx: usize, n: i32): void {
  const bound = number(FLUSH_BOUND), sizeBits = number(SIZE_BITS);
  let left = n;
  if (hasShortSlope<K>()) {
    for (; left >= 16; left -= 16) {
      const d0 = keptGradient<K>(v128.load(dy), v128.load(saved), bound, sizeBits);
      const d1 = keptGradient<K>(v128.load(dy, 16), v128.load(saved, 16), bound, sizeBits);
      const d2 = keptGradient<K>(v128.load(dy, 32), v128.load(saved, 32), bound, sizeBits);
      const d3 = keptGradient<K>(v128.load(dy, 48), v128.load(saved, 48), bound, sizeBits);
      v128.store(dx, d0);
      v128.store(dx, d1, 16);
      v128.store(dx, d2, 32);
      v128.store(dx, d3, 48);
      saved += 64;
      dy += 64;
      dx += 64;
    }
  }
  for (; left >= 4; left -= 4) {
    v128.store(dx, keptGradient<K>(v128.load(dy), v128.load(saved), bound, sizeBits));
    saved += 16;
    dy += 16;
    dx += 16;
  }
  if (left > 0) storeUpTo(dx, keptGradient<K>(loadUpTo(dy, left), loadUpTo(saved, left), bound, sizeBits), left);
}

/** z += bias by columns (bias 0: none), then y = f(z) */
export function activate(kind: i32, z: usize, bias: usize, y: usize, rows: i32, columns: i32): void {
  if (bias != 0) addBias(z, bias, rows, columns);
  const n = rows * columns;
  switch (kind) {
    case RELU: return values<Relu>(z, y, n);
    case LEAKY_RELU: return values<LeakyRelu>(z, y, n);
    case ELU: return values<Elu>(z, y, n);
    case SELU: return values<Selu>(z, y, n);
    case GELU: return values<Gelu>(z, y, n);
    case GELU_TANH: return values<GeluTanh>(z, y, n);
    case SILU: return values<Silu>(z, y, n);
    case MISH: return values<Mish>(z, y, n);
    case SIGMOID: return values<Sigmoid>(z, y, n);
    case HARD_SIGMOID: return values<HardSigmoid>(z, y, n);
    case TANH: return values<Tanh>(z, y, n);
    case HARD_TANH: return values<HardTanh>(z, y, n);
    case SOFTPLUS: return values<Softplus>(z, y, n);
    case SOFTSIGN: return values<Softsign>(z, y, n);
    case RELU6: return values<Relu6>(z, y, n);
    case EXPONENTIAL: return values<Exponential>(z, y, n);
    case HARD_SWISH: return values<HardSwish>(z, y, n);
    case LOG_SIGMOID: return values<LogSigmoid>(z, y, n);
    default: if (y != z) values<Identity>(z, y, n);
  }
}

/** y = f(x), z = f'(x), given what they share, for up to four elements. */
// @ts-ignore: decorator
@inline
function storeValueAndSlope<K>(z: usize, y: usize, count: i32, x: v128, part: v128, share: v128): void {
  storeUpTo(y, flushed(valueOfShare<K>(x, share)), count);
  storeUpTo(z, flushed(slopeOfShares<K>(x, part, share)), count);
}

// @ts-ignore: decorator
@inline
function valuesAndSlopes<K>(z: usize, y: usize, n: i32): void {
  let left = n;
  for (; left >= 16; left -= 16) {
    const x0 = v128.load(z), x1 = v128.load(z, 16), x2 = v128.load(z, 32), x3 = v128.load(z, 48);
    const part0 = shared<K>(x0), part1 = shared<K>(x1), part2 = shared<K>(x2), part3 = shared<K>(x3);
    const share0 = secondShare<K>(x0, part0), share1 = secondShare<K>(x1, part1);
    const share2 = secondShare<K>(x2, part2), share3 = secondShare<K>(x3, part3);
    storeValueAndSlope<K>(z, y, 4, x0, part0, share0);
    storeValueAndSlope<K>(z + 16, y + 16, 4, x1, part1, share1);
    storeValueAndSlope<K>(z + 32, y + 32, 4, x2, part2, share2);
    storeValueAndSlope<K>(z + 48, y + 48, 4, x3, part3, share3);
    z += 64;
    y += 64;
  }
  for (; left > 0; left -= 4) {
    const x = loadUpTo(z, left);
    const part = shared<K>(x);
    storeValueAndSlope<K>(z, y, left, x, part, secondShare<K>(x, part));
    z += 16;
    y += 16;
  }
}

/** z += bias by columns (bias 0: none), then y = f(z) and z = f'(z); of activations whose gradient reads their input */
export function activateKeepingSlope(kind: i32, z: usize, bias: usize, y: usize, rows: i32, columns: i32): void {
  if (bias != 0) addBias(z, bias, rows, columns);
  const n = rows * columns;
  switch (kind) {
    case GELU: return valuesAndSlopes<Gelu>(z, y, n);
    case GELU_TANH: return valuesAndSlopes<GeluTanh>(z, y, n);
    case SILU: return valuesAndSlopes<Silu>(z, y, n);
    case MISH: return valuesAndSlopes<Mish>(z, y, n);
    case SOFTPLUS: return valuesAndSlopes<Softplus>(z, y, n);
    case HARD_SWISH: return valuesAndSlopes<HardSwish>(z, y, n);
    case LOG_SIGMOID: return valuesAndSlopes<LogSigmoid>(z, y, n);
  }
}

/** dx = dy f' */
export function activateBackward(kind: i32, saved: usize, dy: usize, dx: usize, n: i32): void {
  switch (kind) {
    case RELU: return gradients<Relu>(saved, dy, dx, n);
    case LEAKY_RELU: return gradients<LeakyRelu>(saved, dy, dx, n);
    case ELU: return gradients<Elu>(saved, dy, dx, n);
    case SELU: return gradients<Selu>(saved, dy, dx, n);
    case GELU: return gradients<Gelu>(saved, dy, dx, n);
    case GELU_TANH: return gradients<GeluTanh>(saved, dy, dx, n);
    case SILU: return gradients<Silu>(saved, dy, dx, n);
    case MISH: return gradients<Mish>(saved, dy, dx, n);
    case SIGMOID: return gradients<Sigmoid>(saved, dy, dx, n);
    case HARD_SIGMOID: return gradients<HardSigmoid>(saved, dy, dx, n);
    case TANH: return gradients<Tanh>(saved, dy, dx, n);
    case HARD_TANH: return gradients<HardTanh>(saved, dy, dx, n);
    case SOFTPLUS: return gradients<Softplus>(saved, dy, dx, n);
    case SOFTSIGN: return gradients<Softsign>(saved, dy, dx, n);
    case RELU6: return gradients<Relu6>(saved, dy, dx, n);
    case EXPONENTIAL: return gradients<Exponential>(saved, dy, dx, n);
    case HARD_SWISH: return gradients<HardSwish>(saved, dy, dx, n);
    case LOG_SIGMOID: return gradients<LogSigmoid>(saved, dy, dx, n);
    default: gradients<Identity>(saved, dy, dx, n);
  }
}
