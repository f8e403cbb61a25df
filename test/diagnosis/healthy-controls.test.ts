/**
 * Models that practitioners train every day, and some that learn nothing for reasons other than their gradients: no
 * finding.
 */
import { describe, expect, it } from 'vitest';
import { gatherEvidence } from '../../src/diagnosis/evidence/evidence';
import { compileText, inShort, trainAndDiagnose } from './train-text';

const REGRESSION = 'loss: mse\ndata: { type: teacher }\n';
const SPIRALS = 'loss: cross-entropy\ndata: { type: spirals, noise: 0.05 }\n';
const BLOBS = 'loss: cross-entropy\ndata: { type: blobs }\n';
const ADDING = 'loss: mse\ndata: { type: adding-problem }\n';

interface Control {
  readonly input: string;
  /** Of each layer, in flow style without its braces. */
  readonly layers: readonly string[];
  readonly task: string;
  readonly optimizer: string;
  readonly more?: string;
}

const repeat = (count: number, ...layers: string[]): string[] => Array.from({ length: count }, () => layers).flat();
const dense = (units: number, more = ''): string => `type: dense, units: ${units}${more}`;
const RELU = dense(32, ', activation: relu, kernel_initializer: he-normal');
const TANH = dense(32, ', activation: tanh');

const LEARNING: Readonly<Record<string, Control>> = {
  'tanh, 5 layers': {
    input: '[16]',
    layers: [...repeat(5, TANH), dense(1)],
    task: REGRESSION,
    optimizer: '{ type: sgd, learning_rate: 0.05 }',
  },
  'tanh, 12 layers': {
    input: '[16]',
    layers: [...repeat(12, TANH), dense(1)],
    task: REGRESSION,
    optimizer: '{ type: sgd, learning_rate: 0.05 }',
  },
  'tanh, 17 layers': { input: '[16]', layers: [...repeat(17, TANH), dense(1)], task: REGRESSION, optimizer: 'adam' },
  'he relu, 10 layers': { input: '[16]', layers: [...repeat(10, RELU), dense(1)], task: REGRESSION, optimizer: 'adam' },
  'relu with the default initializer': {
    input: '[16]',
    layers: [...repeat(4, dense(32, ', activation: relu')), dense(1)],
    task: REGRESSION,
    optimizer: '{ type: sgd, learning_rate: 0.05 }',
  },
  'selu, 12 layers': {
    input: '[16]',
    layers: [...repeat(12, dense(32, ', activation: selu, kernel_initializer: lecun-normal')), dense(1)],
    task: REGRESSION,
    optimizer: 'adam',
  },
  'sgd at 0.1, where it is fine': {
    input: '[2]',
    layers: [...repeat(3, TANH), dense(2)],
    task: SPIRALS,
    optimizer: '{ type: sgd, learning_rate: 0.1, momentum: 0.9 }',
    more: 'steps: 600',
  },
  'adam at 1e-2': {
    input: '[2]',
    layers: [...repeat(3, RELU), dense(2)],
    task: SPIRALS,
    optimizer: '{ type: adam, learning_rate: 0.01 }',
  },
  'rmsprop as it comes': { input: '[8]', layers: [...repeat(3, RELU), dense(3)], task: BLOBS, optimizer: 'rmsprop' },
  'adagrad as it comes': { input: '[8]', layers: [...repeat(3, RELU), dense(3)], task: BLOBS, optimizer: 'adagrad' },
  'two layers of sigmoid': {
    input: '[8]',
    layers: [...repeat(2, dense(32, ', activation: sigmoid')), dense(3)],
    task: BLOBS,
    optimizer: '{ type: adam, learning_rate: 0.01 }',
  },
  'an output layer that starts at zero': {
    input: '[8]',
    layers: [RELU, RELU, dense(3, ', kernel_initializer: zeros')],
    task: BLOBS,
    optimizer: '{ type: sgd, learning_rate: 0.1 }',
  },
  'batch normalization, 8 layers': {
    input: '[16]',
    layers: [...repeat(8, dense(32), 'type: batch-norm, activation: relu'), dense(1)],
    task: REGRESSION,
    optimizer: '{ type: adam, learning_rate: 0.003 }',
  },
  'dropout and l2': {
    input: '[8]',
    layers: [RELU, 'type: dropout, rate: 0.5', dense(3)],
    task: BLOBS,
    optimizer: 'adam',
    more: 'regularization: { l2: 1e-4 }',
  },
  'no hidden layer': { input: '[8]', layers: [dense(3)], task: BLOBS, optimizer: '{ type: sgd, learning_rate: 0.1 }' },
  lstm: {
    input: '[15, 2]',
    layers: ['type: lstm, units: 24', dense(1)],
    task: ADDING,
    optimizer: '{ type: adam, learning_rate: 0.01 }',
    more: 'steps: 400',
  },
  gru: {
    input: '[15, 2]',
    layers: ['type: gru, units: 24', dense(1)],
    task: ADDING,
    optimizer: '{ type: adam, learning_rate: 0.01 }',
    more: 'steps: 400',
  },
  'orthogonal rnn on short sequences': {
    input: '[10, 2]',
    layers: ['type: rnn, units: 24', dense(1)],
    task: ADDING,
    optimizer: '{ type: adam, learning_rate: 0.005 }',
    more: 'steps: 400',
  },
  'embedding and gru at every step': {
    input: '{ tokens: 8, length: 10 }',
    layers: ['type: embedding, units: 16', 'type: gru, units: 32, output: sequence', dense(8)],
    task: 'loss: cross-entropy\ndata: { type: copy-memory, symbols: 2 }\n',
    optimizer: '{ type: adam, learning_rate: 0.01 }',
    more: 'steps: 400',
  },
};

/** Without learning, yet with gradients in order: none of these rules has anything to say. */
const STUCK: Readonly<Record<string, Control>> = {
  'an lstm that has not learned yet': {
    input: '[60, 2]',
    layers: ['type: lstm, units: 16', dense(1)],
    task: ADDING,
    optimizer: 'adam',
    more: 'steps: 60',
  },
  'an orthogonal rnn on a sequence too long for it': {
    input: '[60, 2]',
    layers: ['type: rnn, units: 16', dense(1)],
    task: ADDING,
    optimizer: 'adam',
    more: 'steps: 60',
  },
};

/** Nothing is wrong with their gradients: the rate is all. */
const TOO_LOW: Readonly<Record<string, Control>> = {
  'a rate far too low': {
    input: '[8]',
    layers: [TANH, TANH, dense(1)],
    task: REGRESSION,
    optimizer: '{ type: sgd, learning_rate: 1e-7 }',
  },
  'three layers of sigmoid and a rate too low': {
    input: '[8]',
    layers: [...repeat(3, dense(32, ', activation: sigmoid')), dense(1)],
    task: REGRESSION,
    optimizer: '{ type: sgd, learning_rate: 1e-7 }',
  },
};

function compileControl({ input, layers, task, optimizer, more = '' }: Control): ReturnType<typeof compileText> {
  const list = layers.map(layer => `  - { ${layer} }`).join('\n');
  return compileText(`input: ${input}\nlayers:\n${list}\n${task}optimizer: ${optimizer}\n${more}\n`);
}

describe.each([1, 2])('healthy models, seed %i', seed => {
  it.each(Object.entries(LEARNING))('%s: learns, no finding', { timeout: 60_000 }, (_, control) => {
    const model = { ...compileControl(control), seed };
    const { history, findings } = trainAndDiagnose(model);
    expect(findings.map(inShort)).toEqual([]);
    expect(gatherEvidence(model, history).learning.state).toBe('learning');
  });

  it.each(Object.entries(STUCK))('%s: no alarm, but a reason', { timeout: 60_000 }, (_, control) => {
    const { findings } = trainAndDiagnose({ ...compileControl(control), seed });
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['information not-learning']);
  });

  it.each(Object.entries(TOO_LOW))('%s: the rate is all that is found', { timeout: 60_000 }, (_, control) => {
    const { findings } = trainAndDiagnose({ ...compileControl(control), seed });
    expect(findings.map(inShort)).toEqual(['warning learning-rate-too-low - optimizer: learningRate']);
  });
});
