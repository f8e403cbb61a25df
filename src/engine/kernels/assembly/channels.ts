// Biases and activations of maps, one bias a channel. A relu, which most maps have, is taken in the same pass as its bias and the sums
// of its gradient; other activations follow image by image, and map by map, while these are in the cache.
import { IDENTITY, Identity, RELU, Relu, slope, value } from './activation-curves';
import { activate, activateBackward } from './activations';
import { addLanes, flushedFloat, loadUpTo, storeUpTo, sumOfDoubles } from './float32x4';
import { sumLanes } from './elementwise';

/** z[o, c, i] += bias[c], then z = f(z) */
export function activateChannels(kind: i32, z: usize, bias: usize, outer: i32, channels: i32, inner: i32): void {
  const imageBytes = (<usize>(channels * inner)) << 2;
  for (; outer > 0; outer--) {
    if (kind == RELU) {
      biasedValues<Relu>(z, bias, channels, inner);
    } else {
      biasedValues<Identity>(z, bias, channels, inner);
      if (kind != IDENTITY) activate(kind, z, 0, z, channels, inner);
    }
    z += imageBytes;
  }
}

/** z = f(z + bias), of one image */
// @ts-ignore: decorator
@inline
function biasedValues<K>(z: usize, bias: usize, channels: i32, inner: i32): void {
  for (const end = bias + ((<usize>channels) << 2); bias < end; bias += 4) {
    const added = v128.load32_splat(bias);
    let left = inner;
    for (; left >= 4; left -= 4) {
      v128.store(z, value<K>(f32x4.add(v128.load(z), added)));
      z += 16;
    }
    if (left == 0) continue;
    storeUpTo(z, value<K>(f32x4.add(loadUpTo(z, left), added)), left);
    z += (<usize>left) << 2;
  }
}

/** dx = dy f', and dBias[c] = Σ_o Σ_i dx[o, c, i], summed in double precision */
export function activateChannelsBackward(
  kind: i32, saved: usize, dy: usize, dx: usize, dBias: usize, outer: i32, channels: i32, inner: i32,
): void {
  const mapBytes = (<usize>inner) << 2;
  for (let c = 0; c < channels; c++) {
    let sum: f64 = 0;
    for (let o = 0; o < outer; o++) {
      const offset = <usize>(o * channels + c) * mapBytes;
      if (kind == RELU) {
        sum += sumOfDoubles(summedGradients<Relu>(saved + offset, dy + offset, dx + offset, inner));
      } else {
        activateBackward(kind, saved + offset, dy + offset, dx + offset, inner);
        sum += sumOfDoubles(sumLanes(dx + offset, inner));
      }
    }
    store<f32>(dBias, flushedFloat(<f32>sum));
    dBias += 4;
  }
}

/** dx = dy f' of one map, and its sum in two double lanes */
// @ts-ignore: decorator
@inline
function summedGradients<K>(saved: usize, dy: usize, dx: usize, n: i32): v128 {
  let sum = f64x2.splat(0);
  for (; n >= 4; n -= 4) {
    const gradient = f32x4.mul(v128.load(dy), slope<K>(v128.load(saved)));
    v128.store(dx, gradient);
    sum = addLanes(sum, gradient);
    saved += 16;
    dy += 16;
    dx += 16;
  }
  if (n > 0) {
    const gradient = f32x4.mul(loadUpTo(dy, n), slope<K>(loadUpTo(saved, n)));
    storeUpTo(dx, gradient, n);
    // the lanes beyond are 0 times a slope
    sum = addLanes(sum, gradient);
  }
  return sum;
}

/** y[c] = Σ_o Σ_i x[o, c, i], summed in double precision */
export function channelSums(x: usize, y: usize, outer: i32, channels: i32, inner: i32): void {
  const row = (<usize>inner) << 2, step = <usize>channels * row;
  for (let c = 0; c < channels; c++) {
    let sum: f64 = 0;
    let at = x;
    for (let o = 0; o < outer; o++) {
      sum += sumOfDoubles(sumLanes(at, inner));
      at += step;
    }
    store<f32>(y, flushedFloat(<f32>sum));
    x += row;
    y += 4;
  }
}
