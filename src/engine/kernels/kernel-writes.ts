import type { CallableKernels } from './kernels';

/** Which parameters of each kernel it writes to, by position: what tells a plan whose result is used by whom. */
export const KERNEL_WRITES: Readonly<Record<keyof CallableKernels, readonly number[]>> = {
  matmul: [2], matmulTransposedB: [2], matmulTransposedA: [2],
  matmulEach: [2], matmulEachTransposedB: [2], matmulEachTransposedA: [2], maskFuture: [0], lstmInitialCellGradient: [2],
  permute: [1],
  fill: [0], copy: [1], add: [2], multiply: [2], scale: [0], clamp: [0], activate: [1, 3], activateBackward: [3], softmax: [1],
  softmaxBackward: [2],
  columnSums: [1], dropout: [1],
  copyRows: [3], toTimeMajor: [1], fromTimeMajor: [1], meanOverMiddle: [1], meanOverMiddleBackward: [1], embed: [2],
  embedBackward: [2],
  crossEntropy: [2], crossEntropyBackward: [2], elementwiseLoss: [], elementwiseLossBackward: [3], countRightClasses: [],
  countRightSigns: [], weightedCrossEntropy: [3], weightedCrossEntropyBackward: [3], weightedBinaryCrossEntropy: [],
  weightedBinaryCrossEntropyBackward: [2],
  batchNorm: [3, 4, 5, 6, 7], batchNormInference: [3], batchNormBackward: [5, 6, 7], layerNorm: [3, 4, 5], layerNormBackward: [5, 6,
  7],
  rmsNorm: [2, 3], rmsNormBackward: [4, 5],
  weightNorm: [2], weightNormBackward: [3, 4], groupNorm: [3, 4, 5], groupNormBackward: [5, 6, 7],
  rnn: [4, 5], rnnBackward: [2, 3, 4, 5], lstm: [0, 4, 5, 6], lstmBackward: [3, 4, 5, 6, 7], gru: [0, 4, 5, 6], gruBackward: [4,
  5, 6, 7, 8],
  sgd: [0, 2], rmsprop: [0, 2, 3], adagrad: [0, 2], adam: [0, 2, 3], penalty: [1],
  adadelta: [0, 2, 3], lion: [0, 2], adamax: [0, 2, 3], amsgrad: [0, 2, 3, 4], nadam: [0, 2, 3], radam: [0, 2, 3], clipRows: [1],
  descend: [0], muonDirection: [1, 2], quadraticPolynomial: [1],
  unfold: [1], fold: [1], maxPool: [1, 2], maxPoolBackward: [2], averagePool: [1], averagePoolBackward: [1], upsample: [1], upsampleBackward: [1], addToChannels: [0],
  channelSums: [1],
  prelu: [2], preluBackward: [3, 4],
  norm: [], rowNorms: [1], outputStatistics: [1],
};
