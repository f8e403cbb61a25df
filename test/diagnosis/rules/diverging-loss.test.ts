import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [2]\nlayers:\n${layers}  - { type: dense, units: 2 }\nloss: cross-entropy\ndata: { type: spirals, noise: 0.05 }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

describe('diverging-loss', () => {
  it('is found where no single update overshot: the loss had been far lower', () => {
    const findings = findingsOf(net('{ type: lion, learning_rate: 0.05 }', 'steps: 800\n'));
    expect(findings.map(inShort)).toEqual(['warning diverging-loss - optimizer: learningRate']);
    const { bestLoss, lateLoss, bestStep } = findings[0].measured;
    expect(lateLoss).toBeGreaterThan(2 * bestLoss);
    expect(findings[0].step).toBeGreaterThan(bestStep);
  });

  it('is a symptom where one did', () => {
    const [finding, ...rest] = findingsOf(net('{ type: sgd, learning_rate: 1, momentum: 0.95 }'));
    expect(rest).toEqual([]);
    expect(finding.rule).toBe('learning-rate-too-high');
    expect(finding.related.map(({ message }) => message.split(':')[0])).toContain('diverging-loss');
  });

  it('says nothing of scatter around a minimum', () => {
    for (const seed of [1, 2, 3])
      expect(findingsOf(net('{ type: adam, learning_rate: 0.03 }', 'steps: 600\n'), seed)).toEqual([]);
  });
});
