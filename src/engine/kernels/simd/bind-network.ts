import type { AttentionKernels } from '../attention-kernels';
import type { ElementwiseKernels } from '../elementwise-kernels';
import type { LayoutKernels } from '../layout-kernels';
import type { LossKernels } from '../loss-kernels';
import type { MatrixKernels } from '../matrix-kernels';
import type { MapKernels } from '../map-kernels';
import type { NormalizationKernels } from '../normalization-kernels';
import { ACTIVATION_CODES, LOSS_CODES } from './codes';
import type { WasmKernels } from './wasm-kernels';

/** No address: the arena never begins at 0. */
const NONE = 0;
const FLOAT_BYTES = 4;

export function bindMatrix(wasm: WasmKernels): MatrixKernels {
  return {
    matmul: (a, b, c, m, n, k, accumulate) => wasm.matmul(a.offset, b.offset, c.offset, m, n, k, accumulate),
    matmulTransposedB: (a, b, c, m, n, k, accumulate) =>
      wasm.matmulTransposedB(a.offset, b.offset, c.offset, m, n, k, accumulate),
    matmulTransposedA: (a, b, c, m, n, k, accumulate) =>
      wasm.matmulTransposedA(a.offset, b.offset, c.offset, m, n, k, accumulate),
    matmulEach: each(wasm.matmul),
    matmulEachTransposedB: each(wasm.matmulTransposedB),
    matmulEachTransposedA: each(wasm.matmulTransposedA),
  };
}

/** The same product of `count` matrices that lie one after another. */
function each(product: WasmKernels['matmul']): MatrixKernels['matmulEach'] {
  return (a, b, c, count, m, n, k) => {
    for (let i = 0; i < count; i++) {
      const [aStart, bStart, cStart] = [FLOAT_BYTES * i * m * k, FLOAT_BYTES * i * k * n, FLOAT_BYTES * i * m * n];
      product(a.offset + aStart, b.offset + bStart, c.offset + cStart, m, n, k, false);
    }
  };
}

export function bindElementwise(wasm: WasmKernels): ElementwiseKernels {
  return {
    fill: (x, value) => wasm.fill(x.offset, x.length, value),
    copy: (x, y) => wasm.copyFloats(x.offset, y.offset, x.length),
    add: (a, b, y) => wasm.add(a.offset, b.offset, y.offset, y.length),
    multiply: (a, b, y) => wasm.multiply(a.offset, b.offset, y.offset, y.length),
    scale: (x, factor) => wasm.scaleTo(x.offset, x.offset, x.length, factor),
    clamp: (x, limit) => wasm.clamp(x.offset, x.length, limit),
    activate: (kind, z, bias, y, rows, columns) =>
      wasm.activate(ACTIVATION_CODES[kind], z.offset, bias?.offset ?? NONE, y.offset, rows, columns),
    activateKeepingSlope: (kind, z, bias, y, rows, columns) =>
      wasm.activateKeepingSlope(ACTIVATION_CODES[kind], z.offset, bias?.offset ?? NONE, y.offset, rows, columns),
    activateBackward: (kind, saved, dy, dx) =>
      wasm.activateBackward(ACTIVATION_CODES[kind], saved.offset, dy.offset, dx.offset, dx.length),
    softmax: (x, y, rows, columns) => wasm.softmax(x.offset, y.offset, rows, columns),
    softmaxBackward: (y, dy, dx, rows, columns) => wasm.softmaxBackward(y.offset, dy.offset, dx.offset, rows, columns),
    columnSums: (x, y, rows, columns, accumulate) => wasm.columnSums(x.offset, y.offset, rows, columns, accumulate),
    dropout: (x, y, rate, key) =>
      wasm.dropout(x.offset, y.offset, x.length, Math.floor(rate * 2 ** 32), 1 / (1 - rate), key),
  };
}

export function bindLayout(wasm: WasmKernels): LayoutKernels {
  return {
    copyRows: (x, xStart, xStride, y, yStart, yStride, rows, columns) =>
      wasm.copyRows(
        x.offset + FLOAT_BYTES * xStart,
        FLOAT_BYTES * xStride,
        y.offset + FLOAT_BYTES * yStart,
        FLOAT_BYTES * yStride,
        rows,
        columns,
      ),
    toTimeMajor: (x, y, batch, time, columns, xColumns, xColumn, reverse) =>
      wasm.toTimeMajor(x.offset, y.offset, batch, time, columns, xColumns, xColumn, reverse),
    fromTimeMajor: (x, y, batch, time, columns, yColumns, yColumn, reverse, accumulate) =>
      wasm.fromTimeMajor(x.offset, y.offset, batch, time, columns, yColumns, yColumn, reverse, accumulate),
    meanOverMiddle: (x, y, outer, middle, inner) => wasm.meanOverMiddle(x.offset, y.offset, outer, middle, inner),
    meanOverMiddleBackward: (dy, dx, outer, middle, inner) =>
      wasm.meanOverMiddleBackward(dy.offset, dx.offset, outer, middle, inner),
    embed: (ids, weight, y, units) => wasm.embed(ids.offset, weight.offset, y.offset, ids.length, units),
    embedBackward: (ids, dy, dWeight, units) =>
      wasm.embedBackward(ids.offset, dy.offset, dWeight.offset, ids.length, units),
  };
}

export function bindLosses(wasm: WasmKernels): LossKernels {
  return {
    crossEntropy: (x, target, probabilities, rows, classes, ignored) =>
      wasm.crossEntropy(x.offset, target.offset, probabilities.offset, rows, classes, ignored),
    crossEntropyBackward: (probabilities, target, dx, rows, classes, scale, ignored) =>
      wasm.crossEntropyBackward(probabilities.offset, target.offset, dx.offset, rows, classes, scale, ignored),
    elementwiseLoss: (kind, x, target, count, delta) =>
      wasm.elementwiseLoss(LOSS_CODES[kind], x.offset, target.offset, count, delta),
    elementwiseLossBackward: (kind, x, target, dx, count, delta, scale) =>
      wasm.elementwiseLossBackward(LOSS_CODES[kind], x.offset, target.offset, dx.offset, count, delta, scale / count),
    countRightClasses: (x, target, rows, classes, ignored) =>
      wasm.countRightClasses(x.offset, target.offset, rows, classes, ignored),
    countRightSigns: (x, target, count) => wasm.countRightSigns(x.offset, target.offset, count),
  };
}

export function bindMaps(wasm: WasmKernels): MapKernels {
  return {
    padMaps: (x, y, maps, height, width, outHeight, outWidth, top, left) =>
      wasm.padMaps(x.offset, y.offset, maps, height, width, outHeight, outWidth, top, left),
    maxPool: (x, y, places, ...windows) => wasm.maxPool(x.offset, y.offset, places.offset, ...windows),
    maxPoolBackward: (dy, places, dx, maps, size, windows) =>
      wasm.maxPoolBackward(dy.offset, places.offset, dx.offset, maps, size, windows),
    averagePool: (x, y, padded, ...windows) => wasm.averagePool(x.offset, y.offset, padded, ...windows),
    averagePoolBackward: (dy, dx, padded, ...windows) =>
      wasm.averagePoolBackward(dy.offset, dx.offset, padded, ...windows),
    activateChannels: (kind, z, bias, ...sizes) =>
      wasm.activateChannels(ACTIVATION_CODES[kind], z.offset, bias.offset, ...sizes),
    activateChannelsBackward: (kind, saved, dy, dx, dBias, ...sizes) =>
      wasm.activateChannelsBackward(ACTIVATION_CODES[kind], saved.offset, dy.offset, dx.offset, dBias.offset, ...sizes),
    channelSums: (x, y, outer, channels, inner) => wasm.channelSums(x.offset, y.offset, outer, channels, inner),
  };
}

export function bindAttention(wasm: WasmKernels): AttentionKernels {
  return {
    attend: (query, key, value, weights, y, scratch, ...sizes) =>
      wasm.attend(query.offset, key.offset, value.offset, weights.offset, y.offset, scratch.offset, ...sizes),
    attendBackward: (query, key, value, weights, dy, dQuery, dKey, dValue, scratch, ...sizes) =>
      wasm.attendBackward(
        query.offset,
        key.offset,
        value.offset,
        weights.offset,
        dy.offset,
        dQuery.offset,
        dKey.offset,
        dValue.offset,
        scratch.offset,
        ...sizes,
      ),
  };
}

export function bindNormalization(wasm: WasmKernels): NormalizationKernels {
  return {
    batchNorm: (
      x,
      weight,
      bias,
      y,
      mean,
      inverseStd,
      runningMean,
      runningVariance,
      outer,
      channels,
      inner,
      momentum,
      epsilon,
    ) =>
      wasm.batchNorm(
        x.offset,
        weight.offset,
        bias.offset,
        y.offset,
        mean.offset,
        inverseStd.offset,
        runningMean.offset,
        runningVariance.offset,
        outer,
        channels,
        inner,
        momentum,
        epsilon,
      ),
    batchNormInference: (x, weight, bias, y, runningMean, runningVariance, outer, channels, inner, epsilon) =>
      wasm.batchNormInference(
        x.offset,
        weight.offset,
        bias.offset,
        y.offset,
        runningMean.offset,
        runningVariance.offset,
        outer,
        channels,
        inner,
        epsilon,
      ),
    batchNormBackward: (x, weight, mean, inverseStd, dy, dx, dWeight, dBias, outer, channels, inner) =>
      wasm.batchNormBackward(
        x.offset,
        weight.offset,
        mean.offset,
        inverseStd.offset,
        dy.offset,
        dx.offset,
        dWeight.offset,
        dBias.offset,
        outer,
        channels,
        inner,
      ),
    layerNorm: (x, weight, bias, y, mean, inverseStd, rows, columns, epsilon) =>
      wasm.layerNorm(
        x.offset,
        weight.offset,
        bias.offset,
        y.offset,
        mean.offset,
        inverseStd.offset,
        rows,
        columns,
        epsilon,
      ),
    layerNormBackward: (x, weight, mean, inverseStd, dy, dx, dWeight, dBias, rows, columns) =>
      wasm.layerNormBackward(
        x.offset,
        weight.offset,
        mean.offset,
        inverseStd.offset,
        dy.offset,
        dx.offset,
        dWeight.offset,
        dBias.offset,
        rows,
        columns,
      ),
    rmsNorm: (x, weight, y, inverseRms, rows, columns, epsilon) =>
      wasm.rmsNorm(x.offset, weight.offset, y.offset, inverseRms.offset, rows, columns, epsilon),
    rmsNormBackward: (x, weight, inverseRms, dy, dx, dWeight, rows, columns) =>
      wasm.rmsNormBackward(
        x.offset,
        weight.offset,
        inverseRms.offset,
        dy.offset,
        dx.offset,
        dWeight.offset,
        rows,
        columns,
      ),
  };
}
