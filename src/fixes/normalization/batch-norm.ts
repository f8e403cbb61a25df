import type { FixMaker } from '../fix-context';
import { normalizeHidden } from './normalization';

/** Fewer examples than these give no statistics worth the name. */
const FEWEST = 8;

/**
 * Normalizes what the weights of every hidden layer make over the batch, so that the scale of weights and input no
 * longer counts (Ioffe and Szegedy 2015).
 */
export const batchNorm: FixMaker = context =>
  context.model.batchSize < FEWEST ? undefined : normalizeHidden(context, 'batch-norm', 'batch-norm', () => true);
