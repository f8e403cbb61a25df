/** Models whose target is their own input, and labels that do not fit the output. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random';
import type { DataSpec, LossSpec, ModelSpec } from '../../../src/model/model-spec';
import type { DataFiles } from '../../../src/training/data/given-files';
import type { Dataset } from '../../../src/training/data/dataset';
import { loadDataset } from '../../../src/training/data/load-dataset';
import { prepareExamples } from '../../../src/training/data/prepare-examples';
import { runToEnd } from '../../../src/training/run-in-process';
import { TrainingError } from '../../../src/training/training-error';
import { testModel } from './models';
import { csvSpec } from './table';

const PLAIN = { standardize: false, standardizeTarget: false, inferred: false } as const;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An IDX file of bytes. */
function idx(shape: readonly number[], values: readonly number[]): Uint8Array {
  const head = shape.flatMap(size => [0, 0, size >> 8, size & 255]);
  return Uint8Array.from([0, 0, 8, shape.length, ...head, ...values]);
}

function autoencoder(data: DataSpec, loss: LossSpec['type'] = 'mse', size = 4): ModelSpec {
  return testModel({ input: [size], output: [size], loss, data });
}

function prepared(model: ModelSpec, files: DataFiles): Dataset {
  const data = loadDataset(model, { files, limitBytes: 2 ** 28 }, new Random(1));
  return prepareExamples(
    data,
    Int32Array.from({ length: data.examples }, (_, example) => example),
    model,
  );
}

const IMAGES = { images: idx([3, 2, 2], [0, 255, 51, 102, 255, 0, 0, 0, 1, 2, 3, 4]) };

describe('the input as the target', () => {
  it.each<[string, DataSpec, DataFiles, number]>([
    ['csv', csvSpec({ target: 'input', path: 'f' }), { f: bytes('a,b\n1,2\n3,5\n') }, 2],
    [
      'json-lines',
      { type: 'json-lines', path: 'f', inputs: 'x', target: 'input', ...PLAIN },
      { f: bytes('{"x": [1, 2]}\n{"x": [3, 5]}\n') },
      2,
    ],
    ['idx', { type: 'idx', path: 'images', labels: 'input', ...PLAIN }, IMAGES, 4],
    ['blobs', { type: 'blobs', examples: 20, noise: 0.1, scale: 1, target: 'input', inferred: false }, {}, 2],
  ])('is what %s gives', (_, data, files, size) => {
    const read = prepared(autoencoder(data, 'mse', size), files);
    expect(read.targets).toEqual(read.inputs);
    expect(read.targetSize).toBe(size);
    expect(read.description).toContain('the input itself, of ');
  });

  it('follows standardizing and rescaling', () => {
    const data = prepared(
      autoencoder({ type: 'idx', path: 'images', labels: 'input', ...PLAIN, rescale: true }, 'binary-cross-entropy'),
      IMAGES,
    );
    expect(Array.from(data.targets.slice(0, 4), value => Number(value.toFixed(4)))).toEqual([0, 1, 0.2, 0.4]);
    const moved = prepared(
      autoencoder({ type: 'idx', path: 'images', labels: 'input', ...PLAIN, standardize: true }),
      IMAGES,
    );
    expect(moved.targets).toEqual(moved.inputs);
    expect(Math.min(...moved.targets)).toBeLessThan(0);
  });

  it('is refused by binary cross-entropy where it does not lie between 0 and 1', () => {
    const model = autoencoder({ type: 'idx', path: 'images', labels: 'input', ...PLAIN }, 'binary-cross-entropy');
    expect(() => prepared(model, IMAGES)).toThrow(
      'binary-cross-entropy predicts inputs from 0 to 1, but they go from 0 to 255; set "rescale: true" under "data", or use the loss mse.',
    );
  });

  it('is no column', () => {
    const model = autoencoder(csvSpec({ target: 'input', path: 'f' }), 'mse', 2);
    expect(() => prepared(model, { f: bytes('a,input\n1,2\n3,5\n') })).toThrow('has a column "input" too');
  });

  it('is learned, without an accuracy', () => {
    const model = {
      ...autoencoder(
        { type: 'circles', examples: 200, noise: 0, scale: 1, target: 'input', inferred: false },
        'mse',
        2,
      ),
      steps: 400,
    };
    const { records, layout } = runToEnd(
      { ...model, optimizer: { ...model.optimizer, learningRate: 0.2 } },
      { memoryLimitBytes: 2 ** 28, kernels: 'reference' },
    );
    expect(records.at(-1)!.loss).toBeLessThan(0.05 * layout.trivialLoss!);
    const labels = runToEnd(
      {
        ...model,
        loss: { type: 'binary-cross-entropy', posWeight: 1 },
        steps: 2,
        data: {
          type: 'csv',
          path: 'f',
          target: 'input',
          ...PLAIN,
        },
      },
      { memoryLimitBytes: 2 ** 28, kernels: 'reference', files: { f: bytes('a,b\n0,1\n1,0.5\n') } },
    );
    expect(labels.records.map(({ accuracy }) => accuracy)).toEqual([undefined, undefined]);
  });
});

describe('class labels', () => {
  const LABELS = { ...IMAGES, labels: idx([3], [0, 2, 1]) };
  const data = { type: 'idx', path: 'images', labels: 'labels', ...PLAIN } as const;

  it('against as many outputs as inputs are refused, with the input as a way on', () => {
    let refusal: unknown;
    try {
      prepared(autoencoder(data, 'binary-cross-entropy'), LABELS);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(TrainingError);
    expect(refusal).toMatchObject({
      message:
        'The data has 3 classes, but "answer" gives an output of [4]; it needs 3 units, or write "labels: input" to predict the input itself.',
      source: { layer: 'answer' },
      remedies: [
        { changes: [{ path: ['data', 'labels'], value: 'input' }] },
        { changes: [{ path: { layer: 'answer', part: 'units' }, value: 3 }] },
      ],
    });
  });

  it('with many fewer classes than scores are remarked, with a few fewer not', () => {
    const remarks = (output: number): unknown =>
      prepared(testModel({ input: [4], output: [output], loss: 'cross-entropy', data }), LABELS).remarks;
    expect(remarks(6)).toMatchObject([
      { code: 'unused-classes', message: expect.stringContaining('has 3 classes, but "answer" gives a score for 6') },
    ]);
    expect(remarks(4)).toEqual([]);
  });
});

describe('fields of JSON lines as columns', () => {
  const spec = (more: object): DataSpec => ({
    type: 'json-lines',
    path: 'f',
    inputs: 'x',
    target: 'y',
    ...PLAIN,
    ...more,
  });
  const file = {
    f: bytes(
      '{"age": 3, "plan": "b", "y": 0.5}\n\n{"age": null, "plan": "a", "y": 1}\n{"plan": "b", "age": 5, "y": 2}\nnot read\n',
    ),
  };

  it('are read as those of a CSV file, gaps and all', () => {
    const model = testModel({
      input: [3],
      output: [1],
      loss: 'mse',
      data: spec({ columns: ['age', 'plan'], missing: 'mean', rows: 3 }),
    });
    expect(Array.from(prepared(model, file).inputs)).toEqual([3, 0, 1, 4, 1, 0, 5, 0, 1]);
  });

  it('are refused by name', () => {
    const model = testModel({ input: [1], output: [1], loss: 'mse', data: spec({ columns: ['agee'], rows: 3 }) });
    expect(() => prepared(model, file)).toThrow('"f" has no column "agee"; did you mean "age"?');
  });
});
