import { describe, expect, it } from 'vitest';
import { proposeFixes } from '../../src/fixes/propose';
import { compile, cure, finding, madeRun, type MadeStep } from './context';

const steps: MadeStep[] = Array.from({ length: 12 }, () => ({ norm: 1 }));
const file = (...layers: string[]): string =>
  `input: [8]\nlayers:\n${layers.map(layer => `  - ${layer}\n`).join('')}loss: mse\n`;
const fit = (layer: string) => ({ fixes: ['fitting-initializer'], layer }) as const;

describe('fitting-initializer', () => {
  it('replaces the same bad initializer wherever it is', () => {
    const bad =
      '{ type: dense, name: a, units: 8, activation: relu, kernel_initializer: { type: normal, std: 2 } } # one';
    const { fix, text } = cure(
      file(bad, bad.replace('a,', 'b,'), '{ type: dense, units: 1 }'),
      'yaml',
      fit('a'),
      steps,
    );
    expect(fix?.title).toBe('Initialize a and 1 more with he-normal');
    const good = bad.replace('{ type: normal, std: 2 }', 'he-normal');
    expect(text).toBe(file(good, good.replace('a,', 'b,'), '{ type: dense, units: 1 }'));
  });

  it('adds it where relu layers have the default', () => {
    const block = 'type: dense\n    name: a\n    units: 8\n    activation: relu';
    const { text } = cure(file(block, '{ type: dense, units: 1 }'), 'yaml', fit('a'), steps);
    expect(text).toBe(file(`${block}\n    kernel_initializer: he-normal`, '{ type: dense, units: 1 }'));
  });

  it('removes the key where the default fits', () => {
    const bad = file(
      '{ type: dense, name: a, units: 8, activation: tanh, kernel_initializer: { type: normal, std: 2 } }',
    );
    const { text, fix } = cure(bad, 'yaml', fit('a'), steps);
    expect(fix?.title).toBe('Initialize a with glorot-uniform');
    expect(text).toBe(file('{ type: dense, name: a, units: 8, activation: tanh }'));
    const block =
      'type: dense\n    kernel_initializer:\n      type: normal\n      std: 2\n    name: a\n    units: 8\n    activation: tanh';
    expect(cure(file(block), 'yaml', fit('a'), steps).text).toBe(
      file('type: dense\n    name: a\n    units: 8\n    activation: tanh'),
    );
  });

  it('gives all that have the same bad one what fits each', () => {
    const layer = (rest: string): string => `{ ${rest}, kernel_initializer: { type: normal, std: 0.6 } }`;
    const text = (one: (rest: string) => string, other = one): string =>
      'input: { tokens: 8, length: 6 }\nlayers:\n' +
      '  - { type: embedding, name: embed, units: 8, kernel_initializer: { type: normal, std: 0.6 } }\n' +
      `  - ${one('type: attention, name: heads, heads: 2')}\n  - ${other('type: dense, name: wide, units: 16, activation: relu')}\n` +
      `  - ${one('type: dense, units: 8')}\nloss: cross-entropy\ndata: copy-memory\n`;
    const { fix, text: cured } = cure(text(layer), 'yaml', fit('heads'), steps);
    expect(fix?.title).toBe('Initialize heads and 2 more with glorot-uniform or he-normal');
    expect(cured).toBe(
      text(
        rest => `{ ${rest} }`,
        rest => `{ ${rest}, kernel_initializer: he-normal }`,
      ),
    );
  });

  it('starts token vectors of more than deviation 1 as small as usual', () => {
    const text = (rest: string): string =>
      'input: { tokens: 8, length: 6 }\nlayers:\n' +
      `  - { type: embedding, name: embed, units: 8${rest} }\n` +
      '  - { type: dense, units: 8 }\nloss: cross-entropy\ndata: copy-memory\n';
    const { fix, text: cured } = cure(
      text(', kernel_initializer: { type: normal, std: 30 }'),
      'yaml',
      fit('embed'),
      steps,
    );
    expect(fix?.title).toBe('Start the embedding vectors of embed small');
    expect(cured).toBe(text(''));
    expect(
      cure(text(', kernel_initializer: { type: normal, std: 1 }'), 'yaml', fit('embed'), steps).fix,
    ).toBeUndefined();
  });

  it('edits a shared initializer once', () => {
    const text = file(
      '{ type: dense, name: a, units: 8, activation: tanh, kernel_initializer: &init { type: normal, std: 2 } }',
      '{ type: dense, name: b, units: 8, activation: tanh, kernel_initializer: *init }',
    );
    const result = cure(text, 'yaml', fit('b'), steps);
    expect(result.fix?.edits).toHaveLength(1);
    expect(result.text).toBe(text.replace('{ type: normal, std: 2 }', 'glorot-uniform'));
  });

  it('gives users of a shared initializer each their own', () => {
    const text = file(
      '{ type: dense, name: a, units: 8, activation: relu, kernel_initializer: &init { type: normal, std: 2 } }',
      '{ type: dense, name: b, units: 8, activation: tanh, kernel_initializer: *init }',
    );
    expect(cure(text, 'yaml', fit('b'), steps).text).toBe(
      text.replace('&init { type: normal, std: 2 }', 'he-normal').replace('*init', '&init glorot-uniform'),
    );
  });

  it('looks past normalization for the activation, and from an activation back to the weights', () => {
    const layers = [
      '{ type: dense, name: a, units: 32 }',
      '{ type: batch-norm }',
      '{ type: activation, name: act, activation: selu }',
      '{ type: dense, units: 1 }',
    ];
    const after = layers.with(0, '{ type: dense, name: a, units: 32, kernel_initializer: lecun-normal }');
    expect(cure(file(...layers), 'yaml', fit('a'), steps).text).toBe(file(...after));
    expect(cure(file(...layers), 'yaml', fit('act'), steps).text).toBe(file(...after));
  });

  it('finds layers inside residuals and works in JSON', () => {
    const inner = '{ "type": "dense", "name": "a", "units": 8, "activation": "elu" }';
    const text = `{ "input": [8], "layers": [{ "type": "residual", "name": "r", "layers": [${inner}] }] }`;
    expect(cure(text, 'json', fit('r.a'), steps).text).toBe(
      text.replace('"elu"', '"elu", "kernel_initializer": "he-normal"'),
    );
  });

  const alike = ['he-uniform', '{ type: normal, std: 0.5 }', '{ type: variance-scaling, scale: 2 }'];
  it.each(alike)('is not offered where %s fits', initializer => {
    const text = file(`{ type: dense, name: a, units: 8, activation: relu, kernel_initializer: ${initializer} }`);
    expect(cure(text, 'yaml', fit('a'), steps).fix).toBeUndefined();
  });
});

describe('orthogonal-recurrent-initializer', () => {
  const orthogonal = { fixes: ['orthogonal-recurrent-initializer'], layer: 'memory' } as const;
  const sequence = (layer: string): string => `input: [10, 8]\nlayers:\n  - ${layer}\n`;

  it.each([
    [
      '{ name: memory, type: rnn, units: 4, recurrent_initializer: { type: normal, std: 0.4 } } # m',
      '{ name: memory, type: rnn, units: 4, recurrent_initializer: orthogonal } # m',
    ],
    [
      'name: memory\n    type: rnn\n    units: 4\n    recurrent_initializer:\n      type: normal\n      std: 0.4',
      'name: memory\n    type: rnn\n    units: 4\n    recurrent_initializer: orthogonal',
    ],
    [
      '{ name: memory, type: rnn, units: 4, recurrent_initializer: he-normal }',
      '{ name: memory, type: rnn, units: 4, recurrent_initializer: orthogonal }',
    ],
  ])('is stated in place of another: %j', (before, after) => {
    const { fix, text } = cure(sequence(before), 'yaml', orthogonal, steps);
    expect(fix?.title).toBe('Start the recurrent weights of memory orthogonal');
    expect(text).toBe(sequence(after));
  });

  it('is not offered where it is so by default', () => {
    expect(cure(sequence('{ name: memory, type: rnn, units: 4 }'), 'yaml', orthogonal, steps).fix).toBeUndefined();
  });
});

describe('leaky-relu-activation', () => {
  const leaky = { fixes: ['leaky-relu-activation'], layer: 'a', rule: 'dead-relu' } as const;
  const text = file(
    '{ type: dense, name: a, units: 8, activation: relu }',
    '{ type: dense, name: b, units: 8, activation: relu }',
    '{ type: dense, name: c, units: 8, activation: relu }',
  );

  it('changes the layer and those as dead', () => {
    const { fix, text: cured } = cure(
      text,
      'yaml',
      leaky,
      steps.map(step => ({ ...step, deadShare: [0.9, 0.6, 0.2] })),
    );
    expect(fix?.title).toBe('Use leaky-relu in a and 1 more');
    expect(cured).toBe(
      file(
        '{ type: dense, name: a, units: 8, activation: leaky-relu }',
        '{ type: dense, name: b, units: 8, activation: leaky-relu }',
        '{ type: dense, name: c, units: 8, activation: relu }',
      ),
    );
  });

  it('changes an activation layer of its own', () => {
    const apart = file('{ type: dense, name: a, units: 8 }', '{ type: activation, activation: relu }');
    expect(cure(apart, 'yaml', leaky, steps).text).toBe(apart.replace('relu }', 'leaky-relu }'));
  });
});

describe('relu-activation', () => {
  const relu = { fixes: ['relu-activation'], layer: 'b', rule: 'vanishing-gradient' } as const;

  it('changes the whole stack but the answer, with fitting weights', () => {
    const layers = [
      '{ type: dense, name: a, units: 8, activation: sigmoid }',
      'type: dense # block\n    name: b\n    units: 8\n    activation: sigmoid # s',
      '{ type: dense, name: c, units: 8, activation: sigmoid, kernel_initializer: he-uniform }',
      '{ type: dense, name: d, units: 1, activation: sigmoid }',
    ];
    const { fix, text } = cure(file(...layers), 'yaml', relu, steps);
    expect(fix?.title).toBe('Use relu instead of sigmoid in 3 layers');
    expect(text).toBe(
      file(
        '{ type: dense, name: a, units: 8, activation: relu, kernel_initializer: he-normal }',
        'type: dense # block\n    name: b\n    units: 8\n    activation: relu # s\n    kernel_initializer: he-normal',
        '{ type: dense, name: c, units: 8, activation: relu, kernel_initializer: he-uniform }',
        layers[3],
      ),
    );
  });

  it('brings down a rate that made up for vanished gradients', () => {
    const layers = ['{ type: dense, name: b, units: 8, activation: sigmoid }', '{ type: dense, units: 1 }'];
    const { fix, text } = cure(
      `${file(...layers)}optimizer: { type: sgd, learning_rate: 0.5, momentum: 0.9 }\n`,
      'yaml',
      relu,
      steps,
    );
    expect(fix?.title).toBe('Use relu instead of sigmoid in b, at learning rate 0.01');
    expect(text).toContain('learning_rate: 0.01, momentum');
    expect(text).toContain('activation: relu, kernel_initializer: he-normal }');
  });

  it.each([
    ['lion, learning_rate: 0.01', ', at learning rate 0.001'],
    ['adadelta', ''],
    ['adadelta, learning_rate: 30', ', at learning rate 1'],
    ['radam, learning_rate: 0.1', ', at learning rate 0.01'],
    ['shampoo, learning_rate: 1', ', at learning rate 0.1'],
    ['lbfgs, learning_rate: 3', ', at learning rate 1'],
    ['muon, learning_rate: 0.3', ', at learning rate 0.05'],
    ['muon, learning_rate: 0.3, adjust_lr_fn: match_rms_adamw', ', at learning rate 0.01'],
  ])('to what is ordinary of %s', (optimizer, title) => {
    const layers = ['{ type: dense, name: b, units: 8, activation: sigmoid }', '{ type: dense, units: 1 }'];
    const { fix } = cure(`${file(...layers)}optimizer: { type: ${optimizer} }\n`, 'yaml', relu, steps);
    expect(fix?.title).toBe(`Use relu instead of sigmoid in b${title}`);
  });

  it('works on layers that share one definition', () => {
    const text =
      'x-hidden: &hidden { type: dense, units: 8, activation: sigmoid }\n' +
      'input: [8]\nlayers:\n  - *hidden\n  - *hidden\n  - { type: dense, units: 1 }\n';
    expect(cure(text, 'yaml', { ...relu, layer: 'dense1' }, steps).text).toBe(
      text.replace('sigmoid }', 'relu, kernel_initializer: he-normal }'),
    );
  });

  it('leaves the answer and recurrent layers alone', () => {
    expect(
      cure(file('{ type: dense, name: b, units: 1, activation: sigmoid }'), 'yaml', relu, steps).fix,
    ).toBeUndefined();
  });
});

describe('standardize-input', () => {
  const standardize = { fixes: ['standardize-input'] } as const;
  const data = (value: string): string => `${file('{ type: dense, units: 1 }')}data: ${value}\n`;

  it('asks for standardized columns of a csv', () => {
    expect(cure(data('{ type: csv, path: a.csv, target: y }'), 'yaml', standardize, steps).text).toBe(
      data('{ type: csv, path: a.csv, target: y, standardize: true }'),
    );
    expect(
      cure(data('{ type: csv, path: a.csv, target: y, standardize: false }'), 'yaml', standardize, steps).text,
    ).toBe(data('{ type: csv, path: a.csv, target: y, standardize: true }'));
    expect(
      cure(data('{ type: csv, path: a.csv, target: y, standardize: true }'), 'yaml', standardize, steps).fix,
    ).toBeUndefined();
  });

  it('takes the scale of a generated task away', () => {
    expect(cure(data('{ type: teacher, scale: 100 } # raw'), 'yaml', standardize, steps).text).toBe(
      data('{ type: teacher, scale: 1 } # raw'),
    );
    expect(cure(data('teacher'), 'yaml', standardize, steps).fix).toBeUndefined();
  });
});

describe('proposals', () => {
  it('come with those that undo the cause first, and none preferred', () => {
    const text = file(
      '{ type: dense, name: a, units: 8, activation: relu, kernel_initializer: he-normal }',
      '{ type: dense, units: 1 }',
    );
    const { fix } = cure(text, 'yaml', { fixes: ['fitting-initializer', 'clip-by-norm'], layer: 'a' }, steps);
    expect(fix).toMatchObject({ id: 'clip-by-norm', preferred: false });
    expect(fix?.causal).toBeUndefined();
    const { model } = compile(text);
    const proposed = proposeFixes({
      model,
      history: madeRun(model, steps),
      finding: finding({ fixes: ['clip-by-norm', 'lower-learning-rate'], causal: ['lower-learning-rate'] }),
    });
    expect(proposed.map(({ id, causal, preferred }) => [id, causal, preferred])).toEqual([
      ['lower-learning-rate', true, false],
      ['clip-by-norm', undefined, false],
    ]);
  });
});
