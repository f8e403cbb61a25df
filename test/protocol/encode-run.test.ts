import { describe, expect, it } from 'vitest';
import type { RunHistory } from '../../src/record/run-history';
import {
  encodeRecordsAfter,
  encodeRecordsInParts,
  encodeRun,
  encodeRunHead,
  isLong,
} from '../../src/protocol/encode-run';
import type { RunLayout, StepRecord } from '../../src/record/step-record';
import { testModel } from '../training/data/models';

const LAYOUT: RunLayout = {
  layers: [
    {
      path: 'memory',
      type: 'rnn',
      activation: 'identity',
      outputShape: [2],
      parameters: [0, 1],
      inputs: [-1],
      parent: -1,
      timeSteps: 3,
    },
    {
      path: 'flat',
      type: 'flatten',
      activation: 'identity',
      outputShape: [2],
      inputs: [0],
      parameters: [],
      parent: -1,
    },
  ],
  parameters: [
    {
      name: 'memory.weight_ih_l0',
      layer: 0,
      shape: [2, 1],
      role: 'kernel',
      trainable: true,
      learningRateMultiplier: 1,
    },
    {
      name: 'memory.weight_hh_l0',
      layer: 0,
      shape: [2, 2],
      role: 'recurrent',
      trainable: true,
      learningRateMultiplier: 1,
    },
  ],
  task: 'a task',
  trainingExamples: 10,
  validationExamples: 0,
  steps: 5000,
  measuredBy: { kind: 'engine', arenaBytes: 1, kernels: 'simd' },
};

function record(step: number, extra: Partial<StepRecord> = {}): StepRecord {
  const perLayer = Float64Array.of(1, 1);
  return {
    step,
    loss: 1 / (step + 1),
    learningRate: 0.1,
    gradientNorm: 5,
    clipFactor: 1,
    parameterGradientNorms: Float64Array.of(3, 4),
    parameterNorms: perLayer,
    updateNorms: perLayer,
    outputMean: perLayer,
    outputStd: perLayer,
    outputGradientNorms: perLayer,
    inputGradientNorm: Number.NaN,
    zeroShare: perLayer,
    deadShare: perLayer,
    saturatedShare: perLayer,
    stateGradients: [],
    ...extra,
  };
}

const IDENTITY = { id: 3, label: 'Run 3', model: testModel({ input: [3, 1], output: [2], loss: 'mse' }) };
const history = (records: readonly StepRecord[]): RunHistory => ({ layout: LAYOUT, records, outcome: undefined });

describe('encodeRun', () => {
  it('gives norms by layer, a row a layer, and survives JSON', () => {
    const run = encodeRun(history([record(0), record(1, { loss: Infinity, gradientNorm: Number.NaN })]), IDENTITY);
    expect(run).toMatchObject({ id: 3, label: 'Run 3', task: 'a task', taskInferred: false });
    expect(run.records[0]).toMatchObject({ step: 0, loss: 1, layerGradientNorms: [5, 'nan'] });
    expect(run.records[1]).toMatchObject({ loss: 'inf', gradientNorm: 'nan' });
    expect(run.layers.map(({ path, isTrained }) => [path, isTrained])).toEqual([
      ['memory', true],
      ['flat', false],
    ]);
    expect(JSON.parse(JSON.stringify(run))).toEqual(run);
  });

  it('tells what a layer reads where that is not the layer before it', () => {
    const [memory, flat] = LAYOUT.layers;
    const residual = { ...flat, type: 'residual' as const, path: 'block', inputs: [2, 3] };
    const layers = [
      memory,
      flat,
      { ...flat, path: 'block.up', inputs: [1], parent: 4 },
      { ...flat, path: 'block.shortcut.side', inputs: [1], parent: 4 },
      residual,
      { ...flat, path: 'other', inputs: [-1] },
      { ...flat, path: 'sum', type: 'add' as const, inputs: [5, 1] },
    ];
    const steps = {
      ...record(0),
      ...Object.fromEntries(
        ['outputStd', 'outputGradientNorms', 'deadShare', 'saturatedShare'].map(key => [
          key,
          new Float64Array(7).fill(1),
        ]),
      ),
    };
    const run = encodeRun({ layout: { ...LAYOUT, layers }, records: [steps], outcome: undefined }, IDENTITY);
    expect(run.layers.map(({ reads }) => reads)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      ['input'],
      ['other', 'flat'],
    ]);
  });

  it('thins a long run but keeps its ends, its spike and every validation', () => {
    const records = Array.from({ length: 5000 }, (_, step) => {
      if (step === 1234) return record(step, { gradientNorm: 1e9 });
      return record(step, step % 500 === 77 ? { validation: { loss: 0.5 } } : {});
    });
    const run = encodeRun(history(records), IDENTITY, 50);
    const steps = run.records.map(({ step }) => step);
    expect(run.records.length).toBeLessThan(1000);
    expect(steps).toEqual(expect.arrayContaining([0, 1234, 4999]));
    expect(run.records.filter(({ validationLoss }) => validationLoss !== undefined)).toHaveLength(10);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('of a long run is its head and its records in parts, which steps that come meanwhile do not change', () => {
    const records = Array.from({ length: 9000 }, (_, step) => record(step, { gradientNorm: step % 7 }));
    const long = { ...history([]), records: records.slice(0, 8000) };
    expect([isLong(history(records.slice(0, 100))), isLong(long)]).toEqual([false, true]);
    const parts = encodeRecordsInParts(long, 2000);
    const sent = [parts.next().value!];
    long.records.push(...records.slice(8000));
    sent.push(...parts);
    expect(sent.filter(part => part.length > 0).length).toBeGreaterThan(1);
    const whole = encodeRun({ ...long, records: records.slice(0, 8000) }, IDENTITY, 2000);
    expect({ ...encodeRunHead({ ...long, records: records.slice(0, 8000) }, IDENTITY), records: sent.flat() }).toEqual(
      whole,
    );
  });

  it('shows state gradients of the latest step that measured them', () => {
    const states = [{ layer: 0, direction: 'forward', hidden: Float64Array.of(1, Infinity, 3) }] as const;
    const run = encodeRun(history([record(0, { stateGradients: states }), record(1)]), IDENTITY);
    expect(run.throughTime).toEqual([{ layer: 'memory', direction: 'forward', step: 0, hidden: [1, 'inf', 3] }]);
  });

  it('shows those of the first step beside those of the latest', () => {
    const states = (norm: number) => [{ layer: 0, direction: 'forward', hidden: Float64Array.of(norm) }] as const;
    const records = [0, 1, 2].map(step => record(step, { stateGradients: states(step) }));
    const run = encodeRun(history([...records, record(3)]), IDENTITY);
    expect(run.throughTime.map(({ step, hidden }) => [step, hidden])).toEqual([
      [0, [0]],
      [2, [2]],
    ]);
  });

  it('tells where a norm is clipped', () => {
    const model = { ...IDENTITY.model, clip: { type: 'norm', max: 0.5 } } as const;
    expect(encodeRun(history([]), { ...IDENTITY, model }).clipNorm).toBe(0.5);
    expect(encodeRun(history([]), IDENTITY).clipNorm).toBeUndefined();
  });
});

describe('encodeRecordsAfter', () => {
  it('gives the records that a page does not have yet', () => {
    const run = history([record(0), record(4), record(5)]);
    expect(encodeRecordsAfter(run, 0).map(({ step }) => step)).toEqual([4, 5]);
    expect(encodeRecordsAfter(run, -1)).toHaveLength(3);
    expect(encodeRecordsAfter(run, 5)).toEqual([]);
  });
});
