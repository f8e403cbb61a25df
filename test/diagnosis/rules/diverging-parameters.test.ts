import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [16]\nlayers:\n${layers}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

describe('diverging-parameters', () => {
  it.each([
    '{ type: sgd, learning_rate: 0.01, weight_decay: 202 }',
    '{ type: adamw, learning_rate: 0.03, weight_decay: 80 }',
  ])('blames a decay that multiplies weights by less than -1: %s', optimizer => {
    for (const seed of [1, 2]) {
      const [finding, ...rest] = findingsOf(net(optimizer), seed);
      expect(rest.map(inShort)).toEqual([]);
      expect(finding).toMatchObject({
        rule: 'diverging-parameters',
        at: { setting: 'optimizer', part: 'weightDecay' },
      });
      expect(finding.measured.growth).toBeGreaterThan(10);
      expect(finding.message).toContain('`weight_decay`');
    }
  });

  it('is a symptom of a rate that is too high', () => {
    const [finding] = findingsOf(net('{ type: sgd, learning_rate: 1 }'));
    expect(finding.rule).toBe('learning-rate-too-high');
    expect(finding.related.map(({ message }) => message.split(':')[0])).toContain('diverging-parameters');
  });

  it('says nothing of weights that start near zero and must grow to learn', () => {
    const small =
      '  - { type: dense, units: 32, activation: tanh, kernel_initializer: { type: normal, std: 0.001 } }\n';
    expect(findingsOf(net('{ type: adam, learning_rate: 0.01 }', '', small)).map(inShort)).toEqual([]);
  });
});
