import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../../src/frontends/model-file/assist/completion';
import { hoverAt } from '../../../src/frontends/model-file/assist/hover';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { model, problems, withLayers } from './compile-text';

const layers = (...lines: string[]): string => withLayers(lines.map(line => `  - { ${line} }`).join('\n'));
const A = 'name: a, type: dense, units: 4';
const B = 'name: b, type: dense, units: 3';

describe('inputs', () => {
  it('are the layer before unless a layer says otherwise', () => {
    const spec = model(`input: 4
layers:
  - { name: a, type: dense, units: 4 }
  - name: block
    type: residual
    layers:
      - { name: up, type: dense, units: 6 }
      - { name: down, type: dense, units: 4, inputs: a }
      - { name: sum, type: concatenate, inputs: [up, down, input, a], activation: relu }
    shortcut: [{ name: wide, type: dense, units: 18 }, { name: side, type: dense, units: 18, inputs: [up] },
      { name: both, type: add, inputs: [wide, side] }]
  - { name: peek, type: dense, units: 18, inputs: [block.up] }
  - { name: end, type: add, inputs: [block, peek, block.shortcut.both] }
`);
    const block = spec.layers[1] as Extract<(typeof spec.layers)[number], { type: 'residual' }>;
    expect(spec.layers.map(({ inputs }) => inputs)).toEqual([
      [''],
      ['a'],
      ['block.up'],
      ['block', 'peek', 'block.shortcut.both'],
    ]);
    expect(block.layers.map(({ inputs }) => inputs)).toEqual([['a'], ['a'], ['block.up', 'block.down', '', 'a']]);
    expect(block.shortcut.map(({ inputs }) => inputs)).toEqual([
      ['a'],
      ['block.up'],
      ['block.shortcut.wide', 'block.shortcut.side'],
    ]);
    expect(block.layers[2].outputShape).toEqual([18]);
  });

  it.each<[string, string, { code: string; at: string; message: string; suggestion?: string }]>([
    [
      'a misspelled name',
      layers('name: hidden, type: dense, units: 4', 'type: add, inputs: [hiden, input]'),
      {
        code: 'unknown-layer-name',
        at: 'hiden',
        suggestion: 'hidden',
        message: 'No layer before this one is named "hiden"; did you mean `hidden`?',
      },
    ],
    [
      'a later layer',
      layers('type: add, inputs: [a, input]', A),
      {
        code: 'later-layer',
        at: 'a',
        message: '`a` comes later; a layer can read the output of layers before it only.',
      },
    ],
    [
      'itself',
      layers(A, 'name: b, type: add, inputs: [b, a]'),
      {
        code: 'later-layer',
        at: 'b',
        message: '`b` is this layer itself; a layer can read the output of layers before it only.',
      },
    ],
    [
      'what encloses it',
      withLayers('  - { name: r, type: residual, layers: [{ type: dense, units: 4, inputs: [r] }] }'),
      {
        code: 'later-layer',
        at: 'r',
        message: '`r` encloses this layer; a layer can read the output of layers before it only.',
      },
    ],
    [
      'shapes that do not fit',
      layers(A, B, 'name: s, type: add, inputs: [a, b]'),
      {
        code: 'shape-mismatch',
        at: 'add',
        message: '`s` (add) cannot add [4] from `a` (dense) and [3] from `b` (dense); give all its inputs one shape.',
      },
    ],
    [
      'a layer that nobody reads',
      layers(A, 'name: b, type: dense, units: 3, inputs: input'),
      {
        code: 'unread-layer',
        at: 'dense',
        message:
          'No layer reads the output of `a` (dense), so it takes no part in the model; name `a` in the `inputs` of a later ' +
          'layer, or remove it.',
      },
    ],
    [
      'too many',
      layers(A, B, 'name: c, type: dense, units: 2, inputs: [a, b]'),
      {
        code: 'wrong-inputs',
        at: '[a, b]',
        message: '`c` (dense) reads one layer, but `inputs` names 2; join them first, with `add` or `concatenate`.',
      },
    ],
    [
      'too few',
      layers(A, 'name: c, type: add, inputs: [a]'),
      {
        code: 'wrong-inputs',
        at: '[a]',
        message: '`c` (add) joins two or more layers, but `inputs` names one; name another, or remove this layer.',
      },
    ],
    [
      'no name',
      layers(A, 'name: c, type: add, inputs: [a, 3]'),
      {
        code: 'wrong-type',
        at: '[a, 3]',
        message: '`inputs` must be a list of names of earlier layers, such as `[dense1, input]`, but is a list.',
      },
    ],
    [
      'a layer with the name of the input',
      layers('name: input, type: dense, units: 4', 'type: add, inputs: [input, input]'),
      {
        code: 'ambiguous-layer',
        at: 'input',
        message: '`input` is the input of the model, but `input` is a layer too; give that layer another name.',
      },
    ],
    [
      'an axis that is none',
      layers(A, 'name: c, type: concatenate, inputs: [a, input], axis: 2'),
      {
        code: 'shape-mismatch',
        at: 'concatenate',
        message: '`c` (concatenate) has `axis: 2`, but [4] from `a` (dense) has the axes 1 only, the batch being 0.',
      },
    ],
    [
      'a reshape of another size',
      layers('name: r, type: reshape, shape: [3, -1]'),
      {
        code: 'shape-mismatch',
        at: 'reshape',
        message: '`r` (reshape) cannot make [3, -1] of the 4 numbers of [4] from the input.',
      },
    ],
    [
      'an order that leaves an axis out',
      layers('name: p, type: permute, order: [2]'),
      {
        code: 'shape-mismatch',
        at: 'permute',
        message: '`p` (permute) has the order [2], but must name each axis of [4] from the input once: such as [1].',
      },
    ],
  ])('tell of %s', (_, text, expected) => {
    expect(problems(text)[0]).toEqual(expected);
    expect(new Set(problems(text).map(({ message }) => message)).size).toBeLessThanOrEqual(2);
  });

  it('say nothing of names that stand in layers with other problems', () => {
    const found = problems(layers('name: a, type: dense, unit: 4', B, 'type: add, inputs: [a, b]'));
    expect(found.map(({ code }) => code)).toEqual(['unknown-key']);
  });

  it('join channels of maps and features of sequences', () => {
    const at = (input: string, layer: string, more = ''): readonly number[] =>
      model(
        withLayers(
          `  - { name: one, ${layer} }\n  - { name: two, type: concatenate, inputs: [one, one]${more} }\n  - { type: flatten }`,
          '',
          input,
        ),
      ).layers[1].outputShape;
    expect(at('[2, 5, 6]', 'type: conv2d, filters: 3, kernel: 1')).toEqual([6, 5, 6]);
    expect(at('[2, 5]', 'type: conv1d, filters: 3, kernel: 1')).toEqual([6, 5]);
    expect(at('[5, 2]', 'type: dense, units: 3')).toEqual([5, 6]);
    expect(at('[5, 2]', 'type: dense, units: 3', ', axis: 1')).toEqual([10, 3]);
    expect(at('[5, 2]', 'type: permute, order: [2, 1]')).toEqual([4, 5]);
    expect(at('[5, 2]', 'type: dense, units: 3', ', axis: -1')).toEqual([5, 6]);
  });
});

describe('tied_to', () => {
  const TOKENS = (out: string): string =>
    `input: { tokens: 6, length: 3 }\nlayers:\n  - { name: e, type: embedding, units: 4 }\n  - { name: out, type: dense, ${out} }\n`;

  it('takes the values of the owner, whose table a dense layer reads as its weights', () => {
    const spec = model(TOKENS('units: 6, tied_to: e, bias_initializer: ones'));
    expect(spec.layers[1]).toMatchObject({
      tiedTo: { path: 'e', bias: false },
      kernelInitializer: { type: 'uniform', minimum: -0.05, maximum: 0.05 },
      biasInitializer: { type: 'ones' },
    });
  });

  it.each([
    [
      'another shape',
      TOKENS('units: 5, tied_to: e'),
      'tied-mismatch',
      'e',
      '`out` (dense) cannot use the weights of `e` ' + '(embedding): it needs them as [5, 4], but they are [6, 4].',
    ],
    [
      'another type',
      layers('name: a, type: layer-norm', 'name: b, type: dense, units: 4, tied_to: a'),
      'tied-mismatch',
      'a',
      '`b` (dense) cannot use the weights of `a` (layer-norm): it can share those of another dense layer or of an embedding only.',
    ],
    [
      'an initializer',
      layers(A, 'name: b, type: dense, units: 4, tied_to: a, kernel_initializer: zeros'),
      'tied-key',
      'kernel_initializer',
      '`kernel_initializer` cannot stand in a layer with tied weights: `a` owns them and decides it; write ' +
        'it there, or remove it.',
    ],
    [
      'an initializer of a shared bias',
      layers(A, 'name: b, type: dense, units: 4, tied_to: a, bias_initializer: ones'),
      'tied-key',
      'bias_initializer',
      undefined,
    ],
    [
      'a later layer',
      layers('name: b, type: dense, units: 4, tied_to: a', A),
      'later-layer',
      'a',
      '`a` comes later; a layer can use the weights of layers before it only.',
    ],
    [
      'the input',
      layers('name: b, type: dense, units: 4, tied_to: input', A),
      'unknown-layer-name',
      'input',
      undefined,
    ],
  ])('refuses %s', (_, text, code, at, message) => {
    const [found] = problems(text);
    expect(found).toMatchObject({ code, at });
    if (message !== undefined) expect(found.message).toBe(message);
  });
});

describe('in the editor', () => {
  const TEXT = `input: 4
layers:
  - { name: a, type: dense, units: 4 }
  - name: block
    type: residual
    layers:
      - { type: dense, units: 4 }
      - { type: layer-norm, inputs: HERE1 }
  - { type: add, inputs: [HERE2] }
  - { type: add, inputs: HERE3 }
  - { type: dense, units: 4, tied_to: HERE4 }
`;
  const labels = (place: number, text = TEXT): readonly string[] => {
    const clean = text.replace(/HERE(\d)/g, (_, digit) => (Number(digit) === place ? '|' : 'a'));
    const offset = clean.indexOf('|');
    return completionsAt(parseModelFile(clean.replace('|', ''), 'yaml'), offset).map(({ label }) => label);
  };

  it('names of layers that can be read complete, the nearest first', () => {
    expect(labels(1)).toEqual(['dense1', 'a', 'input']);
    expect(labels(2)).toEqual(['block', 'block.layer-norm1', 'block.dense1', 'a', 'input']);
    expect(labels(3)).toEqual(['add1', 'block', 'block.layer-norm1', 'block.dense1', 'a', 'input']);
    expect(labels(4)).toEqual(['block.dense1', 'a']);
  });

  it('a whole layer of every type is proposed with examples that its keys may have', () => {
    const before = 'input: 4\nlayers:\n  - { name: dense1, type: dense, units: 4 }\n  - ';
    const wholes = completionsAt(parseModelFile(before, 'yaml'), before.length).filter(({ label }) =>
      label.endsWith(' layer'),
    );
    expect(wholes.length).toBeGreaterThan(30);
    for (const { insertText } of wholes) {
      const filled = insertText.replace(/\$\{\d+:(.*?)\}/g, '$1');
      expect(filled).not.toContain('$');
      const found = problems(`${before}${filled}`).map(({ code }) => code);
      expect(
        found.filter(code => code !== 'shape-mismatch'),
        filled,
      ).toEqual([]);
    }
    const add = wholes.find(({ label }) => label === 'add layer')!;
    expect(add.insertText).toBe('{ type: add, inputs: ${1:[input, dense1]} }');
  });

  it('a name is explained by the shapes of its layer', () => {
    const text = layers(A, 'name: s, type: add, inputs: [a, input]', 'name: t, type: dense, units: 4, tied_to: a');
    const hover = (word: string, shift: number): string =>
      hoverAt(parseModelFile(text, 'yaml'), text.indexOf(word) + shift)?.markdown ?? '';
    expect(hover('[a, input]', 1)).toMatch(/^`a`: \[4\] → \[4\] · 20 parameters\n\n\*\*inputs\*\*/);
    expect(hover('type: add', 7)).toContain('`s`: [4], [4] → [4]');
    expect(hover('tied_to: a', 9)).toContain('`a`: [4] → [4]');
    expect(hover('name: t', 1)).toContain('`t`: [4] → [4] · weights of `a`');
  });
});
