import type { ModelSpec, SourcePath } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import { inputSizeOf, targetOf, targetSizeOf } from './target';

/**
 * Refuses examples that would take more than `limitBytes`, before they are made.
 * @param way what the author can do, for the sentence
 */
export function checkSize(
  model: ModelSpec,
  examples: number,
  limitBytes: number,
  way: string,
  source: SourcePath,
): void {
  // Numbers and ids take 4 bytes alike.
  const needed = 4 * examples * (inputSizeOf(model) + targetSizeOf(targetOf(model)));
  if (needed <= limitBytes) return;
  throw new TrainingError(
    `${examples} examples would take ${Math.ceil(needed / 2 ** 20)} MB, but "gradientHealth.memoryLimit" allows ` +
      `${Math.floor(limitBytes / 2 ** 20)} MB; ${way}.`,
    source,
  );
}
