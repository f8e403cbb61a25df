/** Cures that add layers, or put some into others. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cure, type MadeStep } from './context';

const steps: MadeStep[] = Array.from({ length: 12 }, () => ({ norm: 1 }));
const file = (...layers: string[]): string =>
  `input: [8]\nlayers:\n${layers.map(layer => `  - ${layer}\n`).join('')}loss: mse\nbatch_size: 16\n`;
const ANSWER = '{ type: dense, units: 1 }';

describe('batch-norm and layer-norm', () => {
  it('stand between weights and activation', () => {
    const text = file('{ type: dense, name: a, units: 8, activation: relu } # one', '# two', ANSWER).replace(
      '- #',
      '#',
    );
    const { fix, text: cured } = cure(text, 'yaml', { fixes: ['batch-norm'] }, steps);
    expect(fix?.title).toBe('Add batch-norm to a');
    expect(cured).toBe(
      text.replace(
        ', activation: relu } # one',
        ' } # one\n  - { type: batch-norm }\n  - { type: activation, activation: relu }',
      ),
    );
  });

  it('are written as the layer before them, and leave what is normalized', () => {
    const block = 'type: dense\n    name: a\n    units: 8\n    activation: tanh';
    const text = file(block, '{ type: dense, name: b, units: 8 }', '{ type: layer-norm }', ANSWER);
    expect(cure(text, 'yaml', { fixes: ['layer-norm'] }, steps).text).toBe(
      text.replace('\n    activation: tanh', '\n  - type: layer-norm\n  - type: activation\n    activation: tanh'),
    );
  });

  it('work in JSON, inside residuals', () => {
    const inner = '{ "type": "dense", "name": "a", "units": 8 }';
    const text = `{ "input": [8], "layers": [{ "type": "residual", "layers": [${inner}] }, { "type": "dense", "units": 1 }] }`;
    expect(cure(text, 'json', { fixes: ['batch-norm'] }, steps).text).toBe(
      text.replace(inner, `${inner}, { "type": "batch-norm" }`),
    );
  });

  it('batch-norm is not offered for batches too small', () => {
    const text = file('{ type: dense, units: 8 }', ANSWER).replace('16', '4');
    expect(cure(text, 'yaml', { fixes: ['batch-norm'] }, steps).fix).toBeUndefined();
  });
});

describe('residual-connections', () => {
  it('go around layers of one shape, with smaller weights inside', () => {
    const layer = '{ type: dense, units: 8, activation: relu }';
    const text = file(layer, 'type: dense # long\n    units: 8\n    activation: relu', layer, ANSWER);
    const { fix, text: cured } = cure(text, 'yaml', { fixes: ['residual-connections'] }, steps);
    expect(fix?.title).toBe('Add shortcuts around 3 layers');
    const short =
      'type: residual\n    layers:\n      - { type: dense, units: 8, activation: relu, ' +
      'kernel_initializer: { type: variance-scaling, scale: 0.66 } }';
    const long =
      'type: residual\n    layers:\n      - type: dense # long\n        units: 8\n        activation: relu\n' +
      '        kernel_initializer: { type: variance-scaling, scale: 0.66 }';
    expect(cured).toBe(file(short, long, short, ANSWER));
  });

  it('are not offered for few layers, or where shapes change', () => {
    const layer = (units: number): string => `{ type: dense, units: ${units} }`;
    expect(
      cure(file(layer(8), layer(8), ANSWER), 'yaml', { fixes: ['residual-connections'] }, steps).fix,
    ).toBeUndefined();
    expect(
      cure(file(layer(9), layer(10), layer(11), ANSWER), 'yaml', { fixes: ['residual-connections'] }, steps).fix,
    ).toBeUndefined();
  });
});

describe('pre-norm', () => {
  const text = readFileSync(new URL('./samples/post-norm.model.yaml', import.meta.url), 'utf8');

  it('moves norms to the start of what the shortcuts go around; the last one stays', () => {
    const { fix, text: cured } = cure(text, 'yaml', { fixes: ['pre-norm'] }, steps);
    expect(fix?.title).toBe('Normalize before attention and feed-forward in 3 blocks');
    expect(cured).toContain('      # what it goes around\n      - { type: layer-norm }\n      - { name: heads');
    expect(cured).toContain('    layers:\n      - { type: layer-norm }\n      - { name: wide');
    expect(cured).not.toContain('name: norm1');
    expect(cured).toContain('# after the sum');
    expect(cured).toContain('- { name: norm2, type: layer-norm }\n');
    expect(cured).toContain('norm: pre } # in short\n  - { type: layer-norm }\n');
  });
});
