import { describe, expect, it } from 'vitest';
import type { ModelSpec } from '../../../src/model/model-spec';
import { model, problems, withLayer, withLayers } from './compile-text';

describe('loss and data', () => {
  const task = (input: string, layers: string, rest = ''): Pick<ModelSpec, 'loss' | 'data'> =>
    model(withLayers(layers, rest, input));

  it.each([
    ['2', '  - { type: dense, units: 3 }', '', 'cross-entropy', 'blobs'],
    ['2', '  - { type: dense, units: 1 }', '', 'mse', 'teacher'],
    ['8', '  - { type: dense, units: 3 }', '', 'cross-entropy', 'teacher'],
    ['8', '  - { type: dense, units: 8 }', '', 'mse', 'teacher'],
    ['[50, 2]', '  - { type: lstm, units: 3 }\n  - { type: dense, units: 1 }', '', 'mse', 'adding-problem'],
    ['[3, 2]', '  - { type: lstm, units: 3 }\n  - { type: dense, units: 1 }', '', 'mse', 'teacher'],
    [
      '[50, 2]',
      '  - { type: lstm, units: 3 }\n  - { type: dense, units: 1 }',
      'loss: binary-cross-entropy',
      'binary-cross-entropy',
      'teacher',
    ],
    [
      '{ tokens: 9, length: 30 }',
      '  - { type: embedding, units: 3 }\n  - { type: gru, units: 3, output: sequence }\n  - { ' +
        'type: dense, units: 9 }',
      '',
      'cross-entropy',
      'copy-memory',
    ],
    [
      '{ tokens: 9, length: 30 }',
      '  - { type: embedding, units: 3 }\n  - { type: gru, units: 3 }\n  - { type: dense, units: 2 ' + '}',
      '',
      'cross-entropy',
      'teacher',
    ],
    ['2', '  - { type: dense, units: 1 }', 'data: circles', 'binary-cross-entropy', 'circles'],
    ['2', '  - { type: dense, units: 3 }', 'data: spirals', 'cross-entropy', 'spirals'],
    ['4', '  - { type: dense, units: 3 }', 'data: { type: csv, path: a.csv, target: t }', 'cross-entropy', 'csv'],
    ['4', '  - { type: dense, units: 1 }', 'data: { type: csv, path: a.csv, target: t }', 'mse', 'csv'],
  ])('are chosen from input %s and layers %s with %j', (input, layers, rest, loss, data) => {
    const chosen = task(input, layers, rest);
    expect(chosen).toMatchObject({ loss: { type: loss }, data: { type: data, inferred: !rest.includes('data') } });
  });

  it('choose how many symbols are to be copied', () => {
    const layers =
      '  - { type: embedding, units: 3 }\n  - { type: gru, units: 3, output: sequence }\n  - { type: dense, ' +
      'units: 9 }';
    expect(task('{ tokens: 9, length: 30 }', layers).data).toMatchObject({ symbols: 3 });
    expect(task('{ tokens: 9, length: 300 }', layers).data).toMatchObject({ symbols: 10 });
  });

  it.each([
    [
      withLayer('type: dense, units: 1', 'loss: cross-entropy'),
      'loss-mismatch',
      'cross-entropy',
      'compares one score a class, ' + 'but `dense1` (dense) returns [1]',
    ],
    [
      withLayer('type: dense, units: 1', 'loss: { type: cross-entropy }'),
      'loss-mismatch',
      'cross-entropy',
      'give it one unit a class',
    ],
    [
      withLayer('type: dense, units: 1', 'data: adding-problem'),
      'data-mismatch',
      'adding-problem',
      'needs an input of shape ' + '[time, 2]',
    ],
    [
      withLayers('  - { type: rnn, units: 2 }', 'data: adding-problem', '[5, 2]'),
      'data-mismatch',
      'adding-problem',
      'returns [2]',
    ],
    [
      withLayer('type: embedding, units: 2', 'data: blobs', '{ tokens: 5, length: 5 }'),
      'data-mismatch',
      'blobs',
      'token ids',
    ],
    [
      withLayer('type: rnn, units: 3, output: sequence', 'data: { type: blobs }', '[5, 2]'),
      'data-mismatch',
      'blobs',
      'returns [5, 3]',
    ],
    [withLayer('type: dense, units: 3', 'data: spirals', '1'), 'data-mismatch', 'spirals', 'at least 2 features'],
    [
      withLayers(
        '  - { type: embedding, units: 3 }\n  - { type: dense, units: 9 }',
        'data: { type: copy-memory, symbols: 9 }',
        '{ tokens: 9, length: 10 }',
      ),
      'data-mismatch',
      'copy-memory',
      'at least 19 time steps',
    ],
    [
      withLayers(
        '  - { type: embedding, units: 3 }\n  - { type: dense, units: 9 }',
        'loss: mse\ndata: copy-memory',
        '{ tokens: 9, length: 10 }',
      ),
      'loss-mismatch',
      'mse',
      'use `cross-entropy`',
    ],
  ])('that do not fit are named', (text, code, at, message) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code, at });
    expect(found[0].message).toContain(message);
  });

  it('leave an activation that the loss applies itself to the rule, which says it once', () => {
    expect(problems(withLayer('type: dense, units: 3, activation: softmax'))).toEqual([]);
  });
  it('warn of batch and group normalization over time steps', () => {
    expect(problems(withLayers('  - { type: batch-norm }\n  - { type: flatten }', '', '[5, 2]'))).toMatchObject([
      {
        code: 'batch-norm-over-time',
        at: 'batch-norm',
      },
    ]);
    expect(
      problems(withLayers('  - { type: group-norm, groups: 1 }\n  - { type: flatten }', '', '[5, 2]')),
    ).toMatchObject([
      {
        code: 'group-norm-over-time',
        at: 'group-norm',
      },
    ]);
  });
});
