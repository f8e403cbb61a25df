// The WebAssembly module's exports. They work on byte offsets into the imported memory; `simd/` makes the kernel interface of
// them.
export { activate, activateBackward, activateKeepingSlope } from './activations';
export { attend } from './attention';
export { attendBackward } from './attention-backward';
export { averagePool, averagePoolBackward } from './average-pool';
export { batchNorm, batchNormBackward, batchNormInference } from './batch-norm';
export { activateChannels, activateChannelsBackward, channelSums } from './channels';
export { convolve, convolveBackwardInput, convolveBackwardWeight, flipKernel } from './convolution';
export { add, clamp, columnSums, copyFloats, dropout, fill, flush, multiply, scaleTo } from './elementwise';
export { gru, gruBackward } from './gru';
export { layerNorm, layerNormBackward } from './layer-norm';
export { copyRows, embed, embedBackward, fromTimeMajor, meanOverMiddle, meanOverMiddleBackward, toTimeMajor } from './layout';
export { countRightSigns, elementwiseLoss, elementwiseLossBackward } from './losses';
export { lstm, lstmBackward } from './lstm';
export { mapElements, mapElementsBackward } from './maps';
export { matmul, matmulTransposedA, matmulTransposedB } from './matmul';
export { maxPool, maxPoolBackward } from './pool';
export { adagrad, adam, penalty, rmsprop, sgd } from './optimizers';
export { rmsNorm, rmsNormBackward } from './rms-norm';
export { rnn, rnnBackward } from './rnn';
export { scratchEnd } from './scratch';
export { countRightClasses, crossEntropy, crossEntropyBackward, softmax, softmaxBackward } from './softmax';
export { padMaps } from './pad';
export { combine, copyStrided, sumMiddle } from './strided';
export { winogradConvolve } from './winograd';
export { winogradBackwardWeight } from './winograd-weight';
export { norm, outputStatistics, rowNorms } from './statistics';
