import { describe, expect, it } from 'vitest';
import { rootsOf } from '../../src/diagnosis/explanations';
import { RULES } from '../../src/diagnosis/rules/index';
import type { Finding, RuleId, Severity } from '../../src/diagnosis/finding';

const rules = RULES.map(({ meta }) => meta);

function finding(rule: RuleId, step: number, layer?: string, severity: Severity = 'warning'): Finding {
  return {
    rule,
    severity,
    layer,
    at: layer === undefined ? { setting: 'loss' } : { layer },
    message: `What ${rule} says: 0.5 of it. More.`,
    measured: {},
    step,
    related: [],
    fixes: [],
  };
}

const roots = (...findings: Finding[]): string[] =>
  rootsOf(findings, { rules, layers: ['first', 'second'] }).map(root =>
    [root.rule, ...root.related.map(place => place.rule)].join(' < '),
  );

describe('rootsOf', () => {
  it('keeps one root of a chain, and each symptom once', () => {
    expect(
      roots(
        finding('non-finite', 9),
        finding('vanishing-through-time', 0),
        finding('saturated-activation', 1),
        finding('exploding-gradient', 0),
        finding('exploding-through-time', 0),
      ),
    ).toEqual([
      'exploding-through-time < exploding-gradient < saturated-activation < vanishing-through-time < non-finite',
    ]);
  });

  it('lets the earlier one explain the later where each could', () => {
    expect(roots(finding('dead-relu', 5), finding('vanishing-gradient', 0))).toEqual([
      'vanishing-gradient < dead-relu',
    ]);
    expect(roots(finding('dead-relu', 0), finding('vanishing-gradient', 0))).toEqual([
      'dead-relu < vanishing-gradient',
    ]);
  });

  it('does not explain what was there from the start by what came later', () => {
    expect(roots(finding('dead-relu', 0), finding('exploding-gradient', 7))).toEqual([
      'exploding-gradient',
      'dead-relu',
    ]);
    expect(roots(finding('dead-relu', 2), finding('exploding-gradient', 7))).toEqual([
      'exploding-gradient < dead-relu',
    ]);
  });

  it('quotes the first sentence of a symptom, decimals and all', () => {
    const [root] = rootsOf([finding('exploding-gradient', 0), finding('non-finite', 3)], { rules, layers: [] });
    expect(root.related[0].message).toBe('non-finite: What non-finite says: 0.5 of it.');
  });

  it('is as grave as what it explains', () => {
    const [root] = rootsOf(
      [finding('exploding-gradient', 0, undefined, 'hint'), finding('non-finite', 3, undefined, 'error')],
      { rules, layers: [] },
    );
    expect(root).toMatchObject({ rule: 'exploding-gradient', severity: 'error' });
  });

  it('takes the one further upstream where each could explain the other at the same time', () => {
    const [a, b] = rules.filter(({ id }) => id === 'dead-relu' || id === 'saturated-activation');
    const mutual = [
      { ...a, explains: [b.id] },
      { ...b, explains: [a.id] },
    ];
    const first = (layerOfA: string, layerOfB: string, travels: 'forward' | 'backward'): RuleId[] =>
      rootsOf([finding(a.id, 0, layerOfA), finding(b.id, 0, layerOfB)], {
        rules: mutual.map(meta => ({ ...meta, travels })),
        layers: ['first', 'second'],
      }).map(root => root.rule);
    expect(first('second', 'first', 'forward')).toEqual([b.id]);
    expect(first('first', 'second', 'forward')).toEqual([a.id]);
    expect(first('second', 'first', 'backward')).toEqual([a.id]);
    expect(first('first', 'first', 'forward')).toEqual([a.id]);
  });

  it('keeps one of findings that explain each other in a ring', () => {
    const [a, b, c] = rules;
    const ring = [
      { ...a, explains: [b.id] },
      { ...b, explains: [c.id] },
      { ...c, explains: [a.id] },
    ].map(meta => ({ ...meta, showsLate: undefined }));
    const found = rootsOf([finding(c.id, 0), finding(b.id, 0), finding(a.id, 0)], { rules: ring, layers: [] });
    expect(found.map(root => root.rule)).toEqual([a.id]);
    expect(found[0].related).toHaveLength(2);
  });
});
