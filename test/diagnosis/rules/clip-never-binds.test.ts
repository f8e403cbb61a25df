import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [16]\nlayers:\n${layers}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

const clip = (max: number, rate = 0.05): string =>
  net(`{ type: sgd, learning_rate: ${rate} }`, `clip: { type: norm, max: ${max} }\n`);

describe('clip-never-binds', () => {
  it('is a hint where the limit is out of reach of every norm', () => {
    const findings = findingsOf(clip(1000));
    expect(findings.map(inShort)).toEqual(['hint clip-never-binds - clip:']);
    expect(findings[0].measured.largestNorm * 10).toBeLessThan(1000);
  });

  it('is a symptom where norms exploded under a limit that never stopped them', () => {
    const [finding, ...rest] = findingsOf(clip(1e36, 1));
    expect(rest).toEqual([]);
    expect(finding.related.map(({ message }) => message.split(':')[0])).toContain('clip-never-binds');
  });

  it('says nothing of a limit that a spike would reach, or that binds', () => {
    for (const max of [1, 2, 10]) expect(findingsOf(clip(max)).map(inShort)).toEqual([]);
  });
});
