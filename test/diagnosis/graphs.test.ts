import { describe, expect, it } from 'vitest';
import { compileText, inShort, trainAndDiagnose } from './train-text';

const findings = (text: string): readonly string[] => trainAndDiagnose(compileText(text)).findings.map(inShort);
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const SPIRALS = 'loss: cross-entropy\ndata: { type: spirals, noise: 0.05 }\nbatch_size: 32\nsteps: 120\n';

/** Ten skips of two layers each, written as residuals or by hand. */
function skips(byHand: boolean, initializer: string): string {
  const up = `type: dense, units: 24, activation: relu, kernel_initializer: ${initializer}`;
  const down = `type: dense, units: 16, kernel_initializer: ${initializer}`;
  const blocks = range(10).map(k =>
    byHand
      ? `  - { name: up${k}, ${up} }\n  - { name: down${k}, ${down} }\n` +
        `  - { name: sum${k}, type: add, inputs: [down${k}, ${k === 0 ? 'first' : `sum${k - 1}`}] }\n`
      : `  - name: sum${k}\n    type: residual\n    layers: [{ name: up, ${up} }, { name: down, ${down} }]\n`,
  );
  return (
    `input: [2]\nlayers:\n  - { name: first, type: dense, units: 16 }\n${blocks.join('')}` +
    `  - { name: answer, type: dense, units: 3 }\noptimizer: { type: sgd, learning_rate: 0.01 }\n${SPIRALS}`
  );
}

describe('branches', () => {
  it('of skips by hand are judged as residuals are', () => {
    const explode = '{ type: normal, std: 0.6 }';
    const [sugar, byHand] = [false, true].map(hand => findings(skips(hand, explode)));
    expect(sugar).toHaveLength(1);
    expect(sugar[0]).toContain('exploding-gradient');
    const rule = (told: string): readonly string[] => told.split(' ').slice(0, 2);
    expect(byHand.map(rule)).toEqual(sugar.map(rule));
    expect(findings(skips(true, '{ type: normal, std: 0.05 }')).filter(told => told.includes('gradient'))).toEqual([]);
  }, 60_000);

  it('of a U-Net lead the gradient past what is small inside', () => {
    const net = (std: number): string => `input: [1, 8, 8]
layers:
  - { name: outline, type: conv2d, filters: 6, kernel: 3, padding: 1, activation: relu, kernel_initializer: he-normal }
  - { name: down, type: max-pool2d, size: 2 }
  - { name: deep, type: conv2d, filters: 6, kernel: 3, padding: 1, activation: relu, kernel_initializer: { type: normal, std: ${std} } }
  - { name: up, type: upsample, factor: 2 }
  - { name: skip, type: concatenate, inputs: [up, outline] }
  - { name: merge, type: conv2d, filters: 6, kernel: 3, padding: 1, activation: relu, kernel_initializer: he-normal }
  - { name: flat, type: flatten }
  - { name: answer, type: dense, units: 1 }
loss: mse
data: { type: teacher, examples: 128 }
optimizer: { type: sgd, learning_rate: 0.01 }
steps: 60
`;
    expect(findings(net(0.0001)).filter(told => told.includes('vanishing-gradient'))).toEqual([]);
    expect(findings(net(30)).map(told => told.split(' ').slice(1))).toContainEqual([
      'exploding-gradient',
      'deep',
      'deep',
      'kernelInitializer',
    ]);
  }, 60_000);

  it('of two towers are judged where they join', () => {
    const tower = (side: string): string =>
      range(8)
        .map(
          k =>
            `  - { name: ${side}${k}, type: dense, units: 16, activation: sigmoid${k === 0 ? ', inputs: input' : ''} }\n`,
        )
        .join('');
    const text = `input: [2]\nlayers:\n${tower('left')}${tower('right')}  - { name: both, type: concatenate, inputs: [left7, right7] }
  - { name: answer, type: dense, units: 3 }\noptimizer: { type: sgd, learning_rate: 0.01 }\n${SPIRALS}`;
    const [found] = findings(text);
    expect(found).toMatch(/vanishing-gradient ((?:left|right)\d) \1 activation/);
  }, 60_000);
});
