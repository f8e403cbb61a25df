import { describe, expect, it } from 'vitest';
import { cure, type MadeStep } from './context';

const LAYERS = 'layers:\n  - { type: dense, units: 4 }\n  - { type: dense, units: 2 }\n';
const yaml = (rest: string): string => `input: [3]\n${LAYERS}loss: mse\n${rest}`;
const json = (rest: string): string =>
  '{\n  "input": [3],\n  "layers": [{ "type": "dense", "units": 4 }, { "type": "dense", "units": 2 }],\n' +
  `  "loss": "mse"${rest}\n}\n`;

const calm = (norm: number, count = 20): MadeStep[] =>
  Array.from({ length: count }, (_, index) => ({ norm: norm * (1 + 0.1 * ((index % 3) - 1)) }));
const outbreak: MadeStep[] = [...calm(0.8), { norm: 500 }, { norm: 1e9 }, { norm: Number.NaN, loss: Number.NaN }];
const byNorm = { fixes: ['clip-by-norm'] } as const;
const byValue = { fixes: ['clip-by-value'] } as const;
const SGD = 'optimizer: { type: sgd, learning_rate: 0.001 }\n';

describe('clip-by-norm', () => {
  it('takes the typical norm of the steps before the outbreak', () => {
    const { fix, text } = cure(yaml(`${SGD}steps: 9 # few\n`), 'yaml', byNorm, outbreak);
    expect(fix).toMatchObject({
      id: 'clip-by-norm',
      title: 'Clip gradients to norm 0.8',
      causal: true,
      preferred: false,
    });
    expect(text).toBe(yaml(`${SGD}clip: { type: norm, max: 0.8 }\nsteps: 9 # few\n`));
  });

  it('bounds what a step does to the weights where the run was never calm', () => {
    // 1e-2 / 0.01 * 20 = 20.
    const wild = calm(1e6).map(step => ({ ...step, weightNorm: 20 }));
    const { fix } = cure(yaml('optimizer: { type: sgd, learning_rate: 0.01, momentum: 0.9 }\n'), 'yaml', byNorm, wild);
    expect(fix?.title).toBe('Clip gradients to norm 20');
  });

  it.each(['clip-by-norm', 'clip-by-value', 'clip-per-parameter', 'adaptive-clip'] as const)(
    '%s is not offered where the run was never calm and the limit would be of no ordinary size',
    id => {
      const wild = calm(1.4e6).map(step => ({ ...step, weightNorm: 20 }));
      expect(cure(yaml('optimizer: adam\n'), 'yaml', { fixes: [id] }, wild).fix).toBeUndefined();
      expect(cure(yaml('optimizer: adam\n'), 'yaml', { fixes: [id] }, calm(8)).fix === undefined).toBe(
        id === 'adaptive-clip',
      );
    },
  );

  it('takes the tenth percentile of norms where updates do not depend on their size', () => {
    const rising = Array.from({ length: 21 }, (_, index) => ({ norm: 100 + index }));
    expect(cure(yaml('optimizer: adam\n'), 'yaml', byNorm, rising).fix?.title).toBe('Clip gradients to norm 100');
  });

  it.each(['adamax', 'nadam', 'radam', 'lion', 'muon', 'adadelta', '{ type: adam, amsgrad: true }'])(
    'goes by percentile with %s',
    type => {
      const rising = Array.from({ length: 21 }, (_, index) => ({ norm: 100 + index }));
      expect(cure(yaml(`optimizer: ${type}\n`), 'yaml', byNorm, rising).fix?.title).toBe('Clip gradients to norm 100');
    },
  );

  it('never exceeds the typical norm by rounding, and has two digits', () => {
    const { fix } = cure(
      yaml('optimizer: { type: sgd, learning_rate: 1e-6 }\n'),
      'yaml',
      byNorm,
      calm(1).map(() => ({ norm: 0.0678 })),
    );
    expect(fix?.title).toBe('Clip gradients to norm 0.067');
  });

  it.each([
    ['clipping by value', `${SGD}clip: { type: value, max: 3 }\n`, `${SGD}clip: { type: norm, max: 0.8 }\n`],
    ['clipping by unit', `${SGD}clip: { type: adaptive, factor: 0.1 }\n`, `${SGD}clip: { type: norm, max: 0.8 }\n`],
    [
      'clipping by unit by name',
      `${SGD}clip: adaptive # by unit\n`,
      `${SGD}clip: { type: norm, max: 0.8 } # by unit\n`,
    ],
    ['a block', `${SGD}clip:\n  type: norm\n  max: 5 # high\n`, `${SGD}clip:\n  type: norm\n  max: 0.8 # high\n`],
    ['none by name', `${SGD}clip: none # yet\n`, `${SGD}clip: { type: norm, max: 0.8 } # yet\n`],
    ['none as a mapping', `${SGD}clip: { type: none }\n`, `${SGD}clip: { type: norm, max: 0.8 }\n`],
  ])('replaces %s', (_, before, after) => {
    expect(cure(yaml(before), 'yaml', byNorm, outbreak).text).toBe(yaml(after));
  });

  it('says so where it lowers a norm', () => {
    expect(cure(yaml(`${SGD}clip: { type: norm, max: 5 }\n`), 'yaml', byNorm, outbreak).fix?.title).toBe(
      'Lower the clipping norm to 0.8',
    );
  });

  it('works in JSON and in flow style', () => {
    expect(
      cure(json(',\n  "optimizer": { "type": "sgd", "learning_rate": 0.001 }'), 'json', byNorm, outbreak).text,
    ).toBe(
      json(',\n  "optimizer": { "type": "sgd", "learning_rate": 0.001 },\n  "clip": { "type": "norm", "max": 0.8 }'),
    );
    const flow =
      '{input: [3], layers: [{type: dense, units: 2}], optimizer: {type: sgd, learning_rate: 0.001}, seed: 1}';
    expect(cure(flow, 'yaml', byNorm, outbreak).text).toBe(
      flow.replace(', seed', ', clip: {type: norm, max: 0.8}, seed'),
    );
  });

  it('is not offered below the present norm, nor where no gradient was finite', () => {
    expect(cure(yaml(`${SGD}clip: { type: norm, max: 0.5 }\n`), 'yaml', byNorm, outbreak).fix).toBeUndefined();
    expect(cure(yaml(SGD), 'yaml', byNorm, [{ norm: Number.POSITIVE_INFINITY }]).fix).toBeUndefined();
    expect(cure(yaml(SGD), 'yaml', byNorm, calm(0)).fix).toBeUndefined();
  });

  it.each(['auto-clip', 'z-clip'])(
    'leaves %s alone where it held gradients back, and replaces it where it never did',
    type => {
      const text = yaml(`${SGD}clip: ${type}\n`);
      const held = outbreak.map((step, index) => (index === 20 ? { ...step, clipFactor: 0.01 } : step));
      expect(cure(text, 'yaml', byNorm, held).fix).toBeUndefined();
      expect(cure(text, 'yaml', byNorm, outbreak).text).toBe(yaml(`${SGD}clip: { type: norm, max: 0.8 }\n`));
    },
  );
});

describe('clip-by-value', () => {
  it('bounds elements so that no gradient exceeds the norm', () => {
    // 4 * 3 + 2 * 4 weights: 0.8 / sqrt(20) = 0.179.
    const { fix, text } = cure(yaml(SGD), 'yaml', byValue, outbreak);
    expect(fix?.title).toBe('Clip every element of the gradient to ±0.17');
    expect(text).toBe(yaml(`${SGD}clip: { type: value, max: 0.17 }\n`));
  });

  it('lowers a larger bound and leaves a smaller one and clipping by norm alone', () => {
    expect(cure(yaml(`${SGD}clip: { type: value, max: 2 }\n`), 'yaml', byValue, outbreak).text).toBe(
      yaml(`${SGD}clip: { type: value, max: 0.17 }\n`),
    );
    expect(cure(yaml(`${SGD}clip: { type: value, max: 0.1 }\n`), 'yaml', byValue, outbreak).fix).toBeUndefined();
    expect(cure(yaml(`${SGD}clip: { type: norm, max: 2 }\n`), 'yaml', byValue, outbreak).fix).toBeUndefined();
    expect(cure(yaml(`${SGD}clip: adaptive\n`), 'yaml', byValue, outbreak).fix).toBeUndefined();
  });
});
