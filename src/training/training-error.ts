import type { SourcePath } from '../spec/model-spec';

/** Why a model cannot be trained, in one sentence for its author, and the place in the model file that is responsible. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';

  constructor(message: string, readonly source?: SourcePath) {
    super(message);
  }
}
