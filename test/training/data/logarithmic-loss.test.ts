import { describe, expect, it } from 'vitest';
import { prepareExamples } from '../../../src/training/data/prepare-examples';
import { trivialLoss } from '../../../src/training/data/statistics';
import { targetOf } from '../../../src/training/data/target';
import { runToEnd } from '../../../src/training/run-in-process';
import { testModel } from './models';
import { csvSpec, readTable } from './table';

const all = (count: number): Int32Array => Int32Array.from({ length: count }, (_, example) => example);

describe('a logarithmic loss', () => {
  it('has the variance of the logarithms as the loss of the best constant', () => {
    const data = readTable({ text: 'a,y\n1,0\n2,1\n3,3\n4,7\n', input: [1], loss: 'msle' });
    expect(
      trivialLoss(data, all(4), targetOf(testModel({ input: [1], output: [1], loss: 'msle' })), { type: 'msle' }),
    ).toBeCloseTo(0.6005662673977517, 12);
  });

  it('is learned, and refuses targets below 0', () => {
    const rows = Array.from({ length: 60 }, (_, row) => `${row / 10},${1 + row / 5}`).join('\n');
    const model = { ...testModel({ input: [1], output: [1], loss: 'msle', data: csvSpec() }), steps: 3000 };
    // Outputs below 0 get no gradient, so the first ones have to be above.
    const layers = model.layers.map(
      layer => ({ ...layer, biasInitializer: { type: 'constant', value: 10 } }) as typeof layer,
    );
    const learning = {
      ...model,
      layers,
      optimizer: { ...model.optimizer, learningRate: 0.5 } as typeof model.optimizer,
    };
    const files = { 'x.csv': new TextEncoder().encode(`a,y\n${rows}\n`) };
    const { records, layout } = runToEnd(learning, { memoryLimitBytes: 2 ** 28, kernels: 'reference', files });
    expect(records.at(-1)!.loss).toBeLessThan(0.5 * layout.trivialLoss!);
    const negative = readTable({ text: 'a,y\n1,-2\n2,1\n', input: [1], loss: 'msle' });
    expect(() => prepareExamples(negative, all(2), model)).toThrow(
      'msle compares logarithms of targets from 0 on, but the targets go down to -2',
    );
  });
});
