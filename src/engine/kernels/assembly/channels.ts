// Biases of maps: one number a channel.
import { all, loadUpTo, storeUpTo, sumOfDoubles } from './float32x4';
import { sumLanes } from './elementwise';

/** x[o, c, i] += bias[c] */
export function addToChannels(x: usize, bias: usize, outer: i32, channels: i32, inner: i32): void {
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < channels; c++) {
      const value = all(load<f32>(bias + ((<usize>c) << 2)));
      let at = x;
      for (let left = inner; left > 0; left -= 4) {
        storeUpTo(at, f32x4.add(loadUpTo(at, left), value), left);
        at += 16;
      }
      x += (<usize>inner) << 2;
    }
  }
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
    store<f32>(y, <f32>sum);
    x += row;
    y += 4;
  }
}
