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

const RELU = 'name: hidden, type: dense, units: 32, activation: relu, kernel_initializer: he-normal';
const ANSWER = 'name: answer, type: dense, units: 1';
const rules = (findings: ReturnType<typeof findingsOf>): readonly string[] => findings.map(finding => finding.rule);
const task = (data: string, optimizer: string): string =>
  `loss: mse\ndata: ${data}\noptimizer: ${optimizer}\nsteps: 150`;

describe('unscaled-input', () => {
  it('is the root of what diverges, and names the size', () => {
    const findings = findingsOf(
      [RELU, ANSWER],
      task('{ type: teacher, scale: 100 }', '{ type: sgd, learning_rate: 0.01 }'),
    );
    expect(findings.map(inShort)).toEqual(['error unscaled-input hidden data:']);
    expect(findings[0].measured.inputMeanSquare).toBeGreaterThan(8000);
    expect(findings[0].related.map(place => place.message.split(':')[0])).toContain('non-finite');
    expect(findings[0].fixes[0]).toBe('standardize-input');
  });

  it('is the root of a first layer that it saturates', () => {
    const tanh = 'name: hidden, type: dense, units: 32, activation: tanh';
    const findings = findingsOf(
      [tanh, ANSWER],
      task('{ type: teacher, scale: 1000 }', '{ type: sgd, learning_rate: 0.01 }'),
    );
    expect(rules(findings)).toEqual(['unscaled-input']);
    expect(findings[0].message).toMatch(/flat ends/);
  });

  it('does not blame input for a rate that is too high without it', () => {
    const findings = findingsOf(
      [RELU, ANSWER],
      task('{ type: teacher, scale: 2 }', '{ type: sgd, learning_rate: 20 }'),
    );
    expect(findings.length).toBeGreaterThan(0);
    expect(rules(findings)).not.toContain('unscaled-input');
  });

  it('says nothing of pixels of 0 to 255 behind batch normalization', () => {
    const layers = ['type: batch-norm', RELU, ANSWER];
    expect(
      findingsOf(layers, task('{ type: teacher, scale: 100 }', '{ type: adam, learning_rate: 0.01 }')).map(inShort),
    ).toEqual([]);
  });
});
