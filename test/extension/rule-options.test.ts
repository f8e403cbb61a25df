import { describe, expect, it } from 'vitest';
import { ruleOptionsOf } from '../../src/extension/settings/rule-options';

describe('options of rules in the settings', () => {
  it('are taken as they are written', () => {
    expect(
      ruleOptionsOf({ 'dead-relu': { deadShare: 0.9 }, 'exploding-gradient': { totalGain: 1000, growth: 0 } }),
    ).toEqual({ 'dead-relu': { deadShare: 0.9 }, 'exploding-gradient': { totalGain: 1000, growth: 0 } });
  });

  it('leave out what no rule declares and what is no number', () => {
    const written = {
      'dead-relu': { deadShare: '0.9', toString: 1 },
      'exploding-gradient': { totalGain: -1, growth: 20 },
      other: { x: 1 },
      'non-finite': 3,
    };
    expect(ruleOptionsOf(written)).toEqual({ 'exploding-gradient': { growth: 20 } });
    for (const nothing of [undefined, null, [], 'text', {}]) expect(ruleOptionsOf(nothing)).toEqual({});
  });
});
