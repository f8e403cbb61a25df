import { describe, expect, it } from 'vitest';
import { runToEnd } from '../../src/training/run-in-process';
import { openTrainer, type Trainer } from '../../src/training/trainer';
import { INPUT, TARGET } from '../../src/training/build-network';
import { Random } from '../../src/engine/random';
import type { StepRecord } from '../../src/record/step-record';
import { summarizeLayers } from '../../src/record/layer-summary';
import { compileText } from '../diagnosis/train-text';

const OPTIONS = {
  batch: 4,
  evaluationBatch: 0,
  memoryLimitBytes: 2 ** 28,
  kernels: 'reference',
  precision: 'float64',
} as const;
const TAIL = '\nloss: mse\noptimizer: { type: sgd, learning_rate: 0.05 }\nsteps: 5\n';

const RESIDUAL = `input: [6]
layers:
  - { name: first, type: dense, units: 5, activation: tanh }
  - name: block
    type: residual
    activation: relu
    layers:
      - { name: up, type: dense, units: 9, activation: relu }
      - { name: down, type: dense, units: 5 }
  - { name: last, type: dense, units: 2 }${TAIL}`;
const BY_HAND = `input: [6]
layers:
  - { name: first, type: dense, units: 5, activation: tanh }
  - { name: up, type: dense, units: 9, activation: relu }
  - { name: down, type: dense, units: 5 }
  - { name: block, type: add, inputs: [down, first], activation: relu }
  - { name: last, type: dense, units: 2 }${TAIL}`;

/** Records of a few steps on one batch, of a trainer whose parameters are those of `like`, in order. */
function records(trainer: Trainer, steps = 4): StepRecord[] {
  const random = new Random(5);
  trainer.session.feed(
    INPUT,
    Array.from({ length: 24 }, () => random.normal()),
  );
  trainer.session.feed(
    TARGET,
    Array.from({ length: 8 }, () => random.normal()),
  );
  return Array.from({ length: steps }, (_, step) => trainer.step(step));
}

function sameStart(texts: readonly [string, string]): readonly [Trainer, Trainer] {
  const [one, other] = texts.map(text => openTrainer(compileText(text), OPTIONS)) as [Trainer, Trainer];
  one.parameters.forEach(({ name }, index) => {
    other.session.parameter(other.parameters[index].name).set(one.session.parameter(name));
  });
  return [one, other];
}

describe('a residual written by hand with add', () => {
  it('has the very records of a residual, and its gains', () => {
    const [sugar, byHand] = sameStart([RESIDUAL, BY_HAND]);
    expect(byHand.parameters.map(({ shape }) => shape)).toEqual(sugar.parameters.map(({ shape }) => shape));
    const [a, b] = [records(sugar), records(byHand)];
    expect(b).toEqual(a);
    expect(a[3].loss).toBeLessThan(a[0].loss);
    const gains = (trainer: Trainer, all: StepRecord[]) => {
      const layout = {
        ...runToEnd(compileText(RESIDUAL), { memoryLimitBytes: 2 ** 28 }).layout,
        layers: trainer.layers,
        parameters: trainer.parameters,
      };
      return summarizeLayers({ layout, records: all, outcome: undefined }).map(({ forwardGain, backwardGain }) => [
        forwardGain,
        backwardGain,
      ]);
    };
    expect(gains(byHand, b)).toEqual(gains(sugar, a));
  });
});

describe('a graph of layers', () => {
  const text = `input: { tokens: 7, length: 6 }
layers:
  - { name: embed, type: embedding, units: 4 }
  - { name: turned, type: permute, order: [2, 1] }
  - { name: wide, type: conv1d, filters: 4, kernel: 3, padding: 1, inputs: [turned], activation: tanh }
  - { name: skip, type: concatenate, inputs: [wide, turned] }
  - { name: back, type: permute, order: [2, 1] }
  - { name: left, type: lstm, units: 5, inputs: [back] }
  - { name: right, type: gru, units: 5, inputs: embed }
  - { name: gate, type: multiply, inputs: [left, right] }
  - { name: square, type: reshape, shape: [5, -1] }
  - { name: flat, type: flatten }
  - { name: out, type: dense, units: 7 }
loss: cross-entropy
data: teacher
steps: 30
`;

  it('trains with both kernel sets alike', () => {
    const model = compileText(text);
    const byPath = new Map(model.layers.map(layer => [layer.path, layer.outputShape]));
    expect(byPath.get('skip')).toEqual([8, 6]);
    expect(byPath.get('back')).toEqual([6, 8]);
    expect(byPath.get('square')).toEqual([5, 1]);
    const [simd, reference] = (['simd', 'reference'] as const).map(kernels =>
      runToEnd(model, { memoryLimitBytes: 2 ** 28, kernels }),
    );
    expect(simd.records).toHaveLength(30);
    expect(simd.records[29].loss).toBeLessThan(simd.records[0].loss);
    simd.records.forEach((record, step) => expect(record.loss).toBeCloseTo(reference.records[step].loss, 3));
    for (const norms of [simd.records[3].parameterGradientNorms, simd.records[3].outputGradientNorms]) {
      for (const norm of norms) expect(norm).toBeGreaterThan(0);
    }
  });
});

describe('tied weights', () => {
  const tied = (out: string): string => `input: { tokens: 6, length: 3 }
layers:
  - { name: embed, type: embedding, units: 4 }
  - { name: mean, type: mean-over-time }
  - { name: out, type: dense, units: 6${out} }
loss: cross-entropy
data: teacher
optimizer: { type: sgd, learning_rate: 0.1 }
steps: 3
`;
  const feed = ({ session }: Trainer): void => {
    session.feed(INPUT, [0, 1, 2, 3, 4, 5, 1, 1, 1, 2, 0, 4]);
    session.feed(TARGET, [0, 3, 5, 1]);
  };

  it('are one tensor whose gradient is the sum of those of its two uses', () => {
    const [together, apart] = [', tied_to: embed', ''].map(out => openTrainer(compileText(tied(out)), OPTIONS));
    expect(together.parameters.map(({ name }) => name)).toEqual(['embed.weight', 'out.bias']);
    expect(together.layers[2].parameters).toEqual([0, 1]);
    apart.session.parameter('embed.weight').set(together.session.parameter('embed.weight'));
    apart.session.parameter('out.weight').set(together.session.parameter('embed.weight'));
    for (const trainer of [together, apart]) {
      feed(trainer);
      trainer.session.gradients();
    }
    const sum = apart.session
      .gradient('embed.weight')
      .map((value, i) => value + apart.session.gradient('out.weight')[i]);
    together.session.gradient('embed.weight').forEach((value, i) => expect(value).toBeCloseTo(sum[i], 14));
    expect([...together.session.gradient('out.bias')]).toEqual([...apart.session.gradient('out.bias')]);
  });

  it('start as their owner does, whoever else there is', () => {
    const trainer = openTrainer(
      compileText(`input: [3, 4]
layers:
  - { name: one, type: rnn, units: 4, output: sequence, recurrent_initializer: { type: orthogonal, gain: 2 } }
  - { name: two, type: rnn, units: 4, output: sequence, tied_to: one }
  - { name: three, type: rnn, units: 4, tied_to: two }
loss: mse
`),
      OPTIONS,
    );
    expect(trainer.parameters.map(({ name }) => name)).toEqual([
      'one.weight_ih_l0',
      'one.weight_hh_l0',
      'one.bias_ih_l0',
      'one.bias_hh_l0',
    ]);
    expect(trainer.layers.map(({ parameters }) => parameters)).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ]);
  });
});
