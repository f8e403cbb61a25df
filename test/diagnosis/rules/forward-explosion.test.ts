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

const relu = (initializer: string): string =>
  `type: dense, units: 64, activation: relu, kernel_initializer: ${initializer}`;
const ADAM = 'loss: mse\ndata: { type: teacher }\noptimizer: { type: adam, learning_rate: 0.001 }\nsteps: 150';

describe('forward-explosion', () => {
  it('names the first layer that makes the signal grow, and its weights', () => {
    const large = relu('{ type: normal, std: 1 }');
    const findings = findingsOf(
      [`name: first, ${large}`, `name: second, ${large}`, 'type: dense, units: 1'],
      ADAM,
      '[32]',
    );
    expect(findings.map(inShort)).toEqual(['warning forward-explosion first first kernelInitializer']);
    expect(findings[0].measured.totalGain).toBeGreaterThan(10);
  });

  it('blames an activation whose slope grows with its input, and has relu take its place', () => {
    const exponential = 'type: dense, units: 32, activation: exponential';
    const findings = findingsOf(
      [
        `name: first, ${exponential}`,
        `name: second, ${exponential}`,
        `name: third, ${exponential}`,
        'type: dense, units: 1',
      ],
      ADAM,
      '[16]',
    );
    expect(findings).toHaveLength(1);
    expect(findings[0].message).toContain('slope of its activation grows');
    expect(findings[0].fixes.slice(0, 2)).toEqual(['relu-activation', 'tanh-activation']);
  });

  it('says nothing of weights that fit', () => {
    expect(
      findingsOf([relu('he-normal'), relu('he-normal'), 'type: dense, units: 1'], ADAM, '[32]').map(inShort),
    ).toEqual([]);
  });
});
