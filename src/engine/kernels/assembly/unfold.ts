// Every window of maps as a column, and back. Shapes: `map-kernels.ts`.
import { addScatteredRow, endInside, firstInside, gatherRow } from './rows';

/** y[c, i, j, n, p, q] = x[n, c, p stride - padding + i dilation, q …], 0 outside */
export function unfold(
  x: usize, y: usize, batch: i32, channels: i32, height: i32, width: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, paddingHeight: i32, paddingWidth: i32, dilationHeight: i32, dilationWidth: i32,
  outHeight: i32, outWidth: i32,
): void {
  const row = (<usize>outWidth) << 2;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        const left = j * dilationWidth - paddingWidth;
        const first = firstInside(left, strideWidth, outWidth);
        const end = max(first, endInside(left, strideWidth, width, outWidth));
        const before = (<usize>first) << 2, after = (<usize>end) << 2;
        for (let n = 0; n < batch; n++) {
          for (let p = 0; p < outHeight; p++) {
            const at = p * strideHeight - paddingHeight + i * dilationHeight;
            if (at >= 0 && at < height) {
              const from = x + ((<usize>(((n * channels + c) * height + at) * width + left + first * strideWidth)) << 2);
              zero(y, before);
              gatherRow(from, strideWidth, y + before, end - first);
              zero(y + after, row - after);
            } else {
              zero(y, row);
            }
            y += row;
          }
        }
      }
    }
  }
}

/** dx = the sum of every dy that `unfold` read from it */
export function fold(
  dy: usize, dx: usize, batch: i32, channels: i32, height: i32, width: i32, kernelHeight: i32, kernelWidth: i32,
  strideHeight: i32, strideWidth: i32, paddingHeight: i32, paddingWidth: i32, dilationHeight: i32, dilationWidth: i32,
  outHeight: i32, outWidth: i32,
): void {
  const row = (<usize>outWidth) << 2;
  memory.fill(dx, 0, (<usize>(batch * channels * height * width)) << 2);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        const left = j * dilationWidth - paddingWidth;
        const first = firstInside(left, strideWidth, outWidth);
        const end = max(first, endInside(left, strideWidth, width, outWidth));
        for (let n = 0; n < batch; n++) {
          for (let p = 0; p < outHeight; p++) {
            const at = p * strideHeight - paddingHeight + i * dilationHeight;
            if (at >= 0 && at < height) {
              const to = dx + ((<usize>(((n * channels + c) * height + at) * width + left + first * strideWidth)) << 2);
              addScatteredRow(dy + ((<usize>first) << 2), to, strideWidth, end - first);
            }
            dy += row;
          }
        }
      }
    }
  }
}

/** Padding is a few floats: shorter than a call of `memory.fill` is worth. */
// @ts-ignore: decorator
@inline
function zero(at: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 4) store<f32>(at, 0);
}
