import { describe, expect, it } from 'vitest';
import { completionsAt, type Completion } from '../../../src/frontends/model-file/assist/completion';
import { ACTIVATIONS } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';

/** Completions at the `|` of the text. */
function at(marked: string): Completion[] {
  const offset = marked.indexOf('|');
  return completionsAt(parseModelFile(marked.slice(0, offset) + marked.slice(offset + 1), 'yaml'), offset);
}
const labels = (marked: string): string[] => at(marked).map(({ label }) => label);
/** The text after the completion with that label was chosen, snippets with their examples filled in. */
function chosen(marked: string, label: string): string {
  const text = marked.replace('|', '');
  const completion = at(marked).find(candidate => candidate.label === label);
  if (!completion) {
    return `no completion "${label}" among ${labels(marked).join(', ')}`;
  }
  const { insertText, kind } = completion;
  const inserted = kind === 'snippet' ? insertText.replace(/\$\{\d+:(.*?)\}|\$0/g, '$1') : insertText;
  return text.slice(0, completion.range.start) + inserted + text.slice(completion.range.end);
}

const LAYER_LABELS = ['dense layer', 'rnn layer', 'lstm layer', 'gru layer', 'residual layer'];

describe('keys', () => {
  it('of the model in an empty file, whole models first', () => {
    expect(labels('|').slice(0, 3)).toEqual(['classifier', 'sequence model', 'model of a CSV file']);
    expect(labels('|')).toEqual(expect.arrayContaining(['input', 'layers', 'optimizer', 'clip', 'batch_size']));
    expect(labels('# a comment\n|')).toContain('layers');
    expect(labels('inp|')).toContain('input');
  });
  it('of the model that are not there yet', () => {
    const found = labels('input: 4\nloss: mse\n|\nlayers:\n  - { type: dense, units: 1 }\n');
    expect(found).toContain('optimizer');
    expect(found).not.toContain('input');
    expect(found).not.toContain('layers');
    expect(found).not.toContain('classifier');
  });
  it('of a layer on a new line of its block', () => {
    const found = labels('input: 4\nlayers:\n  - type: dense\n    act|\n');
    expect(found).toContain('activation');
    expect(found[0]).toBe('units');
    expect(found).not.toContain('type');
    expect(found).not.toContain('forget_bias');
    expect(chosen('layers:\n  - type: dense\n    act|\n', 'activation')).toBe(
      'layers:\n  - type: dense\n    activation: \n',
    );
  });
  it('whatever ends the lines', () => {
    expect(labels('input: 4\r\nlayers:\r\n  - type: dense\r\n    |\r\nloss: mse\r\n')).toContain('units');
    expect(labels('layers:\r\n  - |\r\nloss: mse\r\n')).toContain('dense layer');
  });
  it('of a layer on an empty, indented line', () => {
    expect(labels('layers:\n  - type: lstm\n    units: 3\n    |\n  - type: dense\n')).toContain('forget_bias');
    expect(labels('layers:\n  - type: lstm\n    units: 3\n    |')).not.toContain('units');
  });
  it('inside braces, open or closed', () => {
    for (const text of [
      'layers:\n  - { type: dense, | }\n',
      'layers:\n  - { type: dense, |',
      'layers:\n  - { type: dense, ' + 'ac|\n  - { type: dense }\nloss: mse\n',
    ]) {
      expect(labels(text), text).toContain('activation');
      expect(labels(text), text).not.toContain('type');
    }
    expect(labels('layers: [{ type: gru, units: 3, | }]')).toContain('recurrent_initializer');
  });
  it('with a comma where another entry follows', () => {
    expect(chosen('layers:\n  - { | type: dense }', 'name')).toBe('layers:\n  - { name: ,  type: dense }');
    expect(chosen('layers:\n  - { type: dense, | }', 'units')).toBe('layers:\n  - { type: dense, units:  }');
  });
  it('of a mapping whose type is not written yet: the type first', () => {
    expect(labels('optimizer: { | }')[0]).toBe('type');
    expect(labels('layers:\n  - { | }')[0]).toBe('type');
    expect(labels('optimizer:\n  |\n')).toContain('type');
    expect(labels('optimizer:\n  |\n')).toContain('learning_rate');
  });
  it('of optimizer, clipping, data, initializer and regularization', () => {
    expect(labels('optimizer:\n  type: sgd\n  mom|')).toContain('momentum');
    expect(labels('optimizer: { type: adam, | }')).toEqual([
      'learning_rate',
      'betas',
      'epsilon',
      'weight_decay',
      'amsgrad',
    ]);
    expect(labels('clip: { type: norm, | }')).toEqual(['max']);
    expect(labels('data: { type: csv, path: a.csv, | }')).toEqual([
      'target',
      'columns',
      'drop',
      'missing',
      'rows',
      'standardize',
      'rescale',
      'standardize_target',
    ]);
    expect(labels('regularization: { l1: 0, | }')).toEqual(['l2']);
    expect(labels('input: { tokens: 3, | }')).toEqual(['length']);
    expect(labels('layers: [{ type: dense, kernel_initializer: { type: normal, | } }]')).toEqual(['mean', 'std']);
  });
  it('replace a whole key that has its colon already', () => {
    expect(chosen('layers:\n  - type: dense\n    un|it: 3\n', 'units')).toBe(
      'layers:\n  - type: dense\n    units: 3\n',
    );
    expect(chosen('layers: [{ type: dense, un|it: 3 }]', 'units')).toBe('layers: [{ type: dense, units: 3 }]');
  });
  it('do not come again under another spelling', () => {
    expect(labels('optimizer: { type: adam, lr: 0.1, | }')).not.toContain('learning_rate');
  });
  it('within residuals', () => {
    const text = 'layers:\n  - type: residual\n    layers:\n      - { type: dense, units: 3, | }\n';
    expect(labels(text)).toContain('kernel_initializer');
    expect(labels('layers:\n  - type: residual\n    |\n')).toEqual(
      expect.arrayContaining(['layers', 'shortcut', 'activation']),
    );
  });
});

describe('values', () => {
  it('of `type` in a layer', () => {
    for (const text of [
      'layers:\n  - type: |\n',
      'layers:\n  - type: de|\n',
      'layers:\n  - { type: | }\n',
      'layers:\n  - { type: |',
      'layers:\n  - { type: |\n  - { type: dense }\nloss: mse\n',
      'layers:\n  - type:|',
    ]) {
      expect(labels(text), text).toEqual(expect.arrayContaining(['dense', 'rnn', 'lstm', 'batch-norm', 'residual']));
    }
  });
  it('replace the whole word', () => {
    expect(chosen('layers:\n  - type: ba|tch-n\n', 'batch-norm')).toBe('layers:\n  - type: batch-norm\n');
    expect(chosen('layers:\n  - type: batch-|\n', 'batch-norm')).toBe('layers:\n  - type: batch-norm\n');
    expect(chosen('loss:|\n', 'mse')).toBe('loss: mse\n');
    expect(chosen('loss: "m|"\n', 'mse')).toBe('loss: "mse"\n');
  });
  it('of an activation, each explained', () => {
    const found = at('layers:\n  - { type: dense, activation: | }');
    expect(found).toHaveLength(ACTIVATIONS.length);
    expect(found.every(({ documentation }) => documentation.length > 20)).toBe(true);
    expect(found.find(({ label }) => label === 'identity')!.detail).toBe('default');
  });
  it('of an initializer: names, then mappings with parameters', () => {
    const text = 'layers:\n  - type: rnn\n    recurrent_initializer: |\n';
    expect(labels(text)).toEqual(expect.arrayContaining(['orthogonal', 'identity', 'normal { … }']));
    expect(chosen(text, 'normal { … }')).toContain('recurrent_initializer: { type: normal, std: 0.05 }\n');
    expect(labels(text)).not.toContain('constant');
  });
  it('of optimizer, loss, clip, schedule and data', () => {
    expect(labels('optimizer: |')).toEqual(expect.arrayContaining(['adam', 'sgd', 'sgd { … }']));
    expect(chosen('optimizer: |', 'sgd { … }')).toBe('optimizer: { type: sgd, learning_rate: 0.01, momentum: 0.9 }');
    expect(labels('loss: |')).toContain('cross-entropy');
    expect(labels('clip: |')).toContain('none');
    expect(labels('clip: |')).not.toContain('norm');
    expect(chosen('clip: |', 'norm { … }')).toBe('clip: { type: norm, max: 1.0 }');
    expect(labels('clip: { type: | }')).toEqual([
      'none',
      'norm',
      'per-parameter-norm',
      'value',
      'adaptive',
      'auto-clip',
      'z-clip',
    ]);
    expect(labels('schedule:\n  type: |\n')).toContain('cosine');
    expect(chosen('data: |', 'csv { … }')).toBe('data: { type: csv, path: data.csv, target: target }');
  });
  it('of truths and numbers', () => {
    expect(labels('layers:\n  - { type: gru, bidirectional: | }')).toEqual(['true', 'false']);
    expect(at('steps: |')).toMatchObject([{ label: '300', detail: 'default' }]);
    expect(labels('optimizer: { type: adam, betas: | }')).toEqual(['[0.9, 0.999]']);
  });
  it('of the input', () => expect(chosen('input: |', '[time, features]')).toBe('input: [100, 2]'));
  it("of a mapping's own `type` only in its place", () => expect(labels('name: |')).toEqual(['My model']));
});

describe('layers', () => {
  it('as list items, also where nothing is written yet', () => {
    for (const text of [
      'layers:\n  - |',
      'layers:\n  - { type: dense }\n  - |\n',
      'layers:\n  - |\nloss: mse\n',
      'layers: [|]',
      'layers: [ { type: dense }, |',
      'layers:\n  |\n',
      'layers:\n  - { type: dense, units: 1 }\n  |\nloss: mse\n',
      'layers: |',
    ]) {
      expect(labels(text), text).toEqual(expect.arrayContaining(LAYER_LABELS));
    }
  });
  it('are written as the layers beside them are', () => {
    expect(chosen('layers:\n  - |', 'dense layer')).toBe('layers:\n  - { type: dense, units: 64, activation: relu }');
    expect(chosen('layers:\n  - type: dense\n    units: 3\n  - |', 'lstm layer')).toBe(
      'layers:\n  - type: dense\n    units: ' + '3\n  - type: lstm\n  units: 64',
    );
    expect(chosen('layers:\n  - { type: dense, units: 1 }\n  |', 'rnn layer')).toBe(
      'layers:\n  - { type: dense, units: 1 }\n  ' + '- { type: rnn, units: 64 }',
    );
    expect(chosen('layers:\n  |', 'rnn layer')).toBe('layers:\n  - { type: rnn, units: 64 }');
  });
  it('or the keys of a block', () => expect(labels('layers:\n  - |')).toContain('type'));
  it('inside a residual', () =>
    expect(labels('layers:\n  - type: residual\n    layers:\n      - |\n')).toContain('dense layer'));
});

describe('nothing', () => {
  it.each([
    '# a com|ment\n',
    'name: my mo|del\n',
    'loss: mse # wh|y\n',
    'loss: mse\n  |\n',
    'nonsense: |\n',
    'x-base: { | }\n',
  ])('at %j', text => expect(labels(text)).toEqual([]));
  it('in JSON, which the editor completes from the schema', () =>
    expect(completionsAt(parseModelFile('{}', 'json'), 1)).toEqual([]));
});

it('offers what compiles: every layer snippet, alone after a fitting input', () => {
  for (const { insertText } of at('layers:\n  - |').filter(({ kind }) => kind === 'snippet')) {
    const layer = insertText.replace(/\$\{\d+:(.*?)\}/g, '$1');
    expect(parseModelFile(`layers:\n  - ${layer}\n`, 'yaml').problems, layer).toEqual([]);
  }
});
