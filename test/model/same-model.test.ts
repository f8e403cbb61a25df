import { describe, expect, it } from 'vitest';
import { layerNow, sameModel, sameTraining } from '../../src/model/same-model';
import type { ModelSpec } from '../../src/model/model-spec';
import { readSource } from '../read-source';

const model = (text: string): ModelSpec => {
  const { model: read, problems } = readSource(text);
  if (!read) throw new Error(problems.map(({ message }) => message).join('\n'));
  return read;
};
const LAYERS = `layers:
  - { name: hidden, type: dense, units: 8, activation: relu }
  - { name: answer, type: dense, units: 1 }
`;
const TEXT = `input: [4]
${LAYERS}loss: mse
data: { type: teacher }
optimizer: { type: sgd, learning_rate: 0.1 }
`;

describe('the settings that decide training', () => {
  const before = model(TEXT);

  it.each([
    ['input', TEXT.replace('[4]', '[5]')],
    ['loss', TEXT.replace('mse', 'mae')],
    ['data', TEXT.replace('{ type: teacher }', '{ type: teacher, noise: 0.5 }')],
    ['optimizer', TEXT.replace('0.1', '0.2')],
    ['schedule', `${TEXT}schedule: { type: cosine }\n`],
    ['clip', `${TEXT}clip: { type: norm, max: 1 }\n`],
    ['regularization', `${TEXT}regularization: { l2: 0.1 }\n`],
    ['batch_size', `${TEXT}batch_size: 7\n`],
    ['gradient_accumulation', `${TEXT}gradient_accumulation: 4\n`],
  ])('are other ones with another %s', (_, text) => {
    expect(sameTraining(before, model(text))).toBe(false);
    expect(sameModel(before, model(text))).toBe(false);
  });

  it.each([
    ['name', `name: Other\n${TEXT}`],
    ['steps', `${TEXT}steps: 7\n`],
    ['validation', `${TEXT}validation: 0.5\n`],
    ['seed', `${TEXT}seed: 7\n`],
  ])('are the same with another %s, though the model is another one', (_, text) => {
    expect(sameTraining(before, model(text))).toBe(true);
    expect(sameModel(before, model(text))).toBe(false);
  });

  it('are the same where a default is written, layers say something else, or the chosen task follows them', () => {
    expect(sameModel(before, model(TEXT.replace('units: 1 }', 'units: 1, kernel_initializer: glorot-uniform }')))).toBe(
      true,
    );
    expect(sameTraining(before, model(TEXT.replace('units: 8', 'units: 9')))).toBe(true);
    const chosen = TEXT.replace('data: { type: teacher }\n', '').replace('loss: mse\n', '');
    const other = chosen.replace('units: 1 }', 'units: 1, activation: linear }');
    expect(sameTraining(model(chosen), model(other))).toBe(true);
    // The task that is chosen is the one that was written.
    expect(sameTraining(before, model(TEXT.replace('data: { type: teacher }\n', '')))).toBe(true);
  });
});

describe('the layer of another model', () => {
  const block = (heads: number): string => `  - { type: transformer-block, heads: ${heads}, feed_forward: 16 }\n`;
  const encoder = (...heads: readonly number[]): ModelSpec =>
    model(
      `input: { tokens: 8, length: 4 }\nlayers:\n  - { type: embedding, units: 8 }\n${heads.map(block).join('')}` +
        '  - { type: flatten }\n  - { type: dense, units: 8 }\n',
    );

  it('is found inside residuals, by the names of what it reads', () => {
    const net = (more: string, inputs: string): ModelSpec =>
      model(
        `input: [4]\nlayers:\n${more}  - { name: left, type: dense, units: 4 }\n` +
          '  - { type: residual, layers: [{ type: dense, units: 4, activation: tanh }] }\n' +
          `  - { name: right, type: dense, units: 4 }\n  - { name: both, type: add, inputs: ${inputs} }\n` +
          '  - { type: dense, units: 1 }\n',
      );
    const before = net('', '[left, right]');
    const now = net('  - { type: residual, layers: [{ type: dense, units: 4 }] }\n', '[left, right]');
    expect(layerNow(before, now, 'residual1.dense1')).toBe('residual2.dense1');
    expect(layerNow(before, now, 'residual1')).toBe('residual2');
    expect(layerNow(before, now, 'both')).toBe('both');
    expect(layerNow(before, net('', '[residual1, right]'), 'both')).toBeUndefined();
    expect(layerNow(before, net('', '[residual1, right]'), 'right')).toBe('right');
    expect(layerNow(before, now, 'nowhere')).toBeUndefined();
  });

  it('inside a transformer block is one with the block', () => {
    const before = encoder(2, 4);
    const inner = before.layers.flatMap(layer => (layer.type === 'transformer-block' ? layer.layers : []));
    const [first] = inner;
    expect(layerNow(before, encoder(2, 4, 4), first.path)).toBe(first.path);
    expect(layerNow(before, encoder(1, 4), first.path)).toBeUndefined();
    const last = inner[inner.length - 1].path;
    expect(layerNow(before, encoder(1, 4), last)).toBe(last);
    expect(layerNow(before, encoder(1, 2, 4), last)).toBe(last.replace('block2', 'block3'));
  });
});
