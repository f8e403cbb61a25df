import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [16]\nlayers:\n${layers}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

const clip = (max: number, optimizer: string): string => net(optimizer, `clip: { type: norm, max: ${max} }\n`);

describe('clip-always-binds', () => {
  it('is to blame where it starves the run, rather than the rate', () => {
    for (const seed of [1, 2]) {
      const [finding, ...rest] = findingsOf(clip(0.001, '{ type: sgd, learning_rate: 0.05 }'), seed);
      expect(rest).toEqual([]);
      expect(inShort(finding)).toBe('warning clip-always-binds - clip:');
      expect(finding.measured.clippedShare).toBe(1);
    }
  });

  it('is information where the run learns all the same, and says that adam normalizes its steps', () => {
    expect(findingsOf(clip(0.03, '{ type: sgd, learning_rate: 0.5 }')).map(inShort)).toEqual([
      'information clip-always-binds - clip:',
    ]);
    const [finding] = findingsOf(clip(0.01, 'adam'));
    expect(finding.severity).toBe('information');
    expect(finding.message).toContain('adam normalizes its steps');
  });

  it('says nothing of the customary limit of 1', () => {
    expect(findingsOf(clip(1, '{ type: sgd, learning_rate: 0.05 }')).map(inShort)).toEqual([]);
    expect(findingsOf(clip(1, 'adam')).map(inShort)).toEqual([]);
  });
});
