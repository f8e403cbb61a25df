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

const HIDDEN = 'name: hidden, type: dense, units: 16, activation: relu, kernel_initializer: he-normal';
const ANSWER = 'name: proline, type: dense, units: 1';
const wine = (options: string, optimizer: string): string =>
  `loss: mse\ndata: { type: csv, path: data/wine.csv, target: proline, standardize: true${options} }\noptimizer: ${optimizer}\nsteps: 150`;

describe('unscaled-target', () => {
  it('finds targets that an adaptive optimizer does not reach', () => {
    const findings = findingsOf([HIDDEN, ANSWER], wine('', '{ type: adam, learning_rate: 0.001 }'), '[15]');
    expect(findings.map(inShort)).toEqual(['warning unscaled-target proline data:']);
    expect(findings[0].measured.targetMean).toBeGreaterThan(500);
    expect(findings[0].message).toMatch(/too far from zero/);
  });

  it('is the root of weights that errors of their size throw off', () => {
    const findings = findingsOf([HIDDEN, ANSWER], wine('', '{ type: sgd, learning_rate: 0.01 }'), '[15]');
    expect(findings[0].rule).toBe('unscaled-target');
  });

  it('says nothing of large targets that are learned, or of standardized ones', () => {
    const learned = findingsOf([HIDDEN, ANSWER], `${wine('', '{ type: adam, learning_rate: 0.1 }')}0`, '[15]');
    const standardized = findingsOf(
      [HIDDEN, ANSWER],
      wine(', standardize_target: true', '{ type: adam, learning_rate: 0.01 }'),
      '[15]',
    );
    expect([...learned, ...standardized].map(inShort)).toEqual([]);
  });
});
