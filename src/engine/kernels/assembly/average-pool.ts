// Average pooling over windows of maps. Shapes: `map-kernels.ts`. Four windows side by side are summed together where none of them
// reaches over the edge.
import { flushed, flushedFloat } from './float32x4';
import { endInside, firstInside, loadStrided } from './rows';

/** y[n, c, p, q] = the mean of its window; elements outside count as 0, or (`padded` false) not at all */
export function averagePool(
  x: usize, y: usize, padded: bool, batch: i32, channels: i32, height: i32, width: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, paddingHeight: i32, paddingWidth: i32, dilationHeight: i32, dilationWidth: i32,
  outHeight: i32, outWidth: i32,
): void {
  const first = firstInside(-paddingWidth, strideWidth, outWidth);
  const end = endInside((kernelWidth - 1) * dilationWidth - paddingWidth, strideWidth, width, outWidth);
  const rowStep = (<usize>(dilationHeight * width)) << 2, step = (<usize>dilationWidth) << 2;
  for (let map = batch * channels; map > 0; map--) {
    for (let p = 0; p < outHeight; p++) {
      const top = p * strideHeight - paddingHeight;
      const start = firstInside(top, dilationHeight, kernelHeight), stop = endInside(top, dilationHeight, height, kernelHeight);
      const row = x + ((<usize>((top + start * dilationHeight) * width)) << 2);
      for (let q = 0; q < outWidth;) {
        const left = q * strideWidth - paddingWidth;
        if (q >= first && q + 4 <= end) {
          let sum = f32x4.splat(0);
          for (let i = start, line = row + ((<usize>left) << 2); i < stop; i++) {
            for (let j = 0, at = line; j < kernelWidth; j++) {
              sum = f32x4.add(sum, loadStrided(at, strideWidth));
              at += step;
            }
            line += rowStep;
          }
          const count = (padded ? kernelHeight : stop - start) * kernelWidth;
          v128.store(y, flushed(f32x4.div(sum, f32x4.splat(<f32>count))));
          y += 16;
          q += 4;
        } else {
          const from = firstInside(left, dilationWidth, kernelWidth), to = endInside(left, dilationWidth, width, kernelWidth);
          let sum: f32 = 0;
          for (let i = start, line = row; i < stop; i++) {
            for (let j = from; j < to; j++) sum += load<f32>(line + ((<usize>(left + j * dilationWidth)) << 2));
            line += rowStep;
          }
          store<f32>(y, flushedFloat(sum / <f32>(padded ? kernelHeight * kernelWidth : (stop - start) * (to - from))));
          y += 4;
          q++;
        }
      }
    }
    x += (<usize>(height * width)) << 2;
  }
}

/** dx = the sum of dy / the elements that count, over the windows that an element is in */
export function averagePoolBackward(
  dy: usize, dx: usize, padded: bool, batch: i32, channels: i32, height: i32, width: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, paddingHeight: i32, paddingWidth: i32, dilationHeight: i32, dilationWidth: i32,
  outHeight: i32, outWidth: i32,
): void {
  const mapBytes = (<usize>(height * width)) << 2, rowStep = (<usize>(dilationHeight * width)) << 2;
  memory.fill(dx, 0, <usize>(batch * channels) * mapBytes);
  for (let map = batch * channels; map > 0; map--) {
    for (let p = 0; p < outHeight; p++) {
      const top = p * strideHeight - paddingHeight;
      const start = firstInside(top, dilationHeight, kernelHeight), stop = endInside(top, dilationHeight, height, kernelHeight);
      const row = dx + ((<usize>((top + start * dilationHeight) * width)) << 2);
      for (let q = 0; q < outWidth; q++) {
        const left = q * strideWidth - paddingWidth;
        const from = firstInside(left, dilationWidth, kernelWidth), to = endInside(left, dilationWidth, width, kernelWidth);
        const share = flushedFloat(load<f32>(dy) / <f32>(padded ? kernelHeight * kernelWidth : (stop - start) * (to - from)));
        for (let i = start, line = row; i < stop; i++) {
          for (let j = from; j < to; j++) {
            const at = line + ((<usize>(left + j * dilationWidth)) << 2);
            store<f32>(at, flushedFloat(load<f32>(at) + share));
          }
          line += rowStep;
        }
        dy += 4;
      }
    }
    dx += mapBytes;
  }
}
