import type { FixMaker } from '../fix-context';
import { hiddenKernels, type ForwardKernel } from '../own-layers';
import { normalizeHidden } from './normalization';

/** Fewer examples than these give no statistics worth the name. */
const MIN_BATCH_FOR_BATCH_NORM = 8;

/**
 * Normalizes what the weights of every hidden layer make over the batch, so that the scale of weights and input no
 * longer counts (Ioffe and Szegedy 2015). Not offered for sequences, of which it would normalize each time step apart.
 */
export const batchNorm: FixMaker = context =>
  context.model.batchSize < MIN_BATCH_FOR_BATCH_NORM || hiddenKernels(context.model).some(isOverTime)
    ? undefined
    : normalizeHidden(context, 'batch-norm', 'batch-norm', () => true);

function isOverTime({ type, outputShape }: ForwardKernel): boolean {
  return type === 'dense' && outputShape.length > 1;
}
