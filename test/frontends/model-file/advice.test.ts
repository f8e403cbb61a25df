import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { applyEdits } from '../../../src/frontends/model-file/edit';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { withLayer, withLayers, withRest } from './compile-text';

/** The one problem of a text, and the text after its remedy. */
function told(text: string): {
  readonly message: string;
  readonly title: string | undefined;
  readonly mended: string | undefined;
} {
  const { problems } = compileModel(parseModelFile(text, 'yaml'));
  expect(problems).toHaveLength(1);
  const { message, remedy } = problems[0];
  return { message, title: remedy?.title, mended: remedy && applyEdits(text, remedy.edits) };
}

describe('advice on keys without a counterpart', () => {
  it.each<[string, string, string]>([
    [
      withLayer('type: lstm, units: 3, num_layers: 2', '', '[5, 2]'),
      'write one layer for each of them',
      'Write 2 layers',
    ],
    [
      withLayer('type: Linear, in_features: 4, out_features: 2'),
      'follow from the layer before, so remove it',
      'Remove `in_features`',
    ],
    [
      withLayer('type: lstm, units: 2, batch_first: true', '', '[5, 2]'),
      'the batch always comes first',
      'Remove `batch_first`',
    ],
    [withRest('data: { type: teacher, examples: 640 }\nepochs: 3'), '`steps` counts updates', 'Write `steps: 60`'],
    [
      withLayer('type: global-avg-pool, output_size: 1', '', '[2, 4, 4]'),
      'one number a channel',
      'Remove `output_size`',
    ],
  ])('%j', (text, message, title) => {
    const found = told(text);
    expect(found.message).toContain(message);
    expect(found.title).toBe(title);
    expect(compileModel(parseModelFile(found.mended!, 'yaml')).problems).toEqual([]);
  });
  it.each<[string, string]>([
    [withLayer('type: attention, heads: 2, d_ff: 8', '', '[5, 4]'), '`transformer-block` (`feed_forward`)'],
    [withLayer('type: conv1d, filters: 2, kernel: 3, channels: 4', '', '[1, 8]'), 'its own are `filters`'],
    [withRest('optimizer: { type: adam, beta_1: 0.8 }'), '`betas: [0.9, 0.999]`'],
    [withRest('data: { type: text, path: a.txt, level: char }'), '`tokens: characters` or `tokens: words`'],
    [withRest('epochs: 3'), 'the epochs times the examples'],
  ])('%j has a sentence', (text, message) => {
    const { problems } = compileModel(parseModelFile(text, 'yaml'));
    expect(problems[0].message).toContain(message);
  });
  it('copies a layer before itself, so that its name stays with the last', () => {
    const block = withLayers(
      '  - type: lstm   # memory\n    name: m\n    units: 3\n    num_layers: 3\n  - { type: dense, units: 1, inputs: m }',
      '',
      '[5, 2]',
    );
    const { mended } = told(block);
    expect(mended).toContain('# memory');
    const { model } = compileModel(parseModelFile(mended!, 'yaml'));
    expect(model!.layers).toMatchObject([
      { type: 'lstm', output: 'sequence' },
      { type: 'lstm', output: 'sequence' },
      { name: 'm', output: 'last' },
      { type: 'dense' },
    ]);
  });
});

describe('names that are listed', () => {
  it('are six at most, the likeliest first', () => {
    const { message } = told(withRest('zzzzzz: 1'));
    expect(message.match(/`/g)!.length / 2).toBeLessThanOrEqual(7);
    expect(told(withLayer('type: dense, units: 1, my_initializer_of_all: ones')).message).toMatch(
      /known are `(kernel|bias)_initializer`, `(kernel|bias)_initializer`/,
    );
  });
  it('say which one is given already', () => {
    expect(told(withLayer('type: dense, units: 3, unit: 4')).message).toBe(
      'Unknown key `unit` in a dense layer; `units` is given already, so remove it.',
    );
  });
});
