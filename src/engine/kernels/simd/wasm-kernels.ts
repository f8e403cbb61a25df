import type { ConvolutionSizes } from '../convolution-sizes';
import type { Windows } from '../map-kernels';
import type { SixAxes } from '../strided-kernels';

/** Bytes from the start of the module's memory. */
export type Address = number;

/**
 * What the WebAssembly module exports (`assembly/index.ts`): the kernels by address. Numbers are i32, f32 or f64 there.
 */
export interface WasmKernels {
  /** The first byte that the module leaves to the arena. */
  scratchEnd(): Address;

  matmul(a: Address, b: Address, c: Address, m: number, n: number, k: number, accumulate: boolean): void;
  matmulTransposedB(a: Address, b: Address, c: Address, m: number, n: number, k: number, accumulate: boolean): void;
  matmulTransposedA(a: Address, b: Address, c: Address, m: number, n: number, k: number, accumulate: boolean): void;

  flush(x: Address, n: number): void;
  fill(x: Address, n: number, value: number): void;
  copyFloats(from: Address, to: Address, n: number): void;
  add(a: Address, b: Address, y: Address, n: number): void;
  multiply(a: Address, b: Address, y: Address, n: number): void;
  scaleTo(x: Address, y: Address, n: number, factor: number): void;
  clamp(x: Address, n: number, limit: number): void;
  activate(kind: number, z: Address, bias: Address, y: Address, rows: number, columns: number): void;
  activateKeepingSlope(kind: number, z: Address, bias: Address, y: Address, rows: number, columns: number): void;
  activateBackward(kind: number, saved: Address, dy: Address, dx: Address, n: number): void;
  softmax(x: Address, y: Address, rows: number, columns: number): void;
  softmaxBackward(y: Address, dy: Address, dx: Address, rows: number, columns: number): void;
  columnSums(x: Address, y: Address, rows: number, columns: number, accumulate: boolean): void;
  dropout(x: Address, y: Address, n: number, threshold: number, factor: number, key: number): void;

  /** Strides in elements. */
  copyStrided(
    x: Address,
    y: Address,
    accumulate: boolean,
    ...axes: [...sizes: SixAxes, ...xStrides: SixAxes, ...yStrides: SixAxes]
  ): void;
  combine(
    kind: number,
    a: Address,
    b: Address,
    y: Address,
    ...axes: [...sizes: SixAxes, ...aStrides: SixAxes, ...bStrides: SixAxes]
  ): void;
  mapElements(kind: number, x: Address, y: Address, n: number, p: number, q: number): void;
  mapElementsBackward(kind: number, saved: Address, dy: Address, dx: Address, n: number, p: number, q: number): void;
  sumMiddle(x: Address, y: Address, outer: number, middle: number, inner: number): void;

  /** Strides in bytes. */
  copyRows(x: Address, xStride: number, y: Address, yStride: number, rows: number, columns: number): void;
  toTimeMajor(
    x: Address,
    y: Address,
    batch: number,
    time: number,
    columns: number,
    xColumns: number,
    xColumn: number,
    reverse: boolean,
  ): void;
  fromTimeMajor(
    x: Address,
    y: Address,
    batch: number,
    time: number,
    columns: number,
    yColumns: number,
    yColumn: number,
    reverse: boolean,
    accumulate: boolean,
  ): void;
  meanOverMiddle(x: Address, y: Address, outer: number, middle: number, inner: number): void;
  meanOverMiddleBackward(dy: Address, dx: Address, outer: number, middle: number, inner: number): void;
  embed(ids: Address, weight: Address, y: Address, count: number, units: number): void;
  embedBackward(ids: Address, dy: Address, dWeight: Address, count: number, units: number): void;

  crossEntropy(
    x: Address,
    target: Address,
    probabilities: Address,
    rows: number,
    classes: number,
    ignored: number,
  ): number;
  /** `factor`: scale / rows. */
  crossEntropyBackward(
    probabilities: Address,
    target: Address,
    dx: Address,
    rows: number,
    classes: number,
    scale: number,
    ignored: number,
  ): void;
  elementwiseLoss(kind: number, x: Address, target: Address, count: number, delta: number): number;
  /** `factor`: scale / count. */
  elementwiseLossBackward(
    kind: number,
    x: Address,
    target: Address,
    dx: Address,
    count: number,
    delta: number,
    factor: number,
  ): void;
  countRightClasses(x: Address, target: Address, rows: number, classes: number, ignored: number): number;
  countRightSigns(x: Address, target: Address, count: number): number;

  convolve(x: Address, weight: Address, y: Address, scratch: Address, ...sizes: ConvolutionSizes): void;
  convolveBackwardInput(dy: Address, weight: Address, dx: Address, scratch: Address, ...sizes: ConvolutionSizes): void;
  flipKernel(weight: Address, flipped: Address, groups: number, rows: number, columns: number, kernel: number): void;
  convolveBackwardWeight(x: Address, dy: Address, dWeight: Address, scratch: Address, ...sizes: ConvolutionSizes): void;
  /**
   * Return whether the result is finite (1) or has to be computed directly (0). `rows` and `stride`: `WinogradBlocks`.
   */
  winogradConvolve(
    x: Address,
    weight: Address,
    y: Address,
    scratch: Address,
    batch: number,
    channels: number,
    height: number,
    width: number,
    filters: number,
    groups: number,
    outHeight: number,
    outWidth: number,
    rows: number,
    stride: number,
  ): number;
  winogradBackwardWeight(
    x: Address,
    dy: Address,
    dWeight: Address,
    scratch: Address,
    batch: number,
    channels: number,
    height: number,
    width: number,
    filters: number,
    groups: number,
    outHeight: number,
    outWidth: number,
    rows: number,
  ): number;

  padMaps(
    x: Address,
    y: Address,
    maps: number,
    height: number,
    width: number,
    outHeight: number,
    outWidth: number,
    top: number,
    left: number,
  ): void;
  maxPool(x: Address, y: Address, places: Address, ...windows: Windows): void;
  maxPoolBackward(dy: Address, places: Address, dx: Address, maps: number, size: number, windows: number): void;
  averagePool(x: Address, y: Address, padded: boolean, ...windows: Windows): void;
  averagePoolBackward(dy: Address, dx: Address, padded: boolean, ...windows: Windows): void;
  activateChannels(kind: number, z: Address, bias: Address, outer: number, channels: number, inner: number): void;
  activateChannelsBackward(
    kind: number,
    saved: Address,
    dy: Address,
    dx: Address,
    dBias: Address,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  channelSums(x: Address, y: Address, outer: number, channels: number, inner: number): void;

  attend(
    query: Address,
    key: Address,
    value: Address,
    weights: Address,
    y: Address,
    scratch: Address,
    batch: number,
    heads: number,
    time: number,
    places: number,
    size: number,
    scale: number,
    causal: boolean,
  ): void;
  attendBackward(
    query: Address,
    key: Address,
    value: Address,
    weights: Address,
    dy: Address,
    dQuery: Address,
    dKey: Address,
    dValue: Address,
    scratch: Address,
    batch: number,
    heads: number,
    time: number,
    places: number,
    size: number,
    scale: number,
    causal: boolean,
  ): void;

  batchNorm(
    x: Address,
    weight: Address,
    bias: Address,
    y: Address,
    mean: Address,
    inverseStd: Address,
    runningMean: Address,
    runningVariance: Address,
    outer: number,
    channels: number,
    inner: number,
    momentum: number,
    epsilon: number,
  ): void;
  batchNormInference(
    x: Address,
    weight: Address,
    bias: Address,
    y: Address,
    runningMean: Address,
    runningVariance: Address,
    outer: number,
    channels: number,
    inner: number,
    epsilon: number,
  ): void;
  batchNormBackward(
    x: Address,
    weight: Address,
    mean: Address,
    inverseStd: Address,
    dy: Address,
    dx: Address,
    dWeight: Address,
    dBias: Address,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  layerNorm(
    x: Address,
    weight: Address,
    bias: Address,
    y: Address,
    mean: Address,
    inverseStd: Address,
    rows: number,
    columns: number,
    epsilon: number,
  ): void;
  layerNormBackward(
    x: Address,
    weight: Address,
    mean: Address,
    inverseStd: Address,
    dy: Address,
    dx: Address,
    dWeight: Address,
    dBias: Address,
    rows: number,
    columns: number,
  ): void;
  rmsNorm(
    x: Address,
    weight: Address,
    y: Address,
    inverseRms: Address,
    rows: number,
    columns: number,
    epsilon: number,
  ): void;
  rmsNormBackward(
    x: Address,
    weight: Address,
    inverseRms: Address,
    dy: Address,
    dx: Address,
    dWeight: Address,
    rows: number,
    columns: number,
  ): void;

  rnn(
    projected: Address,
    weight: Address,
    biasIh: Address,
    biasHh: Address,
    hidden: Address,
    scratch: Address,
    time: number,
    batch: number,
    units: number,
    nonlinearity: number,
  ): void;
  rnnBackward(
    weight: Address,
    hidden: Address,
    dHidden: Address,
    dGates: Address,
    dInitial: Address,
    scratch: Address,
    time: number,
    batch: number,
    units: number,
    nonlinearity: number,
  ): void;
  lstm(
    gates: Address,
    weight: Address,
    biasIh: Address,
    biasHh: Address,
    hidden: Address,
    cells: Address,
    scratch: Address,
    time: number,
    batch: number,
    units: number,
    activation: number,
    gate: number,
  ): void;
  lstmBackward(
    weight: Address,
    gates: Address,
    cells: Address,
    dHidden: Address,
    dCells: Address,
    dGates: Address,
    dInitial: Address,
    scratch: Address,
    time: number,
    batch: number,
    units: number,
    activation: number,
    gate: number,
  ): void;
  gru(
    gates: Address,
    weight: Address,
    biasIh: Address,
    biasHh: Address,
    hidden: Address,
    newHidden: Address,
    scratch: Address,
    time: number,
    batch: number,
    units: number,
    activation: number,
    gate: number,
  ): void;
  gruBackward(
    weight: Address,
    gates: Address,
    hidden: Address,
    newHidden: Address,
    dHidden: Address,
    dGates: Address,
    dRecurrent: Address,
    dInitial: Address,
    scratch: Address,
    time: number,
    batch: number,
    units: number,
    activation: number,
    gate: number,
  ): void;

  /** A velocity of 0 is none. */
  sgd(
    p: Address,
    g: Address,
    velocity: Address,
    n: number,
    first: boolean,
    rate: number,
    weightDecay: number,
    momentum: number,
    nesterov: boolean,
  ): number;
  rmsprop(
    p: Address,
    g: Address,
    square: Address,
    velocity: Address,
    n: number,
    rate: number,
    weightDecay: number,
    alpha: number,
    epsilon: number,
    momentum: number,
  ): number;
  adagrad(p: Address, g: Address, sum: Address, n: number, rate: number, weightDecay: number, epsilon: number): number;
  adam(
    p: Address,
    g: Address,
    mean: Address,
    square: Address,
    n: number,
    step: number,
    rate: number,
    weightDecay: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decoupled: boolean,
  ): number;
  penalty(p: Address, g: Address, n: number, l1: number, l2: number): number;

  norm(x: Address, n: number): number;
  rowNorms(x: Address, result: Address, rows: number, columns: number): void;
  outputStatistics(
    x: Address,
    result: Address,
    outer: number,
    units: number,
    inner: number,
    low: number,
    high: number,
  ): void;
}
