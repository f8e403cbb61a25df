import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ModelSpec } from '../../src/model/model-spec';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { createJob, type JobOptions } from '../../src/training/job';
import { runToEnd } from '../../src/training/run-in-process';
import type { StepRecord } from '../../src/record/step-record';
import { TrainingError } from '../../src/training/training-error';
import { arenaBytes } from './arena-bytes';

const LIMIT: JobOptions = { memoryLimitBytes: 2 ** 28 };

function model(text: string): ModelSpec {
  const { model: compiled, problems } = compileModel(parseModelFile(text, 'yaml'));
  if (!compiled) throw new Error(problems.map(({ message }) => message).join('\n'));
  return compiled;
}

const SPIRALS = `
input: [2]
layers:
  - { name: hidden, type: dense, units: 12, activation: tanh }
  - { name: answer, type: dense, units: 3 }
loss: cross-entropy
data: { type: spirals, examples: 100 }
validation: 0.2
steps: 120
`;

/** A record as plain numbers, to compare bit by bit. */
function numbersOf(record: StepRecord): unknown {
  const plain = (value: unknown): unknown => (value instanceof Float64Array ? [...value] : value);
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, plain(value)]));
}

describe('createJob', () => {
  it('describes the run before its first step', () => {
    const { layout, outcome } = createJob(model(SPIRALS), LIMIT);
    expect(outcome).toBeUndefined();
    expect(layout.layers.map(({ path, parameters, parent }) => [path, parameters, parent])).toEqual([
      ['hidden', [0, 1], -1],
      ['answer', [2, 3], -1],
    ]);
    expect(layout.parameters.map(({ name, shape, role }) => [name, shape, role])).toEqual([
      ['hidden.weight', [12, 2], 'kernel'],
      ['hidden.bias', [12], 'bias'],
      ['answer.weight', [3, 12], 'kernel'],
      ['answer.bias', [3], 'bias'],
    ]);
    expect(layout).toMatchObject({ trainingExamples: 80, validationExamples: 20, steps: 120 });
    expect(layout.measuredBy).toMatchObject({ kind: 'engine', kernels: 'simd' });
    expect(layout.trivialLoss).toBeCloseTo(Math.log(3), 2);
    expect(layout.inputStatistics?.std).toBeGreaterThan(0.5);
    expect(layout.targetStatistics).toBeUndefined();
    expect(arenaBytes(layout)).toBeGreaterThan(1000);
  });

  it('measures the targets of a regression', () => {
    const data = new TextEncoder().encode('x,y\n1,10\n2,20\n3,30\n4,40\n');
    const text =
      'input: [1]\nlayers:\n  - { type: dense, units: 1 }\nloss: mse\ndata: { type: csv, path: y.csv, target: y }\n';
    const { targetStatistics } = createJob(model(text), { ...LIMIT, files: { 'y.csv': data } }).layout;
    expect(targetStatistics).toMatchObject({ mean: 25, minimum: 10, maximum: 40 });
    expect(targetStatistics?.std).toBeCloseTo(Math.sqrt(125), 6);
  });

  it('tells apart what regularization adds to the loss', () => {
    const first = (text: string): StepRecord => createJob(model(text), LIMIT).step()!;
    const plain = first(SPIRALS);
    const both = first(`${SPIRALS}regularization: { l1: 0.01, l2: 0.02 }\n`);
    expect(plain.penalty).toBeUndefined();
    expect(both.loss - both.penalty!).toBeCloseTo(plain.loss, 6);
    const squares = both.parameterNorms[0] ** 2 + both.parameterNorms[2] ** 2;
    expect(both.penalty).toBeGreaterThan(0.02 * squares);
  });

  it('starts normalised weights as they are without it, with their norms as lengths', () => {
    const first = (text: string): StepRecord => createJob(model(text), LIMIT).step()!;
    const normalised = SPIRALS.replace('units: 12', 'units: 12, weight_norm: true');
    const { layout } = createJob(model(normalised), LIMIT);
    expect(layout.parameters.slice(0, 3).map(({ name, shape, role }) => [name, shape, role])).toEqual([
      ['hidden.weight_v', [12, 2], 'kernel'],
      ['hidden.weight_g', [12, 1], 'scale'],
      ['hidden.bias', [12], 'bias'],
    ]);
    const { parameterNorms } = first(normalised);
    expect(parameterNorms[1]).toBeCloseTo(parameterNorms[0], 5);
    const records = runToEnd(model(normalised), LIMIT).records;
    expect(records.at(-1)!.loss).toBeLessThan(records[0].loss);
  });

  it.each([
    ['zeros', 'units: 12'],
    ['identity', 'units: 12'],
  ])('refuses to normalise weights without a length: %s', (initializer, units) => {
    const text = SPIRALS.replace(units, `${units}, weight_norm: true, kernel_initializer: ${initializer}`);
    const open = (): unknown => createJob(model(text), LIMIT);
    expect(open).toThrow(TrainingError);
    expect(open).toThrow(
      'The layer "hidden" starts with weights that are all 0 in a unit, which "weight_norm" cannot normalise',
    );
  });

  it.each(['type: rms-norm', 'type: group-norm, groups: 3'])('trains through %s', layer => {
    const text = SPIRALS.replace('  - { name: answer', `  - { name: norm, ${layer} }\n  - { name: answer`);
    const { records } = runToEnd(model(text), LIMIT);
    expect(records.at(-1)!.loss).toBeLessThan(records[0].loss);
  });

  it('lists the layers of a residual and of its shortcut before it', () => {
    const { layout } = createJob(
      model(`
input: [3]
layers:
  - name: block
    type: residual
    layers: [{ name: up, type: dense, units: 4 }]
    shortcut: [{ name: fit, type: dense, units: 4 }]
  - { name: answer, type: dense, units: 1 }
`),
      LIMIT,
    );
    expect(layout.layers.map(({ path, parent }) => [path, parent])).toEqual([
      ['block.up', 2],
      ['block.shortcut.fit', 2],
      ['block', -1],
      ['answer', -1],
    ]);
  });

  it('gives the same bits for a seed, and others for another', () => {
    const run = (seed: number): unknown => runToEnd({ ...model(SPIRALS), seed }, LIMIT).records.map(numbersOf);
    expect(run(1)).toEqual(run(1));
    expect(run(2)).not.toEqual(run(1));
  });

  it('starts from the same point in both precisions and kernels', () => {
    const first = (options: Partial<JobOptions>) => createJob(model(SPIRALS), { ...LIMIT, ...options }).step();
    const simd = first({});
    expect(first({ kernels: 'reference' })?.loss).toBeCloseTo(simd?.loss ?? NaN, 5);
    expect(first({ precision: 'float64' })?.loss).toBeCloseTo(simd?.loss ?? NaN, 5);
  });

  it('measures held-back examples about 50 times, and at the last step', () => {
    const { records, outcome } = runToEnd(model(SPIRALS), LIMIT);
    expect(outcome).toEqual({ kind: 'completed' });
    expect(records).toHaveLength(120);
    const validated = records.filter(({ validation }) => validation).map(({ step }) => step);
    expect(validated).toEqual([...Array.from({ length: 60 }, (_, i) => 2 * i), 119]);
    expect(records[119].validation?.accuracy).toBeGreaterThan(0.4);
    expect(records[119].loss).toBeLessThan(records[0].loss);
  });

  it('weighs every held-back example the same, whatever the batch', () => {
    const first = (batchSize: number) => createJob({ ...model(SPIRALS), batchSize }, LIMIT).step()?.validation;
    expect(first(7)?.loss).toBeCloseTo(first(20)?.loss ?? NaN, 5);
    expect(first(7)?.accuracy).toBeCloseTo(first(20)?.accuracy ?? NaN, 12);
  });

  it('takes all examples a step where a batch is larger', () => {
    const { records } = runToEnd({ ...model(SPIRALS), batchSize: 4096, steps: 3 }, LIMIT);
    expect(records).toHaveLength(3);
    expect(records[2].accuracy).toBeDefined();
  });

  it('leaves dropout out of validation', () => {
    const withDropout = (rate: number) =>
      createJob(
        model(SPIRALS.replace('  - { name: answer', `  - { type: dropout, rate: ${rate} }\n  - { name: answer`)),
        LIMIT,
      ).step();
    expect(withDropout(0.5)?.validation).toEqual(withDropout(0.1)?.validation);
    expect(withDropout(0.5)?.loss).not.toBe(withDropout(0.1)?.loss);
  });

  it('records encoder and decoder of a seq2seq model as one series of states', () => {
    const translation = model(`
input: { tokens: 7, length: 9 }
layers: [{ name: model, type: seq2seq, cell: lstm, embedding: 4, units: 6, target_length: 4, attention: true }]
data: { type: teacher, examples: 64 }
optimizer: { type: adam, learning_rate: 0.02 }
steps: 60
`);
    const { layout } = createJob(translation, LIMIT);
    expect(layout.layers).toMatchObject([{ path: 'model', type: 'seq2seq', outputShape: [4, 7], timeSteps: 9 }]);
    expect(layout.parameters.map(({ name, shape }) => `${name} ${shape}`)).toEqual([
      'model.embedding.weight 7,4',
      ...['encoder', 'decoder'].flatMap(part => [
        `model.${part}.weight_ih_l0 24,4`,
        `model.${part}.weight_hh_l0 24,6`,
        `model.${part}.bias_ih_l0 24`,
        `model.${part}.bias_hh_l0 24`,
      ]),
      'model.out.weight 7,12',
      'model.out.bias 7',
    ]);
    const { records } = runToEnd(translation, LIMIT);
    const [states] = records[0].stateGradients;
    expect(records[0].stateGradients).toHaveLength(1);
    expect(states).toMatchObject({ layer: 0, direction: 'forward' });
    expect([...states.hidden, ...states.cell!].every(norm => norm > 0)).toBe(true);
    expect(states.hidden).toHaveLength(9);
    expect(records.at(-1)!.loss).toBeLessThan(0.9 * records[0].loss);
  });

  it('follows the schedule', () => {
    const { records } = runToEnd(
      { ...model(SPIRALS), steps: 4, schedule: { type: 'exponential', factor: 0.5, warmup: 0 } },
      LIMIT,
    );
    expect(records.map(({ learningRate }) => learningRate)).toEqual([0.01, 0.005, 0.0025, 0.00125]);
  });

  it('stops by itself where numbers are not finite, says where, and keeps that record last', () => {
    const wild = model(`${SPIRALS.replace('tanh', 'relu')}optimizer: { type: sgd, learning_rate: 1.0e+30 }\n`);
    const job = createJob(wild, LIMIT);
    const records: StepRecord[] = [];
    for (let record = job.step(); record; record = job.step()) records.push(record);
    const last = records[records.length - 1];
    expect(job.outcome).toEqual({ kind: 'not-finite', step: last.step });
    expect(last.nonFinite).toBeDefined();
    expect(records.slice(0, -1).every(({ nonFinite }) => nonFinite === undefined)).toBe(true);
    expect(last.step).toBeLessThan(10);
  });

  it('ends when it is cancelled', () => {
    const job = createJob(model(SPIRALS), LIMIT);
    job.step();
    job.cancel();
    expect(job.step()).toBeUndefined();
    expect(job.outcome).toEqual({ kind: 'cancelled', step: 1 });
  });

  it('records the gradient of every state of a recurrent layer, in both directions', () => {
    const record = createJob(
      model(`
input: [6, 2]
layers:
  - { name: memory, type: lstm, units: 3, bidirectional: true }
  - { name: answer, type: dense, units: 1 }
data: adding-problem
`),
      LIMIT,
    ).step();
    const states = record?.stateGradients ?? [];
    expect(states.map(({ layer, direction }) => [layer, direction])).toEqual([
      [0, 'forward'],
      [0, 'reverse'],
    ]);
    expect(states.map(({ hidden, cell }) => [hidden.length, cell?.length])).toEqual([
      [6, 6],
      [6, 6],
    ]);
    expect(states[0].hidden[5]).toBeGreaterThan(0);
  });

  it('refuses a model over the memory limit, naming layer and setting', () => {
    const large = model(SPIRALS.replace('units: 12', 'units: 4000'));
    const refused = (): unknown => createJob(large, { memoryLimitBytes: 2 ** 20 });
    expect(refused).toThrow(TrainingError);
    expect(refused).toThrow('most of it for the layer "hidden", but "gradientHealth.memoryLimit" allows 1 MB');
  });

  it('learns iris to over 0.9 on held-back flowers', () => {
    const text = readFileSync('examples/healthy-iris.model.yaml', 'utf8');
    const data = readFileSync('examples/data/iris.csv');
    for (const seed of [1, 2, 3]) {
      const { records } = runToEnd({ ...model(text), seed }, { ...LIMIT, files: { 'data/iris.csv': data } });
      expect(records[records.length - 1].validation?.accuracy).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('says that the data file is missing', () => {
    expect(() => createJob(model(readFileSync('examples/healthy-iris.model.yaml', 'utf8')), LIMIT)).toThrow(
      'was not found',
    );
  });
});
