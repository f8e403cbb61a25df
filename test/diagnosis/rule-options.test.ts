import { describe, expect, it } from 'vitest';
import { gatherEvidence } from '../../src/diagnosis/evidence/evidence';
import type { Finding, RuleId } from '../../src/diagnosis/finding';
import { optionsIn, optionValue, type RuleOptions } from '../../src/diagnosis/rule-options';
import { RULES } from '../../src/diagnosis/rules/index';
import { buildRun, type Situation } from './history-builder';

/** What one rule says of a made-up run, whatever other rules explain. */
function check(id: RuleId, situation: Situation, options: RuleOptions = {}): readonly Finding[] {
  const { model, history } = buildRun(situation);
  return RULES.find(({ meta }) => meta.id === id)!.check({
    model,
    history,
    evidence: gatherEvidence(model, history),
    optionOf: optionsIn(options),
    option: name => optionValue(options, id, name),
  });
}

/** Layers each of which changes the gradient by one factor. */
function stack(backward: number, more: Partial<Situation['layers'][number]> = {}): Situation['layers'] {
  return ['first', 'second', 'third', 'last'].map(name => ({ name, backward, ...more }));
}

describe('an option of one rule holds where another rule uses its threshold', () => {
  it('learning-rate-too-high leaves what vanishes at the start to vanishing-gradient', () => {
    const situation: Situation = {
      layers: stack(0.02),
      loss: step => 1 + step,
      norm: step => 1 + step,
      trivialLoss: 1,
    };
    expect(check('learning-rate-too-high', situation)).toEqual([]);
    expect(check('learning-rate-too-high', situation, { 'vanishing-gradient': { totalGain: 1e-6 } })).toHaveLength(1);
  });

  it('poor-initialization leaves what explodes over depth to exploding-gradient', () => {
    const situation: Situation = {
      layers: stack(6, { activation: 'relu', kernelInitializer: { type: 'normal', mean: 0, std: 1 } }),
      loss: () => 1,
      trivialLoss: 1,
    };
    expect(check('poor-initialization', situation)).toEqual([]);
    expect(check('poor-initialization', situation, { 'exploding-gradient': { totalGain: 1e6 } })).toHaveLength(1);
  });

  it('forward-explosion leaves to exploding-gradient what that rule reports', () => {
    const situation: Situation = {
      layers: stack(6, { forward: 6, kernelInitializer: { type: 'normal', mean: 0, std: 1 } }),
      loss: () => 1,
      trivialLoss: 1,
    };
    expect(check('forward-explosion', situation)).toEqual([]);
    expect(check('forward-explosion', situation, { 'exploding-gradient': { totalGain: 1e6 } })).toHaveLength(1);
  });
});

describe('an option', () => {
  it('has the default of its rule until a user sets it', () => {
    for (const { meta } of RULES) {
      for (const option of meta.options) {
        expect(optionValue({}, meta.id, option.name)).toBe(option.default);
        expect(optionValue({ [meta.id]: { [option.name]: 123 } }, meta.id, option.name)).toBe(123);
      }
    }
  });

  it('that no rule declares is refused', () => {
    expect(() => optionValue({}, 'dead-relu', 'share')).toThrow('Rule dead-relu has no option share.');
  });
});
