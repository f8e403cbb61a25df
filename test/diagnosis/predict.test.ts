/**
 * Predictions on the models with known truth: right about faults that are there before training, silent on healthy
 * models.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDataFiles, readModelFile } from '../../src/cli/train/model-file';
import type { DiagnosisSettings } from '../../src/diagnosis/diagnose';
import type { Finding } from '../../src/diagnosis/finding';
import { startOf } from '../../src/diagnosis/first-steps';
import { predict } from '../../src/diagnosis/predict';
import type { RunHistory } from '../../src/record/run-history';
import { compileModel } from '../../src/frontends/model-file/compile';
import type { ModelSpec } from '../../src/model/model-spec';
import { LEARNING_RATE_PLACE } from '../../src/model/place';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { runToEnd } from '../../src/training/run-in-process';

const modelFiles = (directory: string): string[] =>
  readdirSync(directory).filter(name => /\.model\.(yaml|json)$/.test(name));

function read(path: string): { readonly model: ModelSpec; readonly files: Readonly<Record<string, Uint8Array>> } {
  const { model } = readModelFile(path).source;
  return { model: model!, files: readDataFiles(path, model!) };
}

function predictionsOf(path: string, seeds = 3): readonly Finding[] {
  const { model, files } = read(path);
  const starts = Array.from({ length: seeds }, (_, index) =>
    runToEnd(startOf(model, index), { memoryLimitBytes: 2 ** 30, files }),
  );
  return predict(model, starts);
}

describe('predictions', () => {
  it.each(modelFiles('evaluation/healthy').map(name => [`evaluation/healthy/${name}`]))(
    'say nothing about %s',
    path => {
      expect(predictionsOf(path).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    },
  );

  it.each(
    modelFiles('examples')
      .filter(name => name.startsWith('healthy-'))
      .map(name => [`examples/${name}`]),
  )('say nothing about %s', path => {
    expect(predictionsOf(path).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  it.each([
    ['sigmoid-12', 'vanishing-gradient', 'h12'],
    ['conv-small-7', 'vanishing-gradient', 'c7'],
    ['relu-large-10', 'exploding-gradient', 'h10'],
    ['relu-one-large', 'poor-initialization', 'h2'],
    ['rnn-large', 'exploding-through-time', 'memory'],
    ['rnn-small', 'vanishing-through-time', 'memory'],
    ['relu-narrow-34', 'dead-relu', undefined],
    ['softmax-one-unit', 'dead-output', 'out'],
    ['softmax-before-cross-entropy', 'loss-output-mismatch', 'out'],
    ['tanh-output-thousands', 'loss-output-mismatch', 'out'],
    ['zeros-hidden', 'poor-initialization', 'h1'],
    ['negative-bias', 'poor-initialization', 'h2'],
    ['line-raw', 'unscaled-input', undefined],
    ['columns-raw', 'unscaled-input', undefined],
    ['inputs-100', 'unscaled-input', undefined],
    ['prices-raw-sgd', 'unscaled-target', undefined],
  ])('of %s name %s first', (name, rule, layer) => {
    const [first] = predictionsOf(`evaluation/faulty/${name}.model.yaml`);
    expect(first).toMatchObject({ rule, severity: 'information', step: 0, ...(layer && { layer }) });
  });

  it('find without any run what the text alone decides, and nothing else', () => {
    const { model } = read('evaluation/faulty/softmax-one-unit.model.yaml');
    expect(predict(model, []).map(({ rule }) => rule)).toEqual(['dead-output']);
    expect(predict(read('evaluation/faulty/relu-large-10.model.yaml').model, [])).toEqual([]);
  });

  it('go by severities, options and silence as a run does, but are never louder than an information', () => {
    const { model } = read('evaluation/faulty/relu-large-10.model.yaml');
    const starts = [0, 1, 2].map(index => runToEnd(startOf(model, index), { memoryLimitBytes: 2 ** 30 }));
    const [root] = predict(model, starts);
    expect(root).toMatchObject({ rule: 'exploding-gradient', severity: 'information' });
    const first = (settings: DiagnosisSettings): Finding => predict(model, starts, settings)[0];
    expect(first({ severities: { 'exploding-gradient': 'error' } })).toEqual(root);
    expect(first({ severities: { 'exploding-gradient': 'hint' } })).toEqual({ ...root, severity: 'hint' });
    const silent: DiagnosisSettings[] = [
      { severities: { 'exploding-gradient': 'off' } },
      { isSilenced: ({ rule }) => rule === 'exploding-gradient' },
      { options: { 'exploding-gradient': { totalGain: 1e300 } } },
    ];
    for (const settings of silent)
      expect(predict(model, starts, settings).map(({ rule }) => rule)).not.toContain('exploding-gradient');
  });

  it('call a step that is too long a rate that is too high, not a gradient that explodes', () => {
    const model = compileModel(
      parseModelFile(
        `input: [4]
layers: [{ type: dense, units: 8, activation: tanh }, { type: dense, units: 1 }]
loss: mse
optimizer: { type: sgd, learning_rate: 30 }
`,
        'yaml',
      ),
    ).model!;
    const starts = [0, 1, 2].map(index => runToEnd(startOf(model, index), { memoryLimitBytes: 2 ** 30 }));
    const [first, ...more] = predict(model, starts);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      rule: 'learning-rate-too-high',
      at: LEARNING_RATE_PLACE,
      measured: { learningRate: 30, seedsFound: 3 },
    });
    expect(first.message).toMatch(
      /^the first update is .* with all 3 seeds tried\. The learning rate of 30 is too high/,
    );
  });

  it('state chance: layers that are dead at birth with some seeds say with how many', () => {
    const hidden = Array.from(
      { length: 14 },
      () => '  - { type: dense, units: 4, activation: relu, kernel_initializer: he-normal }\n',
    ).join('');
    const { model } = compileModel(
      parseModelFile(`input: [4]\nlayers:\n${hidden}  - { type: dense, units: 1 }\nloss: mse\n`, 'yaml'),
    );
    const starts = Array.from({ length: 8 }, (_, index) =>
      runToEnd(startOf(model!, index), { memoryLimitBytes: 2 ** 30 }),
    );
    const dead = starts.filter(({ records: [record] }) => record.parameterGradientNorms[0] === 0);
    expect(dead.length).toBeGreaterThan(0);
    expect(dead.length).toBeLessThan(8);
    const [finding] = predict(model!, starts);
    expect(finding).toMatchObject({ rule: 'dead-relu', measured: { seedsFound: dead.length, seedsTried: 8 } });
    expect(finding.message).toContain(`with ${dead.length} of 8 seeds tried`);
    expect(
      predict(
        model!,
        starts.filter(start => !dead.includes(start)),
      ),
    ).toEqual([]);
  });

  // By training to the end: Adam gets out of weights that are small, unless gradients are below its epsilon, never out
  // of flat slopes.
  it.each([
    ['tanh-small-10', []],
    ['relu-glorot-25', []],
    ['relu-two-small', []],
    ['relu-small-8-adam', ['vanishing-gradient']],
    ['sigmoid-12', ['vanishing-gradient']],
  ])('of %s with Adam are %j', (name, rules) => {
    const { model } = read(`evaluation/faulty/${name}.model.yaml`);
    const { optimizer } = read('evaluation/healthy/optimizer-adam.model.yaml').model;
    const adam = { ...model, optimizer };
    expect(optimizer.type).toBe('adam');
    const starts = [0, 1, 2].map(index => runToEnd(startOf(adam, index), { memoryLimitBytes: 2 ** 30 }));
    expect(predict(adam, starts).map(({ rule }) => rule)).toEqual(rules);
  });

  it('ask for more growth where clipping bounds the steps', () => {
    const clip = { type: 'norm', max: 1 } as const;
    const rules = (name: string): readonly string[] => {
      const model: ModelSpec = { ...read(`evaluation/faulty/${name}.model.yaml`).model, clip };
      return predict(
        model,
        [0, 1, 2].map(index => runToEnd(startOf(model, index), { memoryLimitBytes: 2 ** 30 })),
      ).map(({ rule }) => rule);
    };
    // Trained to the end the first one learns and the second one does not.
    expect(rules('conv-one-large')).toEqual([]);
    expect(rules('relu-standard-normal')).toEqual(['exploding-gradient']);
  });

  it('say nothing about a growth that one seed of several does not show', () => {
    const { model } = read('evaluation/faulty/relu-large-10.model.yaml');
    const healthy = read('evaluation/healthy/relu-large-10.model.yaml').model;
    const start = (of: ModelSpec, index: number): RunHistory =>
      runToEnd(startOf(of, index), { memoryLimitBytes: 2 ** 30 });
    const grown = [0, 1, 2].map(index => start(model, index));
    expect(predict(model, grown)[0]).toMatchObject({ rule: 'exploding-gradient' });
    expect(
      predict(model, [grown[0], grown[1], start(healthy, 2)]).filter(({ rule }) => rule === 'exploding-gradient'),
    ).toEqual([]);
  });
});
