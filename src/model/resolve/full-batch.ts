/**
 * L-BFGS takes the curvature from the gradients of two steps, which must be of the same examples and the same network.
 */
import { branchesOf } from '../inner-layers';
import type { LayerSpec, ModelSpec } from '../model-spec';
import { DEFAULT_BATCH_SIZE, MAX_BATCH_SIZE } from '../vocabulary/limits';
import type { Place } from '../place';
import type { ProblemLog } from './problem-log';

/** Examples of a batch: as the file says; else all there may be with lbfgs, and an ordinary number with the others. */
export function batchSizeOf(written: number | undefined, { type }: ModelSpec['optimizer']): number {
  return written ?? (type === 'lbfgs' ? MAX_BATCH_SIZE : DEFAULT_BATCH_SIZE);
}

/** Warns where lbfgs would compare gradients of different examples or of different networks. */
export function checkFullBatch(log: ProblemLog, model: ModelSpec): void {
  if (model.optimizer.type !== 'lbfgs') return;
  const batchIsWritten = model.derived?.includes('batchSize') !== true;
  const part = partOfExamples(model, batchIsWritten);
  if (part !== undefined)
    warnAt(
      log,
      `but ${part}, or use \`adam\`.`,
      batchIsWritten ? { setting: 'batchSize' } : { setting: 'optimizer', part: 'type' },
    );
  const dropping = firstDropping(model.layers);
  if (dropping !== undefined) {
    warnAt(
      log,
      `but dropout in \`${dropping.path}\` makes another network of every step; leave it out, or use \`adam\`.`,
      { layer: dropping.path, part: 'type' },
    );
  }
}

/** Which examples a step has in place of all, and the way on. Of a file nobody knows yet how many it holds. */
function partOfExamples(model: ModelSpec, batchIsWritten: boolean): string | undefined {
  const perStep = model.batchSize * model.gradientAccumulation;
  if (!('examples' in model.data)) {
    return batchIsWritten
      ? `a step has at most ${perStep} of those in the file; leave \`batch_size\` out to take all up to ${MAX_BATCH_SIZE}`
      : undefined;
  }
  const { examples } = model.data;
  const held = model.validation > 0 ? Math.max(1, Math.round(examples * model.validation)) : 0;
  const training = examples - held;
  if (perStep >= training) return undefined;
  const wayOn =
    training <= MAX_BATCH_SIZE ? 'leave `batch_size` out to take all' : `take at most ${MAX_BATCH_SIZE} examples`;
  return `a step has ${perStep} of the ${training} that train; ${wayOn}`;
}

function firstDropping(layers: readonly LayerSpec[]): LayerSpec | undefined {
  for (const layer of layers) {
    if (layer.type === 'dropout' && layer.rate > 0) return layer;
    const inside = firstDropping(branchesOf(layer).flat());
    if (inside !== undefined) return layer.type === 'transformer-block' ? layer : inside;
  }
  return undefined;
}

function warnAt(log: ProblemLog, rest: string, at: Place): void {
  const message = `\`lbfgs\` learns from how the gradient changes between steps, ${rest}`;
  log.warn('needs-full-batch', message, at);
}
