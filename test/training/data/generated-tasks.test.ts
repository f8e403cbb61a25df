import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random';
import type { DataSpec, InputSpec, LossSpec, Shape } from '../../../src/model/model-spec';
import type { Dataset } from '../../../src/training/data/dataset';
import { loadDataset } from '../../../src/training/data/load-dataset';
import { trivialLoss } from '../../../src/training/data/statistics';
import { targetOf } from '../../../src/training/data/target';
import { TrainingError } from '../../../src/training/training-error';
import { bitsHash, testModel } from './models';

const LIMIT = 2 ** 28;

function make(input: InputSpec | Shape, output: Shape, loss: LossSpec['type'], data: object, seed = 1): Dataset {
  const spec = { inferred: false, examples: 120, noise: 0.1, scale: 1, symbols: 3, ...data } as unknown as DataSpec;
  return loadDataset(testModel({ input, output, loss, data: spec }), { limitBytes: LIMIT }, new Random(seed));
}

function trivial(data: Dataset, output: Shape, loss: LossSpec['type']): number {
  const model = testModel({ input: [1], output, loss });
  return trivialLoss(
    data,
    Int32Array.from({ length: data.examples }, (_, i) => i),
    targetOf(model),
    model.loss,
  );
}

function counts(ids: ArrayLike<number>): number[] {
  const result: number[] = [];
  for (const id of Array.from(ids)) result[id] = (result[id] ?? 0) + 1;
  return result;
}

const TOKENS = { kind: 'tokens', vocabulary: 9, length: 6 } as const;

const TASKS = [
  { name: 'blobs', input: [2], output: [3], loss: 'cross-entropy', data: { type: 'blobs' } },
  { name: 'circles', input: [3], output: [2], loss: 'cross-entropy', data: { type: 'circles' } },
  { name: 'spirals', input: [2], output: [4], loss: 'cross-entropy', data: { type: 'spirals' } },
  { name: 'teacher, values', input: [5], output: [2], loss: 'mse', data: { type: 'teacher' } },
  { name: 'teacher, sequences', input: [7, 2], output: [7, 3], loss: 'cross-entropy', data: { type: 'teacher' } },
  { name: 'teacher, tokens', input: TOKENS, output: [2], loss: 'mse', data: { type: 'teacher' } },
  { name: 'teacher, pictures', input: [1, 4, 4], output: [1], loss: 'binary-cross-entropy', data: { type: 'teacher' } },
  { name: 'adding problem', input: [20, 2], output: [1], loss: 'mse', data: { type: 'adding-problem' } },
  {
    name: 'copy memory',
    input: { kind: 'tokens', vocabulary: 6, length: 12 },
    output: [12, 5],
    loss: 'cross-entropy',
    data: { type: 'copy-memory' },
  },
] as const;

describe.each(TASKS)('$name', ({ input, output, loss, data }) => {
  it('fits the shapes and gives the same bits for a seed', () => {
    const first = make(input, output, loss, data);
    const again = make(input, output, loss, data);
    const other = make(input, output, loss, data, 2);
    expect(first.inputs).toHaveLength(first.examples * first.inputSize);
    expect(first.targets).toHaveLength(first.examples * first.targetSize);
    expect([bitsHash(first.inputs), bitsHash(first.targets)]).toEqual([
      bitsHash(again.inputs),
      bitsHash(again.targets),
    ]);
    expect(bitsHash(first.inputs)).not.toBe(bitsHash(other.inputs));
    expect(first.inputs.every(Number.isFinite) && first.targets.every(Number.isFinite)).toBe(true);
  });
});

describe('labelled points', () => {
  it.each(['blobs', 'circles', 'spirals'])('%s has balanced classes', type => {
    const data = make([2], [3], 'cross-entropy', { type });
    expect(counts(data.targets)).toEqual([40, 40, 40]);
    expect(trivial(data, [3], 'cross-entropy')).toBeCloseTo(Math.log(3), 12);
  });

  it('gives labels to one output and one-hot rows to several without cross-entropy', () => {
    expect(counts(make([2], [1], 'binary-cross-entropy', { type: 'circles' }).targets)).toEqual([60, 60]);
    const rows = make([2], [3], 'mse', { type: 'circles' });
    expect(rows.targetSize).toBe(3);
    expect(Array.from(rows.targets.subarray(0, 6))).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('places circles on their radii and scales at last', () => {
    const data = make([2], [2], 'cross-entropy', { type: 'circles', noise: 0, scale: 100 });
    for (let i = 0; i < data.examples; i++) {
      const radius = Math.hypot(data.inputs[2 * i], data.inputs[2 * i + 1]);
      expect(radius).toBeCloseTo((100 * Math.SQRT2 * (data.targets[i] + 1)) / 2, 3);
    }
  });

  it('refuses what does not fit in a sentence', () => {
    expect(() => make([1], [2], 'cross-entropy', { type: 'spirals' })).toThrow('at least 2 input features');
    expect(() => make([2], [5, 3], 'cross-entropy', { type: 'blobs' })).toThrow('one class an example');
    expect(() => make(TOKENS, [2], 'cross-entropy', { type: 'blobs' })).toThrow(TrainingError);
    expect(() => make([2], [2], 'cross-entropy', { type: 'blobs', examples: 1e9 })).toThrow(
      'gradientHealth.memoryLimit',
    );
  });
});

describe('teacher', () => {
  it('standardises its answers, whose constant predictor then has loss 1', () => {
    expect(trivial(make([5], [2], 'mse', { type: 'teacher', noise: 0 }), [2], 'mse')).toBeCloseTo(1, 5);
  });

  it('gives every class its share', () => {
    const shares = counts(make([8], [3], 'cross-entropy', { type: 'teacher', examples: 600 }).targets);
    expect(shares).toHaveLength(3);
    for (const share of shares) expect(share).toBeGreaterThan(100);
  });

  it('answers a sequence from what came before, not from what comes after', () => {
    const data = make([4, 1], [4, 1], 'mse', { type: 'teacher', noise: 0, examples: 400 });
    const correlation = (from: number, to: number): number => {
      let sum = 0;
      for (let i = 0; i < data.examples; i++) sum += data.inputs[4 * i + from] * data.targets[4 * i + to];
      return Math.abs(sum) / data.examples;
    };
    expect(correlation(3, 3)).toBeGreaterThan(0.3);
    expect(correlation(3, 0)).toBeLessThan(0.15);
  });
});

describe('adding problem', () => {
  it('marks one step in each half, and the target is the sum of the marked numbers', () => {
    const { inputs, targets } = make([9, 2], [1], 'mse', { type: 'adding-problem' });
    for (let example = 0; example < 120; example++) {
      const marked = [...Array(9).keys()].filter(t => inputs[example * 18 + 2 * t + 1] === 1);
      expect(marked).toHaveLength(2);
      expect(marked[0]).toBeLessThan(4);
      expect(marked[1]).toBeGreaterThanOrEqual(4);
      expect(targets[example]).toBeCloseTo(
        marked.reduce((sum, t) => sum + inputs[example * 18 + 2 * t], 0),
        6,
      );
    }
  });

  it('has a trivial loss of about 1/6', () => {
    const data = make([30, 2], [1], 'mse', { type: 'adding-problem', examples: 4000 });
    expect(trivial(data, [1], 'mse')).toBeCloseTo(1 / 6, 2);
  });

  it('refuses other shapes, naming them', () => {
    expect(() => make([9, 3], [1], 'mse', { type: 'adding-problem' })).toThrow('[9, 3]');
    expect(() => make([9, 2], [2], 'cross-entropy', { type: 'adding-problem' })).toThrow('[2] with cross-entropy');
  });
});

describe('copy memory', () => {
  const input = { kind: 'tokens', vocabulary: 6, length: 12 } as const;

  it('asks for the symbols after the mark, and for blanks before', () => {
    const { inputs, targets } = make(input, [12, 5], 'cross-entropy', { type: 'copy-memory' });
    for (let start = 0; start < inputs.length; start += 12) {
      const symbols = Array.from(inputs.subarray(start, start + 3));
      expect(Array.from(targets.subarray(start, start + 12))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, ...symbols]);
      expect(Array.from(inputs.subarray(start + 3, start + 12))).toEqual([0, 0, 0, 0, 0, 5, 0, 0, 0]);
    }
  });

  it('costs symbols · ln(alphabet) / length to who remembers nothing', () => {
    const data = make(input, [12, 5], 'cross-entropy', { type: 'copy-memory', examples: 5000 });
    expect(trivial(data, [12, 5], 'cross-entropy')).toBeCloseTo((3 * Math.log(4)) / 12, 3);
  });

  it('asks a model with one output for the first symbol, and takes one-hot input', () => {
    const { inputs, targets, inputSize } = make([12, 6], [4], 'cross-entropy', { type: 'copy-memory' });
    expect(inputSize).toBe(72);
    for (let example = 0; example < 120; example++) expect(inputs[example * 72 + 1 + targets[example]]).toBe(1);
  });

  it('refuses a sequence too short to hold the symbols', () => {
    expect(() => make(input, [12, 5], 'cross-entropy', { type: 'copy-memory', symbols: 6 })).toThrow('"symbols" to 5');
  });
});
