import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose';
import type { Finding } from '../../src/diagnosis/finding';
import { RULES } from '../../src/diagnosis/rules/index';
import { buildRun, stuck } from './history-builder';

const dying = buildRun({
  layers: [{ name: 'hidden', activation: 'relu', dead: 0.6 }, { name: 'answer' }],
  loss: stuck,
});

describe('diagnose', () => {
  it('has nothing to say before the first record', () => {
    expect(diagnose(dying.model, { ...dying.history, records: [] })).toEqual([]);
  });

  it('takes severities and options from the settings', () => {
    const rulesOf = (settings: Parameters<typeof diagnose>[2]): string[] =>
      diagnose(dying.model, dying.history, settings).map(finding => `${finding.rule} ${finding.severity}`);
    expect(rulesOf({})).toEqual(['dead-relu warning']);
    expect(rulesOf({ severities: { 'dead-relu': 'hint' } })).toEqual(['dead-relu hint']);
    expect(rulesOf({ severities: { 'dead-relu': 'off' } })).toEqual(['not-learning information']);
    expect(rulesOf({ options: { 'dead-relu': { deadShare: 0.7 } } })).toEqual(['not-learning information']);
    expect(rulesOf({ maximumFindings: 0 })).toEqual([]);
  });

  it('counts a silenced finding beside those that a model may get', () => {
    const settings = { maximumFindings: 0, isSilenced: ({ rule }: Finding) => rule === 'dead-relu' };
    expect(diagnose(dying.model, dying.history, settings)).toHaveLength(1);
    expect(diagnose(dying.model, dying.history, { ...settings, isSilenced: () => false })).toEqual([]);
  });

  it('gives every rule an option with a source, and refuses one that is not declared', () => {
    for (const { meta } of RULES) for (const option of meta.options) expect(option.source.length).toBeGreaterThan(10);
    const { model, history } = dying;
    const rule = RULES.find(({ meta }) => meta.id === 'dead-relu')!;
    expect(rule.meta.options.map(option => option.name)).toEqual(['deadShare']);
    expect(diagnose(model, history)[0].fixes.every(fix => rule.meta.fixes.includes(fix))).toBe(true);
  });

  it('raises no alarm about a run whose every number is ordinary, and explains why it does not learn', () => {
    const { model, history } = buildRun({
      layers: [{ name: 'memory', type: 'lstm' }, { name: 'answer' }],
      loss: stuck,
    });
    expect(diagnose(model, history).map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'not-learning information',
    ]);
  });
});
