/**
 * A run that overflows ends itself, with a record that names the layer, the direction and, where there is one, the time
 * step.
 */
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../../src/training/run-in-process';
import { model, withLayers } from '../frontends/model-file/compile-text';

const HUGE = 'kernel_initializer: { type: normal, std: 1.0e+30 }';
const REST = 'data: teacher\nloss: mse\nsteps: 50';

function originOf(layers: readonly string[], input: string, rest = REST) {
  const file = model(withLayers(layers.map(fields => `  - { ${fields} }`).join('\n'), rest, input));
  const history = runToEnd(file, { memoryLimitBytes: 2 ** 28 });
  const last = history.records.at(-1)!;
  expect(history.outcome).toEqual({ kind: 'not-finite', step: last.step });
  expect(history.records.filter(({ nonFinite }) => nonFinite)).toEqual([last]);
  const { layer, ...origin } = last.nonFinite!;
  return { path: history.layout.layers[layer]?.path, ...origin };
}

describe('the origin of a run that is not finite', () => {
  it('is a convolution', () => {
    expect(
      originOf(
        [
          `type: conv2d, filters: 3, kernel: 3, ${HUGE}`,
          `type: conv2d, filters: 3, kernel: 3, ${HUGE}`,
          'type: global-avg-pool',
          'type: dense, units: 2',
        ],
        '[1, 8, 8]',
      ),
    ).toMatchObject({ path: 'conv2d2', direction: 'forward' });
  });

  it('is attention, inside a transformer block too', () => {
    expect(
      originOf(
        ['type: dense, units: 8', `type: attention, heads: 2, ${HUGE}`, 'type: last-step', 'type: dense, units: 2'],
        '[5, 3]',
      ),
    ).toMatchObject({ path: 'attention1', direction: 'forward' });
    expect(
      originOf(
        [
          'type: transformer-block, heads: 2',
          `type: transformer-block, heads: 2, ${HUGE}`,
          'type: last-step',
          'type: dense, units: 2',
        ],
        '[5, 4]',
      ),
    ).toMatchObject({ path: 'transformer-block2.attend.attention', direction: 'forward' });
  });

  it('is a time step of seq2seq', () => {
    const origin = originOf(
      [
        `type: seq2seq, cell: gru, embedding: 4, units: 5, target_length: 3, ${HUGE}, embedding_initializer: { type: normal, std: 1.0e+30 }`,
      ],
      '{ tokens: 6, length: 8 }',
      'data: teacher\nloss: cross-entropy\nsteps: 5',
    );
    expect(origin).toMatchObject({ path: 'seq2seq1', direction: 'forward', kind: 'nan', timeStep: 0 });
  });

  it('is the backward pass of a convolution', () => {
    expect(
      originOf(
        [
          'type: conv1d, filters: 4, kernel: 3, kernel_initializer: { type: normal, std: 1.0e-30 }',
          'type: conv1d, filters: 4, kernel: 3, kernel_initializer: { type: normal, std: 1.0e+29 }',
          'type: flatten',
          'type: dense, units: 2, kernel_initializer: { type: normal, std: 1.0e+19 }',
        ],
        '[2, 9]',
        'data: teacher\nloss: mae\nsteps: 5',
      ),
    ).toMatchObject({ path: 'conv1d2', direction: 'backward' });
  });

  it('is the step at which a rate that is far too large has its way', () => {
    const origin = originOf(
      ['type: dense, units: 8, activation: relu', 'type: dense, units: 2'],
      '[4]',
      'data: teacher\nloss: mse\nsteps: 200\noptimizer: { type: sgd, learning_rate: 100 }',
    );
    expect(['forward', 'loss', 'backward', 'update']).toContain(origin.direction);
  });
});
