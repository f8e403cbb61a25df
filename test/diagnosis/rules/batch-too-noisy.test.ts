import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [16]\nlayers:\n${layers}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

const noisy = (batch: number, noise = 4): string =>
  net('{ type: sgd, learning_rate: 0.01 }', `batch_size: ${batch}\nsteps: 99\n`, TANH).replace(
    'type: teacher',
    `type: teacher, examples: 2048, noise: ${noise}`,
  );

describe('batch-too-noisy', () => {
  it('compares the noise scale with the batch', () => {
    const findings = findingsOf(noisy(4));
    expect(findings.map(inShort)).toEqual(['information batch-too-noisy - batchSize:']);
    expect(findings[0].measured.noiseScale).toBeGreaterThan(8 * 4);
  });

  it('says nothing of a large batch of the same data, or of a small one that learns', () => {
    expect(findingsOf(noisy(256)).map(({ rule }) => rule)).not.toContain('batch-too-noisy');
    for (const seed of [1, 2, 3]) {
      for (const noise of [0, 2])
        expect(findingsOf(noisy(1, noise).replace('0.01', '0.003'), seed).map(inShort)).toEqual([]);
    }
  });
});
