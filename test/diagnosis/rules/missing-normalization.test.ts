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

const INNER = '{ type: dense, units: 32, activation: relu, kernel_initializer: he-normal }';
const blocks = (count: number, before = ''): string[] => [
  'name: widen, type: dense, units: 32',
  ...Array.from({ length: count }, () => `type: residual, layers: [${before}${INNER}]`),
  'type: dense, units: 1',
];
const sgd = (rate: number): string =>
  `loss: mse\ndata: { type: teacher }\noptimizer: { type: sgd, learning_rate: ${rate} }\nsteps: 150`;

describe('missing-normalization', () => {
  it('is the root of what grows over residuals of ordinary weights', () => {
    const findings = findingsOf(blocks(8), sgd(0.003), '[16]');
    expect(findings.map(finding => finding.rule)).toEqual(['missing-normalization']);
    expect(findings[0].measured.totalGain).toBeGreaterThan(10);
    expect(findings[0].related.some(place => place.message.startsWith('non-finite:'))).toBe(true);
  });

  it('says nothing of a network that has it, or that learns without', () => {
    const blocksOfNorm = blocks(8, '{ type: layer-norm }, ');
    const settled = [...blocksOfNorm.slice(0, -1), 'type: layer-norm', ...blocksOfNorm.slice(-1)];
    expect(findingsOf(settled, sgd(0.003), '[16]').map(inShort)).toEqual([]);
    expect(findingsOf(blocks(3), sgd(0.003), '[16]').map(inShort)).toEqual([]);
  });
});
