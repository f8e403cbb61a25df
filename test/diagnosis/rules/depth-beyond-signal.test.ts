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

const stack = (count: number, activation: string): string[] => [
  ...Array.from(
    { length: count },
    (_, index) => `name: h${index + 1}, type: dense, units: 32, activation: ${activation}`,
  ),
  'type: dense, units: 1',
];
const SGD = 'loss: mse\ndata: { type: teacher }\noptimizer: { type: sgd, learning_rate: 0.01 }\nsteps: 150';

describe('depth-beyond-signal', () => {
  it('finds sixty ordinary layers of softsign, by theory and measurement', () => {
    const findings = findingsOf(stack(60, 'softsign'), SGD, '[16]');
    expect(findings.map(finding => finding.rule)).toEqual(['depth-beyond-signal']);
    expect(findings[0].measured.depthScales).toBeGreaterThan(6);
    expect(findings[0].measured.gradientLeft).toBeLessThan(Math.exp(-3));
  });

  it('leaves flat activations to vanishing-gradient', () => {
    expect(findingsOf(stack(10, 'sigmoid'), SGD, '[16]').map(finding => finding.rule)).toEqual(['vanishing-gradient']);
  });

  it('says nothing of five such layers, which learn', () => {
    expect(findingsOf(stack(5, 'softsign'), SGD.replace('0.01', '0.05'), '[16]').map(inShort)).toEqual([]);
  });
});
