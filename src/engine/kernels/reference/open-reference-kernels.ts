import { flush, flushing } from '../flush';
import type { OpenKernelSet } from '../kernel-set';
import type { Kernels } from '../kernels';
import { attentionKernels } from './attention';
import { convolutionKernels } from './convolution';
import { elementwiseKernels } from './elementwise';
import { layoutKernels } from './layout';
import { lossKernels } from './losses';
import { mapKernels } from './maps';
import { matrixKernels } from './matrix';
import { normalizationKernels } from './normalization';
import { optimizerKernels } from './optimizers';
import { recurrentKernels } from './recurrent';
import { statisticKernels } from './statistics';
import { stridedKernels } from './strided';

/**
 * Every kernel as plain loops over typed arrays of either precision: the definition, and what runs where WebAssembly is
 * missing.
 */
export const referenceKernels: Kernels = {
  ...matrixKernels,
  ...convolutionKernels,
  ...attentionKernels,
  ...elementwiseKernels,
  ...layoutKernels,
  ...lossKernels,
  ...mapKernels,
  ...normalizationKernels,
  ...recurrentKernels,
  ...optimizerKernels,
  ...statisticKernels,
  ...stridedKernels,
};

/** The reference kernels on a plain ArrayBuffer, in float32 each followed by the flush of what it wrote. */
export const openReferenceKernels: OpenKernelSet = arenaBytes => ({
  name: 'reference',
  kernels: flushing(referenceKernels, flush),
  memory: new ArrayBuffer(arenaBytes),
  base: 0,
  flush,
});
