import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [16]\nlayers:\n${layers}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

describe('oscillating-loss', () => {
  it('sees updates that end higher across the valley', () => {
    const findings = findingsOf(net('{ type: sgd, learning_rate: 0.25 }', 'batch_size: 8\n', ''));
    expect(findings.map(inShort)).toEqual(['warning oscillating-loss - optimizer: learningRate']);
    const { lateLow, lateHigh, across } = findings[0].measured;
    expect(lateHigh - lateLow).toBeGreaterThan(0.5);
    expect(across).toBeGreaterThan(0);
  });

  it('says nothing of batches that differ: a small batch at a sound rate', () => {
    for (const seed of [1, 2, 3]) {
      expect(findingsOf(net('{ type: sgd, learning_rate: 0.01 }', 'batch_size: 2\n'), seed).map(inShort)).toEqual([]);
    }
  });
});
