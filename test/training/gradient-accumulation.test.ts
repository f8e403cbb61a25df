/** Several batches in one step: what they come to is one large batch. */
import { describe, expect, it } from 'vitest';
import { examplesPerStep } from '../../src/diagnosis/evidence/examples-per-step';
import { startOf } from '../../src/diagnosis/first-steps';
import type { ModelSpec } from '../../src/model/model-spec';
import { INPUT, TARGET } from '../../src/training/build-network';
import { createJob } from '../../src/training/job';
import { runToEnd } from '../../src/training/run-in-process';
import type { StepRecord } from '../../src/record/step-record';
import { openTrainer } from '../../src/training/trainer';
import { TrainingError } from '../../src/training/training-error';
import { model, problems, withRest } from '../frontends/model-file/compile-text';
import { arenaBytes } from './arena-bytes';

const LIMIT = { memoryLimitBytes: 2 ** 28 };

const MODELS: Readonly<Record<string, string>> = {
  'relu layers, momentum, l2 and clipping': `
input: [6]
layers:
  - { type: dense, units: 12, activation: relu }
  - { type: layer-norm }
  - { type: dense, units: 8, activation: sigmoid }
  - { type: dense, units: 2 }
loss: mse
data: { type: teacher, examples: 200 }
optimizer: { type: sgd, learning_rate: 0.05, momentum: 0.9 }
clip: { type: norm, max: 0.8 }
regularization: { l1: 0.001, l2: 0.01 }
`,
  'a recurrent layer in both directions': `
input: [9, 2]
layers:
  - { type: lstm, units: 5, bidirectional: true }
  - { type: dense, units: 1 }
loss: mse
data: { type: adding-problem, examples: 200 }
optimizer: { type: sgd, learning_rate: 0.1 }
`,
  'maps and classes': `
input: [1, 6, 6]
layers:
  - { type: conv2d, filters: 3, kernel: 3, activation: tanh }
  - { type: flatten }
  - { type: dense, units: 4 }
data: { type: blobs, examples: 200 }
optimizer: { type: adam, learning_rate: 0.01 }
clip: { type: adaptive, factor: 0.02 }
`,
};

const inTwoWays = (text: string, batches: number): readonly [accumulated: ModelSpec, whole: ModelSpec] => {
  const spec = model(`${text}steps: 5\nseed: 3\n`);
  return [
    { ...spec, batchSize: 8, gradientAccumulation: batches },
    { ...spec, batchSize: 8 * batches, gradientAccumulation: 1 },
  ];
};

/** Every number of a record, by its place; dead shares, which are bounded only, apart. */
function numbersOf(value: unknown, place = ''): readonly (readonly [place: string, value: number])[] {
  if (typeof value === 'number') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'deadShare' ? [] : numbersOf(inner, `${place}.${key}`),
  );
}

describe.each(Object.entries(MODELS))('%s', (_, text) => {
  it.each([
    ['reference', 'float64', 1e-10],
    ['simd', 'float32', 1e-6],
  ] as const)('record and learn what one batch of all examples does (%s, %s)', (kernels, precision, allowance) => {
    const [accumulated, whole] = inTwoWays(text, 4).map(
      spec => runToEnd(spec, { ...LIMIT, kernels, precision }).records,
    );
    expect(accumulated).toHaveLength(5);
    // What float32 rounds in one step is carried into the next.
    const compared = precision === 'float64' ? whole : whole.slice(0, 1);
    compared.forEach((record, step) => {
      const expected = numbersOf(record);
      const got = new Map(numbersOf(accumulated[step]));
      expect(got.size).toBe(expected.length);
      for (const [place, value] of expected) {
        // Means around 0 and changes of parameters are differences of numbers around 1.
        const size = Math.max(Math.abs(value), /Mean|update/.test(place) ? 1 : 1e-2);
        if (Number.isNaN(value)) expect(got.get(place), place).toBeNaN();
        else expect(Math.abs(got.get(place)! - value), `step ${step}${place}`).toBeLessThanOrEqual(allowance * size);
      }
      record.deadShare.forEach((share, layer) =>
        expect(accumulated[step].deadShare[layer]).toBeGreaterThanOrEqual(share),
      );
    });
  });
});

describe('accumulating gradients', () => {
  const text = `
input: [4]
layers:
  - { type: dense, units: 8, activation: relu }
  - { type: dropout, rate: 0.5 }
  - { type: dense, units: 3 }
data: { type: blobs, examples: 100 }
batch_size: 8
gradient_accumulation: 3
steps: 20
`;
  const plain = (record: StepRecord): unknown => numbersOf(record);

  it('gives the same bits for the same seed', () => {
    const [one, other] = [1, 1].map(() => runToEnd(model(text), LIMIT).records);
    expect(one.map(plain)).toEqual(other.map(plain));
  });

  it('draws a dropout mask for each batch', () => {
    const layers = '[{ type: dropout, rate: 0.5 }, { type: dense, units: 1 }]';
    const spec = model(`input: [8]\nlayers: ${layers}\nloss: mse\ngradient_accumulation: 2\n`);
    const { session, step } = openTrainer(spec, {
      ...LIMIT,
      batch: 1,
      evaluationBatch: 0,
      kernels: 'simd',
      precision: 'float32',
    });
    session.feed(INPUT, new Array<number>(16).fill(1));
    session.feed(TARGET, [0, 0]);
    // One mask for both would make the zeros of both an even number.
    const zeros = Array.from({ length: 20 }, (_, index) => 16 * step(index).zeroShare[0]);
    expect(zeros.some(count => count % 2 === 1)).toBe(true);
  });

  it('refuses more examples a step than there are, in one sentence that names the key', () => {
    const run = (): unknown => createJob({ ...model(text), gradientAccumulation: 13 }, LIMIT);
    expect(run).toThrow(TrainingError);
    expect(run).toThrow(
      '"gradient_accumulation" of 13 batches of 8 needs 104 examples a step, but there are 100 to train on',
    );
    expect(createJob({ ...model(text), gradientAccumulation: 12 }, LIMIT).step()?.loss).toBeGreaterThan(0);
  });

  it('stops at the first batch that is not finite, and says where it began', () => {
    const wild = model(text.replace('data:', 'optimizer: { type: sgd, learning_rate: 1e30 }\ndata:'));
    const { outcome, records } = runToEnd(wild, LIMIT);
    expect(outcome?.kind).toBe('not-finite');
    expect(records.at(-1)?.nonFinite?.direction).toBe('forward');
  });

  it('counts in what a step is made from, but not for predictions, which train a single batch', () => {
    expect(examplesPerStep(model(text), { trainingExamples: 100 })).toBe(24);
    expect(startOf(model(text), 0)).toMatchObject({ batchSize: 32, gradientAccumulation: 1 });
  });

  it('takes memory for the batches of a step, not for their activations', () => {
    const bytes = (batches: number, batchSize: number): number =>
      arenaBytes(createJob({ ...model(text), batchSize, gradientAccumulation: batches }, LIMIT).layout);
    expect(bytes(8, 8)).toBeLessThan(bytes(1, 64));
    expect(bytes(8, 8)).toBe(bytes(2, 8));
  });
});

describe('the key', () => {
  it('has a default that changes nothing, and goes by the names of other libraries', () => {
    expect(model(withRest('')).gradientAccumulation).toBe(1);
    expect(model(withRest('gradient_accumulation_steps: 4')).gradientAccumulation).toBe(4);
    expect(problems(withRest('gradient_accumulation: 0'))).toEqual([expect.objectContaining({ at: '0' })]);
    expect(problems(withRest('accumulation_steps: 2'))[0]).toMatchObject({ suggestion: 'gradient_accumulation' });
  });
});
