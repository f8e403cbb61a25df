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

const NET = ['name: hidden, type: dense, units: 32, activation: tanh', 'name: answer, type: dense, units: 1'];
const task = (noise: number, rate: number, steps: number): string =>
  `loss: mse\ndata: { type: teacher, noise: ${noise} }\noptimizer: { type: adam, learning_rate: ${rate} }\nsteps: ${steps}`;

describe('silent-death', () => {
  it('speaks of a run that moved its weights and learned nothing', () => {
    const findings = findingsOf(NET, task(5, 0.003, 400));
    expect(findings.map(inShort)).toEqual(['warning silent-death answer answer']);
    expect(findings[0].measured.moved).toBeGreaterThan(1);
  });

  it('says nothing where weights were hardly moved, after few steps, or of a run that learns', () => {
    const still = findingsOf(NET, task(5, 1e-7, 150));
    const short = findingsOf(NET, task(5, 0.003, 60));
    const learned = findingsOf(NET, task(0.1, 0.003, 400));
    expect([...still, ...short, ...learned].map(finding => finding.rule)).not.toContain('silent-death');
  });
});
