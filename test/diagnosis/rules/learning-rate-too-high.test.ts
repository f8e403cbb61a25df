import { describe, expect, it } from 'vitest';
import { criticalCurvature } from '../../../src/diagnosis/evidence/update-course';
import type { Finding } from '../../../src/diagnosis/finding';
import { compileText, inShort, trainAndDiagnose } from '../train-text';
import { LEARNING_RATE_PLACE } from '../../../src/model/place';

const TANH = '  - { type: dense, units: 32, activation: tanh }\n';
const net = (optimizer: string, more = '', layers = TANH + TANH): string =>
  `input: [16]\nlayers:\n${layers}  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

describe('learning-rate-too-high', () => {
  it.each([
    ['sgd', '{ type: sgd, learning_rate: 1 }'],
    ['momentum', '{ type: sgd, learning_rate: 0.5, momentum: 0.9 }'],
    ['adam', '{ type: adam, learning_rate: 2 }'],
    ['rmsprop', '{ type: rmsprop, learning_rate: 0.5 }'],
  ])('is the one root of a run that %s destroyed or left with nothing', (_, optimizer) => {
    for (const seed of [1, 2]) {
      const [finding, ...rest] = findingsOf(net(optimizer), seed);
      expect(rest.map(inShort)).toEqual([]);
      expect(finding).toMatchObject({ rule: 'learning-rate-too-high', at: LEARNING_RATE_PLACE });
      expect(finding.measured.lossAfter).toBeGreaterThan(finding.measured.lossBefore);
      expect(finding.fixes[0]).toBe('lower-learning-rate');
    }
  });

  it('sees a classifier that learns little and goes on overshooting, and a gru whose gradient explodes only after a long update', () => {
    const relu = '  - { type: dense, units: 32, activation: relu }\n'.repeat(3);
    const spirals =
      `input: [2]\nlayers:\n${relu}  - { type: dense, units: 2 }\nloss: cross-entropy\n` +
      'data: { type: spirals, noise: 0.05 }\noptimizer: { type: adam, learning_rate: 3 }\nsteps: 400\n';
    const gru =
      'input: [30, 2]\nlayers:\n  - { name: memory, type: gru, units: 24 }\n  - { type: dense, units: 1 }\nloss: mse\n' +
      'data: adding-problem\noptimizer: { type: adam, learning_rate: 2 }\nsteps: 150\n';
    expect(findingsOf(spirals).map(({ rule }) => rule)).toEqual(['learning-rate-too-high']);
    expect(findingsOf(gru).map(({ rule }) => rule)).toEqual(['learning-rate-too-high']);
  });

  it('has the broken number and the grown norm as its symptoms, and is as grave as they are', () => {
    const [finding] = findingsOf(net('{ type: sgd, learning_rate: 1 }'));
    expect(finding.severity).toBe('error');
    const symptoms = finding.related.map(({ message }) => message.split(':')[0]);
    expect(symptoms).toEqual(expect.arrayContaining(['exploding-gradient', 'non-finite']));
  });

  it('leaves the fault to weights that start too large, and to input that could be standardized', () => {
    const large =
      '  - { type: dense, units: 64, activation: tanh, kernel_initializer: { type: normal, std: 1 } }\n'.repeat(10);
    expect(findingsOf(net('{ type: sgd, learning_rate: 0.05 }', '', large), 2).map(({ rule }) => rule)).not.toContain(
      'learning-rate-too-high',
    );
    const unscaled = net('{ type: sgd, learning_rate: 0.01 }').replace('type: teacher', 'type: teacher, scale: 100');
    expect(findingsOf(unscaled).map(({ rule }) => rule)).not.toContain('learning-rate-too-high');
  });

  it.each([
    ['sgd at 0.1', '{ type: sgd, learning_rate: 0.1 }'],
    ['adam at 1e-2', '{ type: adam, learning_rate: 0.01 }'],
    ['sgd with momentum', '{ type: sgd, learning_rate: 0.01, momentum: 0.9 }'],
    ['rmsprop as it comes', 'rmsprop'],
    ['lion at 1e-3', '{ type: lion, learning_rate: 1e-3 }'],
  ])('says nothing of %s, where it is fine, whatever the batch', (_, optimizer) => {
    for (const batch of [4, 32, 256])
      expect(findingsOf(net(optimizer, `batch_size: ${batch}\n`)).map(inShort)).toEqual([]);
  });

  it.each([
    ['sgd', 2],
    ['{ type: sgd, momentum: 0.9 }', 3.8],
    ['{ type: sgd, momentum: 0.9, nesterov: true }', 3.8 / 2.8],
    ['adam', 38],
    ['rmsprop', 2],
    ['adagrad', 2],
  ])('goes by the optimizer: the edge of stability of %s is %f', (optimizer, edge) => {
    expect(criticalCurvature(compileText(net(optimizer)))).toBeCloseTo(edge, 9);
  });
});
