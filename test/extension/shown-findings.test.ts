import { describe, expect, it } from 'vitest';
import type { Finding, RuleId } from '../../src/diagnosis/finding';
import { applySeverities } from '../../src/extension/findings/apply-severities';
import { PersistentFindings } from '../../src/extension/findings/persistent-findings';

const finding = (rule: RuleId, layer?: string): Finding => ({
  rule, layer, severity: 'warning', source: ['layers', 0], message: '', measured: {}, step: 3, related: [], fixes: [],
});

describe('severities of the settings', () => {
  it('change the severity of a rule and leave out what is off', () => {
    const findings = [finding('dead-relu'), finding('non-finite'), finding('vanishing-gradient')];
    const shown = applySeverities(findings, { 'dead-relu': 'off', 'non-finite': 'error' });
    expect(shown.map(({ rule, severity }) => [rule, severity])).toEqual([['non-finite', 'error'], ['vanishing-gradient', 'warning']]);
  });
});

describe('findings of a running model', () => {
  it('are shown once they have stood in three looks in a row', () => {
    const looks = new PersistentFindings();
    const [steady, flicker] = [finding('exploding-gradient', 'a'), finding('dead-relu', 'b')];
    expect(looks.look([steady, flicker])).toEqual([]);
    expect(looks.look([steady])).toEqual([]);
    expect(looks.look([steady, flicker])).toEqual([steady]);
  });

  it('stay as they were first shown while only their numbers change', () => {
    const looks = new PersistentFindings();
    looks.look([finding('dead-relu', 'a')]);
    looks.look([finding('dead-relu', 'a')]);
    const shown = looks.look([finding('dead-relu', 'a')]);
    expect(shown).toHaveLength(1);
    expect(looks.look([finding('dead-relu', 'a')])).toBe(shown);
    expect(looks.look([])).toEqual([]);
  });

  it('tell layers apart', () => {
    const looks = new PersistentFindings();
    looks.look([finding('dead-relu', 'a')]);
    looks.look([finding('dead-relu', 'b')]);
    expect(looks.look([finding('dead-relu', 'b')])).toEqual([]);
  });
});
