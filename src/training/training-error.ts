import type { BlamedPlace } from '../model/place';
import type { Remedy } from './remark';

/**
 * Why a model cannot be trained, in one sentence for its author, the place that is responsible, and
 * edits of the file that put it right, the likeliest first.
 */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';

  constructor(
    message: string,
    readonly source?: BlamedPlace,
    readonly remedies: readonly Remedy[] = [],
  ) {
    super(message);
  }
}
