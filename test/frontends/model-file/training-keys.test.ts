/**
 * `trainable` and `learning_rate_multiplier`: where they stand, what they come to inside other layers, and what is told
 * of them.
 */
import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../../src/frontends/model-file/assist/completion';
import { hoverAt } from '../../../src/frontends/model-file/assist/hover';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { branchesOf } from '../../../src/model/inner-layers';
import type { LayerSpec } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { modelFileSchema } from '../../../src/frontends/model-file/schema';
import { model, problems, withLayer, withLayers } from './compile-text';

const everyLayer = (layers: readonly LayerSpec[]): readonly LayerSpec[] =>
  layers.flatMap(layer => [layer, ...everyLayer(branchesOf(layer).flat())]);
const trainingOf = (text: string): Readonly<Record<string, readonly [trainable: boolean, multiplier: number]>> =>
  Object.fromEntries(
    everyLayer(compileModel(parseModelFile(text, 'yaml')).model!.layers).map(
      ({ path, trainable, learningRateMultiplier }) => [path, [trainable, learningRateMultiplier] as const],
    ),
  );

describe('the keys', () => {
  it('hold for all inside a layer, where multipliers multiply and nothing is trained that is frozen around', () => {
    expect(
      trainingOf(
        withLayers(`
  - type: residual
    name: block
    learning_rate_multiplier: 0.5
    layers:
      - { name: up, type: dense, units: 4, lr_mult: 4 }
      - { name: down, type: dense, units: 4, trainable: false }
  - { name: kept, type: residual, trainable: false, layers: [{ name: in, type: dense, units: 4, trainable: true }] }
  - { name: answer, type: dense, units: 1 }`),
      ),
    ).toEqual({
      block: [true, 0.5],
      'block.up': [true, 2],
      'block.down': [false, 0.5],
      kept: [false, 1],
      'kept.in': [false, 1],
      answer: [true, 1],
    });
    const block = withLayer(
      'name: b, type: transformer-block, heads: 1, learning_rate_multiplier: 3',
      'loss: mse\ndata: teacher',
      '[5, 4]',
    );
    for (const [trainable, multiplier] of Object.values(trainingOf(block)))
      expect([trainable, multiplier]).toEqual([true, 3]);
    expect(Object.keys(trainingOf(block)).length).toBeGreaterThan(6);
  });

  it("of tied weights are their owner's, wherever the other layer stands, its own bias included", () => {
    const text = (keys: string): string =>
      withLayers(
        `
  - { name: letters, type: embedding, units: 4, trainable: false, learning_rate_multiplier: 2 }
  - { name: block, type: residual, lr_mult: 7, layers: [{ type: dense, units: 4 }] }
  - { name: scores, type: dense, units: 9, tied_to: letters${keys} }`,
        '',
        '{ tokens: 9, length: 3 }',
      );
    expect(trainingOf(text(''))).toMatchObject({ letters: [false, 2], scores: [false, 2], 'block.dense1': [true, 7] });
    for (const key of ['trainable', 'lr_mult']) {
      const [told] = problems(text(`, ${key}: ${key === 'trainable' ? 'true' : '2'}`));
      expect(told).toMatchObject({ code: 'tied-key', at: key });
      expect(told.message).toContain('`letters` owns them and decides it');
    }
  });

  it('leave something to train', () => {
    const all = withLayers(
      '  - { type: dense, units: 4, trainable: false }\n  - { type: dense, units: 1, trainable: false }',
    );
    expect(problems(all)).toEqual([
      {
        code: 'nothing-to-train',
        at: 'false',
        message:
          'No layer is left to be trained: `trainable: false` holds for each that has parameters; take it off one of them.',
      },
    ]);
    const inside = withLayers('  - { type: residual, trainable: false, layers: [{ type: dense, units: 4 }] }');
    expect(problems(inside)).toMatchObject([{ code: 'nothing-to-train', at: 'false' }]);
    expect(problems(inside.replace('}] }', '}], activation: prelu }'))).toMatchObject([{ code: 'nothing-to-train' }]);
    expect(problems(all.replace('1, trainable: false', '1'))).toEqual([]);
  });

  it('are refused with lbfgs, which has one rate', () => {
    const text = withLayer('type: dense, units: 1, learning_rate_multiplier: 0.5', 'optimizer: lbfgs');
    expect(problems(text)).toMatchObject([{ code: 'one-rate', at: '0.5' }]);
    expect(problems(text.replace('0.5', '1'))).toEqual([]);
  });

  it('warn that a batch-norm that is not trained normalizes nothing', () => {
    const told = problems(
      withLayers('  - { name: norm, type: batch-norm, trainable: false }\n  - { type: dense, units: 1 }'),
    );
    expect(told).toMatchObject([{ code: 'frozen-batch-norm', at: 'false' }]);
    expect(told[0].message).toContain('works by its running statistics');
  });

  it.each([
    ['type: dense, units: 1, learning_rate_multiplier: 0', '0', 'must be a number above 0'],
    ['type: dense, units: 1, trainable: no way', 'no way', 'must be `true` or `false`'],
    ['type: dense, units: 1, frozen: maybe', 'frozen', 'did you mean `trainable`?'],
    ['type: flatten, trainable: false', 'trainable', 'a flatten layer has none'],
  ])('tell what is wrong with { %s }', (layer, at, message) => {
    expect(problems(withLayer(layer))).toEqual([
      expect.objectContaining({ at, message: expect.stringContaining(message) }),
    ]);
  });

  it('have defaults that change nothing', () => {
    expect(model(withLayer('type: dense, units: 1')).layers[0]).toMatchObject({
      trainable: true,
      learningRateMultiplier: 1,
    });
  });
});

describe('the editor', () => {
  const text = withLayers(
    '  - { name: block, type: residual, lr_mult: 0.5, layers: [{ name: up, type: dense, units: 4, trainable: false }] }\n' +
      '  - { name: answer, type: dense, units: 1 }',
  );

  it('completes them in a layer with parameters, and gradient_accumulation in the model', () => {
    const labels = (marked: string): readonly string[] =>
      completionsAt(parseModelFile(marked.replace('|', ''), 'yaml'), marked.indexOf('|')).map(({ label }) => label);
    expect(labels('input: 4\nlayers:\n  - type: lstm\n    |\n')).toEqual(
      expect.arrayContaining(['trainable', 'learning_rate_multiplier']),
    );
    expect(labels('input: 4\nlayers:\n  - type: flatten\n    |\n')).not.toContain('trainable');
    expect(labels(`${text}\n|`)).toContain('gradient_accumulation');
  });

  it('explains them, and says of a layer what they come to', () => {
    const hover = (at: string): string => hoverAt(parseModelFile(text, 'yaml'), text.indexOf(at) + 1)!.markdown;
    expect(hover('trainable')).toContain('as in Keras');
    expect(hover('lr_mult')).toContain('schedule applied');
    expect(hover('up')).toContain('not trained');
    expect(hover('block')).toContain('learning rate × 0.5');
  });

  it('has them in its schema', () => {
    const schema = JSON.stringify(modelFileSchema());
    for (const key of ['trainable', 'learning_rate_multiplier', 'gradient_accumulation'])
      expect(schema).toContain(`"${key}"`);
  });
});
