/** NPY, NPZ and IDX: files that NumPy and the makers of MNIST wrote, and what is said of broken ones. */
import { readFileSync } from 'node:fs';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random';
import type { DataSpec, LossSpec, ModelSpec, Shape } from '../../../src/model/model-spec';
import type { DataFiles } from '../../../src/training/data/given-files';
import type { Dataset } from '../../../src/training/data/dataset';
import { loadDataset } from '../../../src/training/data/load-dataset';
import { splitExamples } from '../../../src/training/data/split';
import { inputStatistics, standardizeExamples } from '../../../src/training/data/statistics';
import { listZip } from '../../../src/training/data/zip';
import { TrainingError } from '../../../src/training/training-error';
import { testModel } from './models';

const FIXTURES = 'test/training/data/fixtures/';
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(FIXTURES + name));
const ROWS = [0.5, -1, 2, 3, 4.25, -5, 6, 7, 8, 9, 10, 11];
const STANDARDIZING = { standardize: false, standardizeTarget: false, inferred: false } as const;
const NPZ: DataSpec = { type: 'npz', path: 'a.npz', inputs: 'x', target: 'y', ...STANDARDIZING };
const NPY: DataSpec = { type: 'npy', path: 'x.npy', targets: 'y.npy', ...STANDARDIZING };
const IDX: DataSpec = { type: 'idx', path: 'images', labels: 'labels', ...STANDARDIZING };

function model(
  data: DataSpec,
  input: Shape = [3],
  output: Shape = [3],
  loss: LossSpec['type'] = 'cross-entropy',
): ModelSpec {
  return testModel({ input, output, loss, data });
}

function read(files: DataFiles, spec: ModelSpec, limit = 2 ** 28): Dataset {
  return loadDataset(spec, { files, limitBytes: limit }, new Random(1));
}

/** An IDX file of bytes. */
function idx(shape: readonly number[], values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, 8, shape.length]);
  shape.forEach((size, axis) => new DataView(bytes.buffer).setUint32(4 + 4 * axis, size));
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

/** Reads, or gives the sentence of the refusal; any other error fails the test. */
function outcome(files: DataFiles, spec: ModelSpec, limit?: number): string {
  try {
    return read(files, spec, limit).description;
  } catch (error) {
    expect(error).toBeInstanceOf(TrainingError);
    return (error as TrainingError).message;
  }
}

describe('npz', () => {
  it.each(['plain.npz', 'packed.npz'])('reads what NumPy wrote: %s', name => {
    const data = read({ 'a.npz': fixture(name) }, model(NPZ));
    expect(data.examples).toBe(4);
    expect(Array.from(data.inputs)).toEqual(ROWS);
    expect(Array.from(data.targets)).toEqual([0, 2, 1, 0]);
    expect(data.description).toBe('"y" of a.npz from "x" of a.npz, 4 examples of [3]');
  });

  it('reads half precision', () => {
    const data = read({ 'a.npz': fixture('packed.npz') }, model({ ...NPZ, inputs: 'half' }));
    expect(Array.from(data.inputs)).toEqual(ROWS);
  });

  it('names the arrays that there are', () => {
    const spec = model({ ...NPZ, inputs: 'hall' });
    expect(outcome({ 'a.npz': fixture('packed.npz') }, spec)).toBe(
      '"a.npz" has no array "hall"; did you mean "half"? It holds: x, y, half.',
    );
  });

  it('notices one changed byte by the check sum', () => {
    const bytes = fixture('plain.npz');
    const first = listZip({ bytes, name: 'a.npz', source: [] })[0];
    bytes[first.offset + first.packedSize] ^= 1;
    expect(outcome({ 'a.npz': bytes }, model(NPZ))).toContain('is damaged: the check sum of "x.npy" is wrong');
  });

  it('refuses a file that is not whole, or no archive', () => {
    expect(outcome({ 'a.npz': fixture('plain.npz').subarray(0, 300) }, model(NPZ))).toContain(
      'no archive or not whole',
    );
    expect(outcome({ 'a.npz': new Uint8Array(0) }, model(NPZ))).toContain('no archive or not whole');
    expect(outcome({}, model(NPZ))).toBe('The data file "a.npz" was not found.');
  });

  it('refuses before unpacking what would take more memory than is allowed', () => {
    expect(outcome({ 'a.npz': fixture('packed.npz') }, model(NPZ), 100)).toContain('0 MB are allowed');
  });

  it('stops unpacking where the directory lied about the size', () => {
    const packed = deflateRawSync(new Uint8Array(2 ** 22));
    const archive = new Uint8Array(30 + 5 + packed.length + 46 + 5 + 22);
    const view = new DataView(archive.buffer);
    view.setUint32(0, 0x04034b50, true);
    view.setUint16(26, 5, true);
    archive.set(new TextEncoder().encode('x.npy'), 30);
    archive.set(packed, 35);
    const directory = 35 + packed.length;
    view.setUint32(directory, 0x02014b50, true);
    view.setUint16(directory + 10, 8, true);
    view.setUint32(directory + 20, packed.length, true);
    view.setUint32(directory + 24, 1000, true);
    view.setUint16(directory + 28, 5, true);
    archive.set(new TextEncoder().encode('x.npy'), directory + 46);
    view.setUint32(directory + 51, 0x06054b50, true);
    view.setUint16(directory + 51 + 10, 1, true);
    view.setUint32(directory + 51 + 16, directory, true);
    expect(outcome({ 'a.npz': archive }, model(NPZ))).toContain('unpacks to more than');
  });
});

describe('npy', () => {
  it('reads big-endian doubles and one-hot rows', () => {
    const data = read({ 'x.npy': fixture('x.npy'), 'y.npy': fixture('y.npy') }, model(NPY));
    expect(Array.from(data.inputs)).toEqual(ROWS);
    expect(Array.from(data.targets)).toEqual([0, 2, 1, 0]);
  });

  it.each([
    ['words.npy', 'elements of type "<U1", which are no numbers'],
    ['objects.npy', 'elements of type "|O", which are no numbers'],
  ])('refuses %s', (name, message) => {
    expect(outcome({ 'x.npy': fixture(name), 'y.npy': fixture('y.npy') }, model(NPY))).toContain(message);
  });

  it('compares shapes and values with the model', () => {
    const files = { 'x.npy': fixture('x.npy'), 'y.npy': fixture('y.npy') };
    expect(outcome(files, model(NPY, [5]))).toContain(
      'examples of [3], but the model\'s input is [5]; set "input" to [3]',
    );
    expect(outcome(files, model(NPY, [3], [2], 'mse'))).toContain('needs 2 numbers an example');
    expect(outcome({ ...files, 'x.npy': fixture('x.npy').subarray(0, 190) }, model(NPY))).toContain(
      '12 numbers, but 7 follow',
    );
    expect(outcome(files, model({ ...NPY, targets: 'x.npy' }, [3], [4]))).toContain('needs 1 number an example');
  });

  it('names the example that holds no number', () => {
    const bytes = fixture('x.npy');
    new DataView(bytes.buffer).setFloat64(bytes.length - 8, NaN);
    expect(outcome({ 'x.npy': bytes, 'y.npy': fixture('y.npy') }, model(NPY))).toBe(
      '"x.npy", example 3: NaN is no finite number; remove the example or fill it in.',
    );
  });
});

describe('idx', () => {
  const images = idx([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const labels = idx([3], [2, 0, 1]);

  it.each([
    ['plain', images],
    ['gzip', new Uint8Array(gzipSync(images))],
  ])('reads %s files', (_, bytes) => {
    const data = read({ images: bytes, labels }, model(IDX, [1, 2, 2]));
    expect(Array.from(data.inputs)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(Array.from(data.targets)).toEqual([2, 0, 1]);
  });

  it('reads the digits of the examples, and standardizes an image as a whole', () => {
    const files = {
      images: new Uint8Array(readFileSync('examples/data/digits-images.idx3-ubyte.gz')),
      labels: new Uint8Array(readFileSync('examples/data/digits-labels.idx1-ubyte.gz')),
    };
    const spec = model({ ...IDX, standardize: true }, [1, 8, 8], [10]);
    const data = read(files, spec);
    expect(data.examples).toBe(1797);
    const { training } = splitExamples(data.examples, 0.2, new Random(1));
    const moved = standardizeExamples(data, training, spec);
    const { mean, std } = inputStatistics(moved, training) ?? { mean: NaN, std: NaN };
    expect([mean, std].map(value => Math.round(1e5 * value) / 1e5 + 0)).toEqual([0, 1]);
    // The corner of every image is blank, and must not become larger than the strokes.
    expect(moved.inputs[0]).toBeCloseTo(-4.88 / 6.02, 1);
  });

  it('refuses what is broken, with a way on', () => {
    expect(outcome({ images: labels.subarray(0, 2), labels }, model(IDX))).toContain('is no IDX file');
    expect(outcome({ images: images.subarray(0, 20), labels }, model(IDX, [4]))).toContain(
      '12 numbers ([3, 2, 2]), but 4 follow',
    );
    expect(outcome({ images, labels: idx([3], [2, 0, 7]) }, model(IDX, [4]))).toContain(
      '"labels" has class ids up to 7, so 8 classes, but "answer" gives an output of [3]; it needs 8 units',
    );
    expect(outcome({ images, labels: idx([2], [2, 0]) }, model(IDX, [4]))).toContain(
      'has 3 examples, but "labels" has the shape [2]',
    );
    expect(outcome({ images: new Uint8Array(gzipSync(images)).subarray(0, 25), labels }, model(IDX, [4]))).toContain(
      'is damaged',
    );
    expect(
      outcome({ images: new Uint8Array(gzipSync(new Uint8Array(2 ** 20))), labels }, model(IDX, [4]), 1000),
    ).toContain('unpacks to more');
  });
});

describe('any bytes', () => {
  const whole = [
    ['npz', NPZ, 'a.npz', { 'a.npz': fixture('packed.npz') }, [3]],
    ['npz, stored', NPZ, 'a.npz', { 'a.npz': fixture('plain.npz') }, [3]],
    ['npy', NPY, 'x.npy', { 'x.npy': fixture('x.npy'), 'y.npy': fixture('y.npy') }, [3]],
    ['idx', IDX, 'images', { images: idx([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]), labels: idx([3], [0, 1, 2]) }, [3]],
    [
      'idx.gz',
      IDX,
      'images',
      { images: new Uint8Array(gzipSync(idx([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]))), labels: idx([3], [0, 1, 2]) },
      [3],
    ],
  ] as const;

  it.each(whole)('give examples or a sentence: %s', (_, data, name, files, input) => {
    const good: DataFiles = files;
    const change = fc.record({ at: fc.nat(good[name].length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(good[name].length), (changes, end) => {
        const broken = good[name].slice(0, end % 3 === 0 ? end : undefined);
        for (const { at, byte } of changes) if (at < broken.length) broken[at] = byte;
        expect(outcome({ ...good, [name]: broken }, model(data, input), 2 ** 24)).not.toBe('');
      }),
      { numRuns: 400, seed: 5 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        expect(outcome({ ...good, [name]: bytes }, model(data, input), 2 ** 24)).not.toBe('');
      }),
      { seed: 6 },
    );
  });
});
