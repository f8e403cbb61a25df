/** Keys of `data` that choose what is read, and models whose target is their input. */
import { describe, expect, it } from 'vitest';
import { model, problems, withLayer } from './compile-text';

const csv = (more: string): string =>
  withLayer('type: dense, units: 1', `data: { type: csv, path: a.csv, target: t${more} }`);
const idx = (layer: string, rest = '', input = '[1, 28, 28]', key = 'labels'): string =>
  withLayer(layer, `data: { type: idx, path: images, ${key}: input${rest} }`, input);

describe('what is read of a table', () => {
  it('is said by four keys', () => {
    expect(model(csv('')).data).toMatchObject({
      type: 'csv',
      columns: undefined,
      drop: undefined,
      missing: undefined,
      rows: undefined,
    });
    expect(model(csv(', columns: [a, b], drop: c, missing: median, rows: 500')).data).toMatchObject({
      columns: ['a', 'b'],
      drop: ['c'],
      missing: 'median',
      rows: 500,
    });
  });

  it.each([
    [', drop: [2019]', 'wrong-type', '[2019]', 'put each name in quotes'],
    [', drop: []', 'wrong-type', '[]', 'must be a list of names of columns'],
    [', missing: average', 'unknown-name', 'average', 'known are `drop`, `mean` or `median`'],
    [', rows: 1', 'out-of-range', '1', 'from 2 to'],
    [', columns: [a, b], drop: [b]', 'data-mismatch', '[b]', '"b" is named by `columns` and by `drop`'],
    [', drop: [t]', 'data-mismatch', '[t]', '"t" is the target'],
    [', standardize: true, rescale: true', 'data-mismatch', 'true', '`rescale` and `standardize` both set the scale'],
  ])('is refused where it contradicts itself: %s', (more, code, at, message) => {
    expect(problems(csv(more))).toEqual([{ code, at, message: expect.stringContaining(message) }]);
  });

  it('fills fields of JSON lines only where columns names them', () => {
    const lines = (more: string): string =>
      withLayer('type: dense, units: 1', `data: { type: json-lines, path: a, missing: mean${more} }`);
    expect(problems(lines(''))).toMatchObject([{ code: 'data-mismatch', at: 'mean' }]);
    expect(problems(lines(', columns: [a]'))).toEqual([]);
  });
});

describe('the input as the target', () => {
  it.each(['mse', 'mae', 'huber', 'binary-cross-entropy'])('is compared by %s', loss => {
    expect(model(`${idx('type: dense, units: 784', '', '784')}\nloss: ${loss}`).loss.type).toBe(loss);
  });

  it('has mse where the file names no loss, whatever the source', () => {
    for (const key of ['labels', 'target'])
      expect(model(idx('type: dense, units: 784', '', '784', key)).loss.type).toBe('mse');
    expect(model(withLayer('type: dense, units: 4', 'data: { type: blobs, target: input }')).loss.type).toBe('mse');
    expect(model(withLayer('type: dense, units: 4', 'data: { type: csv, path: a, target: input }')).loss.type).toBe(
      'mse',
    );
  });

  it('may be flat where the input is not', () => {
    const layers = 'input: [1, 28, 28]\nlayers: [{ type: flatten }, { type: dense, units: 784 }]\n';
    expect(problems(`${layers}data: { type: idx, path: images, labels: input }`)).toEqual([]);
  });

  it.each([
    [
      idx('type: dense, units: 10', '', '784'),
      'data-mismatch',
      'input',
      "needs an output of the input's shape [784], but `dense1` (dense) " + 'returns [10]; end with 784 units',
    ],
    [idx('type: conv2d, filters: 2, kernel: 3, padding: same'), 'data-mismatch', 'input', 'returns [2, 28, 28]'],
    [
      `${idx('type: dense, units: 784', '', '784')}\nloss: cross-entropy`,
      'loss-mismatch',
      'cross-entropy',
      'use `mse`, `mae` or ' + '`binary-cross-entropy`',
    ],
    [idx('type: dense, units: 784', ', standardize_target: true', '784'), 'data-mismatch', 'true', 'use `standardize`'],
    [
      withLayer(
        'type: embedding, units: 2',
        'data: { type: csv, path: a, target: input }\nloss: mse',
        '{ tokens: 5, length: 5 }',
      ),
      'data-mismatch',
      'input',
      'the input is token ids',
    ],
    [
      withLayer('type: dense, units: 4', 'data: { type: blobs, target: input }\nloss: binary-cross-entropy'),
      'loss-mismatch',
      'binary-cross-entropy',
      'gives numbers of either sign; use `mse`',
    ],
    [
      withLayer('type: dense, units: 1', 'data: { type: spirals, target: input }', '[1]'),
      'data-mismatch',
      'input',
      'at least 2 features',
    ],
  ])('is refused where it cannot be: %s', (text, code, at, message) => {
    expect(problems(text)).toEqual([{ code, at, message: expect.stringContaining(message) }]);
  });
});
