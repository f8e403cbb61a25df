import { describe, expect, it } from 'vitest';
import type { LossSpec } from '../../src/model/model-spec';
import { model, problems, withLayer } from '../frontends/model-file/compile-text';
import { withClassWeights } from '../../src/training/data/class-weights';
import type { Dataset } from '../../src/training/data/dataset';
import { trivialLoss } from '../../src/training/data/statistics';
import { runToEnd } from '../../src/training/run-in-process';

const ALL = Int32Array.of(0, 1, 2, 3, 4, 5);
const THREE = { kind: 'classes', classes: 3, positions: 1 } as const;
const BALANCED = { type: 'cross-entropy', labelSmoothing: 0, classWeights: 'balanced' } as const;

function dataset(targets: readonly number[]): Dataset {
  return { targets: Int32Array.from(targets), targetSize: 1, examples: targets.length } as unknown as Dataset;
}

const run = (loss: string, rest = '') =>
  runToEnd(
    model(
      withLayer(
        'type: dense, units: 3',
        `loss: ${loss}\ndata: { type: blobs, examples: 90 }\nsteps: 30\nvalidation: 0.2\n${rest}`,
        '[2]',
      ),
    ),
    { memoryLimitBytes: 2 ** 28 },
  );

describe('balanced class weights', () => {
  it('are those of scikit-learn, over the training examples alone', () => {
    expect(withClassWeights(BALANCED, 3, dataset([0, 0, 0, 1, 1, 2]), ALL)).toMatchObject({
      classWeights: [6 / 9, 1, 2],
    });
    expect(withClassWeights(BALANCED, 3, dataset([0, 0, 0, 1, 1, 2]), ALL.subarray(0, 4))).toMatchObject({
      classWeights: [4 / 6, 2, 1],
    });
  });

  it('train as the same numbers do', () => {
    const balanced = run('{ type: cross-entropy, class_weights: balanced }');
    expect(balanced.outcome).toEqual({ kind: 'completed' });
    expect(balanced.records).toHaveLength(30);
    // 72 of 90 examples train: the weights are not all alike.
    const plain = run('cross-entropy');
    expect(balanced.records[5].loss).not.toBe(plain.records[5].loss);
    expect(balanced.layout.trivialLoss).toBeCloseTo(Math.log(3), 12);
  });
});

describe('the loss of a constant answer', () => {
  // Numbers found by PyTorch's L-BFGS on a constant answer.
  it.each<[LossSpec, number]>([
    [{ type: 'cross-entropy', labelSmoothing: 0.2, classWeights: [0.5, 2, 3] }, 1.076167150189798],
    [{ type: 'cross-entropy', labelSmoothing: 0, classWeights: [2 / 3, 1, 2] }, 1.0986122886681098],
  ])('counts weights and smoothing: %j', (loss, expected) => {
    expect(trivialLoss(dataset([0, 0, 0, 1, 1, 2]), ALL, THREE, loss)).toBeCloseTo(expected, 12);
  });

  it('leaves answers of an ignored class out', () => {
    const plain = { type: 'cross-entropy', labelSmoothing: 0.2, classWeights: [0.5, 2, 3] } as const;
    const all = trivialLoss(dataset([1, 1, 2]), ALL.subarray(0, 3), THREE, plain);
    expect(trivialLoss(dataset([0, 1, 0, 1, 2, 0]), ALL, THREE, plain, 0)).toBeCloseTo(all, 12);
    expect(withClassWeights(BALANCED, 3, dataset([0, 0, 0, 1, 1, 2]), ALL, 0)).toMatchObject({
      classWeights: [1, 3 / 4, 3 / 2],
    });
  });

  it('counts pos_weight', () => {
    const loss = { type: 'binary-cross-entropy', posWeight: 2.5 } as const;
    expect(trivialLoss(dataset([1, 0, 0, 0, 1, 0]), ALL, { kind: 'labels', width: 1 }, loss)).toBeCloseTo(
      1.030442364895985,
      12,
    );
  });
});

describe('a run with a weighted loss', () => {
  it('with weights of 1 is the run without', () => {
    const [weighted, plain] = [run('{ type: cross-entropy, class_weights: [1, 1, 1] }'), run('cross-entropy')];
    plain.records.forEach((record, step) => {
      expect(weighted.records[step].loss).toBeCloseTo(record.loss, 4);
      expect(weighted.records[step].validation?.loss ?? 0).toBeCloseTo(record.validation?.loss ?? 0, 4);
    });
  });

  it('with label smoothing keeps the loss above that of the smoothed answers', () => {
    const history = run(
      '{ type: cross-entropy, label_smoothing: 0.3 }',
      'optimizer: { type: adam, learning_rate: 0.3 }',
    );
    // Entropy of 0.8, 0.1, 0.1.
    const floor = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.1);
    expect(history.records.at(-1)!.loss).toBeGreaterThan(floor);
    expect(history.records.at(-1)!.loss).toBeLessThan(history.records[0].loss);
  });

  it('takes pos_weight', () => {
    const text = (weight: number): string =>
      withLayer(
        'type: dense, units: 1',
        `loss: { type: binary-cross-entropy, pos_weight: ${weight} }\ndata: { type: blobs, examples: 90 }\nsteps: 5`,
        '[2]',
      );
    const loss = (weight: number): number =>
      runToEnd(model(text(weight)), { memoryLimitBytes: 2 ** 28 }).records[0].loss;
    expect(loss(1.0000001)).toBeCloseTo(loss(1), 5);
    expect(loss(3)).toBeGreaterThan(loss(1));
  });
});

describe('the keys', () => {
  it('have defaults that change nothing', () => {
    expect(model(withLayer('type: dense, units: 3', 'loss: cross-entropy')).loss).toEqual({
      type: 'cross-entropy',
      labelSmoothing: 0,
      classWeights: 'none',
    });
    expect(model(withLayer('type: dense, units: 3')).loss).toMatchObject({
      type: 'cross-entropy',
      labelSmoothing: 0,
      classWeights: 'none',
    });
  });

  it.each([
    ['class_weights: [1, 2]', '[1, 2]', 'must have one number a class: 3'],
    ['class_weights: [1, 0, 2]', '0', 'must be a list of numbers above 0, or `balanced` or `none`, but one is 0.'],
    ['class_weights: balancd', 'balancd', 'did you mean `balanced`?'],
    ['class_weights: 3', '3', 'must be a list of numbers above 0'],
    ['label_smoothing: 1', '1', 'of at least 0 and below 1'],
  ])('tell what is wrong with %s', (field, at, message) => {
    const told = problems(withLayer('type: dense, units: 3', `loss: { type: cross-entropy, ${field} }`));
    expect(told).toEqual([expect.objectContaining({ at, message: expect.stringContaining(message) })]);
  });
});
