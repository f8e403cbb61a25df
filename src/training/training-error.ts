import type { SourcePath } from '../model/model-spec';
import type { Remedy } from './remark';

/**
 * Why a model cannot be trained, in one sentence for its author, the place in the model file that is responsible, and
 * edits of the file that put it right, the likeliest first.
 */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';

  constructor(
    message: string,
    readonly source?: SourcePath,
    readonly remedies: readonly Remedy[] = [],
  ) {
    super(message);
  }
}
