import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [16]\nlayers:\n${layers}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

describe('learning-rate-too-low', () => {
  it.each([
    '{ type: sgd, learning_rate: 1e-4 }',
    '{ type: sgd, learning_rate: 1e-7 }',
    '{ type: adam, learning_rate: 1e-6 }',
  ])('sees that updates of %s stop far short of the lowest point', optimizer => {
    for (const seed of [1, 2]) {
      const findings = findingsOf(net(optimizer), seed);
      expect(findings.map(inShort)).toEqual(['warning learning-rate-too-low - optimizer: learningRate']);
      expect(findings[0].measured.reach).toBeLessThan(0.01);
      expect(findings[0].fixes).toEqual(['constant-schedule', 'raise-learning-rate']);
    }
  });

  it('sees it in a run that has learned, but little, and not in one that has learned well by as short steps', () => {
    const crawling = (rate: number): readonly string[] =>
      findingsOf(
        `input: [8]\nlayers:\n${TANH}  - { type: dense, units: 3 }\nloss: cross-entropy\ndata: blobs\n` +
          `optimizer: { type: sgd, learning_rate: ${rate} }\nsteps: 300\n`,
      ).map(inShort);
    expect(crawling(5e-4)).toEqual(['warning learning-rate-too-low - optimizer: learningRate']);
    expect(crawling(0.1)).toEqual([]);
  });

  it('says nothing of a run whose loss fell to nothing before it was first measured', () => {
    const relu = '  - { type: dense, units: 48, activation: relu }\n';
    const text =
      `input: [16]\nlayers:\n${relu.repeat(3)}  - { type: dense, units: 3 }\nloss: cross-entropy\n` +
      'data: { type: blobs, noise: 0.8 }\noptimizer: { type: sgd, learning_rate: 0.8, momentum: 0.95, nesterov: true }\nsteps: 250\n';
    expect(findingsOf(text, 2).map(({ rule }) => rule)).not.toContain('learning-rate-too-low');
  });

  it('names a schedule that is over after a few steps, whatever the noise of later batches is', () => {
    const relu = '  - { type: dense, units: 32, activation: relu }\n';
    for (const seed of [1, 2, 3]) {
      const [finding] = findingsOf(
        `input: [16]\nlayers:\n${relu.repeat(2)}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher, noise: 2 }\n` +
          'batch_size: 8\noptimizer: { type: adam, learning_rate: 0.001 }\nschedule: { type: step, every: 4, factor: 0.1 }\nsteps: 200\n',
        seed,
      );
      expect(inShort(finding)).toBe('warning learning-rate-too-low - schedule:');
    }
  });

  it('says nothing of a plateau, of noise, or of a run that learns slowly', () => {
    const sigmoids = '  - { type: dense, units: 32, activation: sigmoid }\n'.repeat(12);
    expect(findingsOf(net('adam', '', sigmoids)).map(({ rule }) => rule)).not.toContain('learning-rate-too-low');
    const noise = net('adam').replace('type: teacher', 'type: teacher, noise: 100');
    expect(findingsOf(noise).map(({ rule }) => rule)).not.toContain('learning-rate-too-low');
    expect(findingsOf(net('{ type: sgd, learning_rate: 0.01 }')).map(inShort)).toEqual([]);
  });
});
