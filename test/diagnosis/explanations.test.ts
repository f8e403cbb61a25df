import { describe, expect, it } from 'vitest';
import { rootsOf } from '../../src/diagnosis/explanations';
import type { Finding, RuleId } from '../../src/diagnosis/finding';

function finding(rule: RuleId, step: number): Finding {
  return {
    rule, severity: 'warning', layer: undefined, source: [rule], message: `What ${rule} says: 0.5 of it. More.`, measured: {}, step,
    related: [], fixes: [],
  };
}

const roots = (...findings: Finding[]): string[] =>
  rootsOf(findings).map((root) => [root.rule, ...root.related.map((place) => place.source[0])].join(' < '));

describe('rootsOf', () => {
  it('keeps one root of a chain, and each symptom once', () => {
    expect(roots(
      finding('non-finite', 9), finding('vanishing-through-time', 0), finding('saturated-activation', 1),
      finding('exploding-gradient', 0), finding('exploding-through-time', 0),
    )).toEqual(['exploding-through-time < exploding-gradient < saturated-activation < vanishing-through-time < non-finite']);
  });

  it('lets the earlier one explain the later where each could', () => {
    expect(roots(finding('dead-relu', 5), finding('vanishing-gradient', 0))).toEqual(['vanishing-gradient < dead-relu']);
    expect(roots(finding('dead-relu', 0), finding('vanishing-gradient', 0))).toEqual(['dead-relu < vanishing-gradient']);
  });

  it('does not explain what was there from the start by what came later', () => {
    expect(roots(finding('dead-relu', 0), finding('exploding-gradient', 7))).toEqual(['exploding-gradient', 'dead-relu']);
    expect(roots(finding('dead-relu', 2), finding('exploding-gradient', 7))).toEqual(['exploding-gradient < dead-relu']);
  });

  it('quotes the first sentence of a symptom, decimals and all', () => {
    const [root] = rootsOf([finding('exploding-gradient', 0), finding('non-finite', 3)]);
    expect(root.related[0].message).toBe('non-finite: What non-finite says: 0.5 of it.');
  });
});
