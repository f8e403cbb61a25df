import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [16]\nlayers:\n${layers}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

const DEEP = TANH.repeat(3);

describe('slow-convergence', () => {
  it('tells a run that ends on its way down from one with a fault', () => {
    const findings = findingsOf(net('{ type: sgd, learning_rate: 0.003 }', 'steps: 30\n', DEEP));
    expect(findings.map(inShort)).toEqual(['information slow-convergence - steps:']);
    expect(findings[0].measured.lateLoss).toBeLessThan(findings[0].measured.startLoss);
  });

  it('says nothing of the same run when it is long enough, or of one that has levelled off', () => {
    expect(findingsOf(net('{ type: sgd, learning_rate: 0.003 }', 'steps: 1000\n', DEEP)).map(inShort)).toEqual([]);
    const noise = net('{ type: sgd, learning_rate: 0.05 }').replace('type: teacher', 'type: teacher, noise: 3');
    expect(findingsOf(noise).map(({ rule }) => rule)).not.toContain('slow-convergence');
  });
});
