import { describe, expect, it } from 'vitest';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

function findingsOf(
  layers: readonly string[],
  rest: string,
  input = '[8]',
): ReturnType<typeof trainAndDiagnose>['findings'] {
  const list = layers.map(layer => `  - { ${layer} }`).join('\n');
  return trainAndDiagnose(compileText(`input: ${input}\nlayers:\n${list}\n${rest}\n`)).findings;
}

const TANH = [
  'name: first, type: dense, units: 32, activation: tanh',
  'name: second, type: dense, units: 32, activation: tanh',
];
const task = (more: string): string =>
  `loss: mse\ndata: { type: teacher }\noptimizer: { type: adam, learning_rate: 0.003 }\nsteps: 250\n${more}`;

describe('over-regularization', () => {
  it.each([
    ['l2', 'regularization: { l2: 1 }', 'regularization: l2'],
    ['l1', 'regularization: { l1: 1 }', 'regularization: l1'],
  ])('blames %s that pulls every weight to zero', (_, penalty, source) => {
    const findings = findingsOf([...TANH, 'type: dense, units: 1'], task(penalty));
    expect(findings.map(inShort)).toEqual([`warning over-regularization - ${source}`]);
    expect(findings[0].measured.weightsLeft).toBeLessThan(0.1);
  });

  it('blames a decay that takes away in a few steps what the gradients teach, though they hold the weights at some size', () => {
    const findings = findingsOf(
      ['name: memory, type: lstm, units: 24', 'type: dense, units: 1'],
      'loss: mse\ndata: { type: adding-problem }\noptimizer: { type: adamw, learning_rate: 0.01, weight_decay: 20 }\nsteps: 200',
      '[15, 2]',
    );
    expect(findings.map(inShort)).toEqual(['warning over-regularization - optimizer: weightDecay']);
    expect(findings[0].measured.decayPerStep).toBeCloseTo(0.2);
    expect(findings[0].measured.weightsLeft).toBeGreaterThan(0.1);
  });

  it('says nothing of a customary penalty', () => {
    expect(findingsOf([...TANH, 'type: dense, units: 1'], task('regularization: { l2: 1e-4 }')).map(inShort)).toEqual(
      [],
    );
  });
});
