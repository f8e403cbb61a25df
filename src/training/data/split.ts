import type { Random } from '../../engine/random';
import { TrainingError } from '../training-error';

/** Indices of examples to learn from and of those held back. */
export interface Split {
  readonly training: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Holds back a random share of the examples, rounded, but at least one where the share is not 0.
 * @throws TrainingError where nothing is left to learn from.
 */
export function splitExamples(examples: number, validationShare: number, random: Random): Split {
  const order = random.permutation(examples);
  const held = validationShare > 0 ? Math.max(1, Math.round(examples * validationShare)) : 0;
  if (held >= examples) {
    throw new TrainingError(
      `A validation share of ${validationShare} leaves none of the ${examples} examples to learn from; lower "validation".`,
      ['validation'],
    );
  }
  return { training: order.subarray(held), validation: order.subarray(0, held) };
}
