import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { applyEdits } from '../../../src/frontends/model-file/edit';
import { ownNamesEdits } from '../../../src/frontends/model-file/own-names';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { meaningOf } from '../../../src/model/same-model';
import { model, problems, withLayer, withLayers } from './compile-text';

const SIGMOID = 'type: dense, units: 1, activation: sigmoid';
const SOFTMAX = 'type: dense, units: 3, activation: softmax';

describe('from_logits', () => {
  it.each([
    [
      SIGMOID,
      'loss: { type: binary-cross-entropy, from_logits: false }',
      'type: dense, units: 1',
      'loss: binary-cross-entropy',
    ],
    [
      SOFTMAX,
      'loss: { type: cross-entropy, from_logits: false, label_smoothing: 0.1 }',
      'type: dense, units: 3',
      'loss: { type: cross-entropy, label_smoothing: 0.1 }',
    ],
    [SIGMOID, 'loss: binary_crossentropy', 'type: dense, units: 1', 'loss: binary-cross-entropy'],
    [SIGMOID, 'loss: BCELoss', 'type: dense, units: 1', 'loss: binary-cross-entropy'],
    [SOFTMAX, 'loss: { type: SparseCategoricalCrossentropy }', 'type: dense, units: 3', 'loss: cross-entropy'],
    [
      'type: dense, units: 3',
      'loss: { type: CategoricalCrossentropy, from_logits: true }',
      'type: dense, units: 3',
      'loss: cross-entropy',
    ],
  ])('{ %s } with %s trains as { %s } with %s', (layer, loss, plainLayer, plainLoss) => {
    expect(meaningOf(model(withLayer(layer, loss)))).toBe(meaningOf(model(withLayer(plainLayer, plainLoss))));
  });
  it('folds an activation that is a layer of its own', () => {
    const text = withLayers('  - { type: dense, units: 1 }\n  - { type: Sigmoid }', 'loss: bce');
    expect(model(text).layers).toMatchObject([{ type: 'dense' }, { type: 'activation', activation: 'identity' }]);
  });
  it('keeps raw scores by default, and where it is true', () => {
    for (const loss of ['loss: binary-cross-entropy', 'loss: { type: binary_crossentropy, from_logits: true }']) {
      expect(model(withLayer(SIGMOID, loss)).layers).toMatchObject([{ activation: 'sigmoid' }]);
    }
  });
  it('asks for probabilities where the output gives none', () => {
    const told = problems(
      withLayer('type: dense, units: 1', 'loss: { type: binary-cross-entropy, from_logits: false }'),
    );
    expect(told).toMatchObject([{ code: 'loss-mismatch', at: 'false' }]);
    expect(told[0].message).toContain('has no sigmoid; add `activation: sigmoid` to it, or remove `from_logits`.');
  });
  it('warns of a loss that takes probabilities in its library, where it gets raw scores', () => {
    const text = withLayer('type: dense, units: 1', 'loss: bce');
    expect(compileModel(parseModelFile(text, 'yaml'))).toMatchObject({
      model: {},
      problems: [{ code: 'raw-scores', severity: 'warning' }],
    });
  });
  it('stays said when the names are replaced by ours', () => {
    const replaced = (text: string): string => {
      const document = parseModelFile(text, 'yaml');
      return applyEdits(text, ownNamesEdits(document, []));
    };
    for (const text of [
      withLayer(SIGMOID, 'loss: bce'),
      withLayer(SIGMOID, 'loss:\n  type: BCELoss\n  pos_weight: 2'),
    ]) {
      expect(replaced(text)).toContain('from_logits: false');
      expect(meaningOf(model(replaced(text)))).toBe(meaningOf(model(text)));
    }
    expect(replaced(withLayer('type: dense, units: 1', 'loss: bce'))).toContain('loss: binary-cross-entropy\n'.trim());
  });
  it('belongs to losses that have an activation of their own', () => {
    expect(problems(withLayer(SIGMOID, 'loss: { type: mse, from_logits: false }'))).toMatchObject([
      { code: 'misplaced-key' },
    ]);
  });
});
