import { describe, expect, it } from 'vitest';
import { shareOf, wilson } from '../../../src/cli/evaluate/interval';

describe('the confidence interval', () => {
  it.each([
    // statsmodels.stats.proportion.proportion_confint(hits, of, method="wilson")
    [8, 10, 0.49016, 0.94333],
    [10, 10, 0.72247, 1],
    [0, 20, 0, 0.16113],
  ])("of %i in %i is Wilson's", (hits, of, low, high) => {
    expect(wilson(hits, of)[0]).toBeCloseTo(low, 4);
    expect(wilson(hits, of)[1]).toBeCloseTo(high, 4);
  });

  it('leaves everything open where nothing was counted', () => {
    expect(shareOf([])).toEqual({ hits: 0, of: 0, models: 0, low: 0, high: 1 });
  });

  it('takes three seeds of a model for one case', () => {
    const runs = (model: string, ...hits: boolean[]) => hits.map(hit => ({ model, hit }));
    const all = shareOf(['a', 'b', 'c', 'd'].flatMap(model => runs(model, true, true, true)));
    expect(all).toMatchObject({ hits: 12, of: 12, models: 4 });
    expect([all.low, all.high]).toEqual(wilson(4, 4));
    const mixed = shareOf([...runs('a', true, true, true), ...runs('b', true, false, false)]);
    expect([mixed.low, mixed.high]).toEqual(wilson(1 + 1 / 3, 2));
  });
});
