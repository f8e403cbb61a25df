import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random';
import type { DataSpec, LossSpec, Shape } from '../../../src/model/model-spec';
import type { Dataset } from '../../../src/training/data/dataset';
import { loadDataset } from '../../../src/training/data/load-dataset';
import { splitExamples } from '../../../src/training/data/split';
import { inputStatistics, standardizeInputs } from '../../../src/training/data/statistics';
import { TrainingError } from '../../../src/training/training-error';
import { testModel } from './models';

type Csv = Extract<DataSpec, { readonly type: 'csv' }>;

function read(
  text: string | Uint8Array,
  input: Shape,
  output: Shape,
  loss: LossSpec['type'],
  target = 'y',
  settings: Partial<Csv> = {},
  limitBytes = 2 ** 28,
): Dataset {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const data: Csv = {
    type: 'csv',
    path: 'data/x.csv',
    target,
    standardize: false,
    standardizeTarget: false,
    inferred: false,
    ...settings,
  };
  return loadDataset(
    testModel({ input, output, loss, data }),
    { files: { 'data/x.csv': bytes }, limitBytes },
    new Random(1),
  );
}

const IRIS = readFileSync('examples/data/iris.csv');

describe('csv', () => {
  it('reads iris: four measurements, three species in alphabetical order', () => {
    const data = read(IRIS, [4], [3], 'cross-entropy', 'species');
    expect(data.examples).toBe(150);
    expect(Array.from(data.inputs.subarray(0, 4))).toEqual([5.1, 3.5, 1.4, 0.2].map(Math.fround));
    expect([data.targets[0], data.targets[50], data.targets[149]]).toEqual([0, 1, 2]);
    expect(data.description).toBe('"species" of data/x.csv, 150 examples of 4 columns');
  });

  it('turns categories into one-hot inputs and a numeric target into values', () => {
    const data = read('a;colour;y\n1;red;0.5\n2;blue;1.5\n3;red;2.5\n', [3], [1], 'mse');
    expect(Array.from(data.inputs)).toEqual([1, 0, 1, 2, 1, 0, 3, 0, 1]);
    expect(Array.from(data.targets)).toEqual([0.5, 1.5, 2.5]);
    expect(data.measuredColumns).toEqual([0]);
  });

  it('takes whole numbers for classes with cross-entropy, and 0 and 1 for labels', () => {
    expect(Array.from(read('a,y\n1,3\n2,1\n3,7\n', [1], [3], 'cross-entropy').targets)).toEqual([1, 0, 2]);
    expect(Array.from(read('a,y\n1,0\n2,1\n', [1], [1], 'binary-cross-entropy').targets)).toEqual([0, 1]);
  });

  it('ignores blank lines, a byte order mark and spaces, and keeps quoted commas', () => {
    const data = read('\ufeffa, name ,y\n\n 1 ,"x, y",2\n2,z,3\n\n', [3], [1], 'mse');
    expect(Array.from(data.inputs)).toEqual([1, 1, 0, 2, 0, 1]);
  });

  it.each([
    ['a,y\n1,2\n,3\n', 'missing values: a 50 %'],
    ['a,y\n1,2\n3\n', 'row 3: 1 values, but the header names 2 columns'],
    ['a,y\n1,2\n3,4,5\n', 'row 3: 3 values'],
    [`a,y\n${'1,2\n'.repeat(19)}x,3\n`, 'row 21, column "a": "x" is not a finite number, but 19 of 20 values are'],
    ['a,b\n1,2\n', 'no column "y"'],
    ['a,Y\n1,2\n', 'did you mean "Y"?'],
    ['a,a\n1,2\n', 'two columns are called "a"'],
    ['1,2\n3,4\n', 'has no header'],
    ['a,y\n', 'no rows'],
    ['', 'is empty'],
    ['a,y\n"1,2\n', 'not closed'],
    ['a,y\n1,2\n3,2\n', 'the same value in every row'],
    ['a,b,y\n1,1,2\n3,2,3\n', "inputs of [2] (a 1, b 1), but the model's input is [1]"],
  ])('refuses %j in a sentence', (text, message) => {
    expect(() => read(text, [1], [1], 'mse')).toThrow(TrainingError);
    expect(() => read(text, [1], [1], 'mse')).toThrow(message);
  });

  it('compares the number of classes with the outputs', () => {
    expect(() => read(IRIS, [4], [2], 'cross-entropy', 'species')).toThrow(
      '3 classes, but "answer" gives an output of [2]',
    );
    expect(() => read('a,y\n1,0.5\n2,1\n', [1], [2], 'cross-entropy')).toThrow('use the loss mse, mae or huber');
    expect(() => read('a,y\n1,0.5\n2,1\n', [1], [2], 'mse')).toThrow('it needs 1 unit');
  });

  it('takes the delimiter from the header, whatever the values hold', () => {
    const data = read('name,y\n":",0\n";;",1\n', [2], [1], 'mse');
    expect([...data.targets]).toEqual([0, 1]);
    expect([...read('a;y\nx,1;0\nz,2;1\n', [2], [1], 'mse').targets]).toEqual([0, 1]);
  });

  it('reads back what was written, whatever the texts', () => {
    const isMissing = (value: string): boolean => /^\s*(na|n\/a|nan|null|none|\?)?\s*$/i.test(value);
    const text = fc.string({ minLength: 1 }).filter(value => !isMissing(value));
    const rows = fc.array(fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), text), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, written => {
        const categories = new Set(written.map(([, name]) => name.trim()));
        fc.pre(
          [...categories].every(name => Number.isNaN(Number(name))) &&
            new Set(written.map(([value]) => value)).size > 1,
        );
        const lines = written.map(([value, name]) => `"${name.replaceAll('"', '""')}",${value}`);
        const data = read(`name,y\n${lines.join('\n')}\n`, [categories.size], [1], 'mse');
        expect(Array.from(data.targets, value => value + 0)).toEqual(written.map(([value]) => value + 0));
        expect(Array.from(data.inputs).reduce((sum, value) => sum + value, 0)).toBe(written.length);
      }),
    );
  });

  it('gives a sentence or a table for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        try {
          expect(read(bytes, [1], [1], 'mse').examples).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(TrainingError);
        }
      }),
    );
  });

  it('refuses a table that would take more memory than is allowed', () => {
    expect(() => read(IRIS, [4], [3], 'cross-entropy', 'species', {}, 1000)).toThrow('"gradientHealth.memoryLimit"');
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() => read(Uint8Array.of(0x61, 0x2c, 0x79, 0x0a, 0xe9, 0x2c, 0x31), [1], [1], 'mse')).toThrow('not UTF-8');
  });
});

describe('standardizing', () => {
  it('uses the training part alone', () => {
    const data = read(IRIS, [4], [3], 'cross-entropy', 'species');
    const { training, validation } = splitExamples(150, 0.2, new Random(3));
    const moved = standardizeInputs(data, training);
    const { mean, std } = inputStatistics(moved, training) ?? { mean: NaN, std: NaN };
    expect(mean).toBeCloseTo(0, 6);
    expect(std).toBeCloseTo(1, 6);
    const held = inputStatistics(moved, validation);
    expect(held?.mean).not.toBeCloseTo(0, 3);
    expect(data.inputs[0]).toBe(Math.fround(5.1));
  });
});
