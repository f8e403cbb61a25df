/** What a cure did, in words, from results as measuring gives them. */
import { describe, expect, it } from 'vitest';
import type { CandidateResult } from '../../src/verification/candidate-result';
import { effectText } from '../../src/verification/effect';

/** Fields that the words do not depend on are missing. */
const result = (fields: Partial<CandidateResult>): CandidateResult =>
  ({
    causal: true,
    trainsIn: 3,
    learnsIn: 3,
    seeds: 3,
    finalLoss: 0.5,
    relativeLoss: 0.25,
    constantLoss: 2,
    comparable: true,
    trials: [],
    ...fields,
  }) as CandidateResult;

describe('the effect of a cure in words', () => {
  const baseline = result({ trainsIn: 0, learnsIn: 0, finalLoss: NaN, relativeLoss: Infinity });

  it('holds losses of one scale side by side', () => {
    expect(effectText(result({}), baseline, 'unscaled-target')).toBe('trains with 3 of 3 seeds, loss not finite → 0.5');
  });

  it("takes losses of different scales as multiples of a constant's", () => {
    expect(effectText(result({ comparable: false }), baseline, 'unscaled-target')).toBe(
      "trains with 3 of 3 seeds, loss not finite → 0.25 times a constant's",
    );
  });
});
