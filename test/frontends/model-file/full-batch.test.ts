/** What keeps L-BFGS from comparing like with like is told before it is trained. */
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { model, problems, withLayers, withRest } from './compile-text';

const START = '`lbfgs` learns from how the gradient changes between steps, but ';

describe('a model with lbfgs', () => {
  it.each([
    [
      'data: { type: blobs, examples: 500 }\nbatch_size: 64',
      '64',
      'a step has 64 of the 500 that train; leave `batch_size` out to take all, or use `adam`.',
    ],
    [
      'data: { type: blobs, examples: 500 }\nvalidation: 0.1\nbatch_size: 64\ngradient_accumulation: 4',
      '64',
      'a step has 256 of the 450 that train; leave `batch_size` out to take all, or use `adam`.',
    ],
    [
      'data: { type: blobs, examples: 5000 }',
      'lbfgs',
      'a step has 4096 of the 5000 that train; take at most 4096 examples, or use `adam`.',
    ],
    [
      'data: { type: csv, path: a.csv, target: b }\nbatch_size: 64',
      '64',
      'a step has at most 64 of those in the file; leave `batch_size` out to take all up to 4096, or use `adam`.',
    ],
  ])('is warned of a step without all examples: %j', (rest, at, message) => {
    expect(problems(withRest(`optimizer: { type: lbfgs }\n${rest}`))).toMatchObject([
      { code: 'needs-full-batch', at, message: START + message },
    ]);
    expect(compileModel(parseModelFile(withRest(`optimizer: { type: lbfgs }\n${rest}`), 'yaml')).model).toBeDefined();
    expect(problems(withRest(rest))).toEqual([]);
  });

  it('is warned of dropout once, inside other layers too', () => {
    const layers =
      '  - { type: residual, layers: [{ name: drop, type: dropout, rate: 0.2 }, { type: dense, units: 4 }] }\n' +
      '  - { type: dropout, rate: 0.5 }\n  - { type: dense, units: 3 }\n';
    const [warning, ...others] = problems(withLayers(layers, 'optimizer: lbfgs'));
    expect(warning).toMatchObject({
      code: 'needs-full-batch',
      at: 'dropout',
      message: `${START}dropout in \`residual1.drop\` makes another network of every step; leave it out, or use \`adam\`.`,
    });
    expect(others).toEqual([]);
  });

  it('is sound where every step has all, or only the optimizer is another', () => {
    model(
      withRest('optimizer: lbfgs\ndata: { type: blobs, examples: 400 }\nbatch_size: 100\ngradient_accumulation: 4'),
    );
    model(withRest('optimizer: lbfgs\ndata: { type: blobs, examples: 4096 }'));
    model(withRest('optimizer: lbfgs\ndata: { type: csv, path: a.csv, target: b }'));
    model(withLayers('  - { type: dropout, rate: 0 }\n  - { type: dense, units: 3 }\n', 'optimizer: lbfgs'));
  });
});
