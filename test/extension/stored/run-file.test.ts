import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ModelRunState } from '../../../src/extension/runs/model-runs';
import { FORMAT, joinBlocks, UnreadableFile } from '../../../src/extension/stored/block-file';
import { readRunFile, writeRunFile, type Measured } from '../../../src/extension/stored/run-file';
import { HistoryRecorder } from '../../../src/record/recorder';
import type { RunLayout, StepRecord } from '../../../src/record/step-record';
import { ordinaryRecord, stackLayout } from '../../record/run-builder';
import { LAYOUT, MODEL, record } from '../../worker/fake-worker';
import { readSource } from '../../read-source';

const SOURCE = readSource('input: [2]\nlayers:\n  - { type: dense, units: 1 }   # a comment\n');

function stateOf(records: readonly StepRecord[], layout: RunLayout = LAYOUT): ModelRunState {
  const history = new HistoryRecorder(layout);
  history.append(records);
  history.finish({ kind: 'not-finite', step: 1 });
  const current = { id: 3, startedAt: 1000, source: SOURCE, model: MODEL, history, findings: [] };
  return {
    status: { state: 'done', step: 2, steps: 10, message: 'Stopped.' },
    current,
    previous: undefined,
    failure: undefined,
  };
}

const halves = (count: number): Float64Array => Float64Array.from({ length: count }, (_, index) => index / 2);

/** Every optional part, of one record or the other, in numbers that single precision holds. */
const RECORDS: readonly StepRecord[] = [
  {
    ...record(0),
    updateNorms: halves(2),
    penalty: 0.1,
    accuracy: 0.3,
    validation: { loss: 0.7 },
    stateGradients: [
      { layer: 0, direction: 'forward', hidden: halves(3), cell: halves(3) },
      { layer: 0, direction: 'reverse', hidden: halves(2) },
    ],
  },
  {
    ...record(1),
    updateNorms: halves(2),
    loss: NaN,
    gradientNorm: Infinity,
    parameterNorms: Float64Array.of(-Infinity, NaN),
    nonFinite: { direction: 'backward', layer: 0, kind: 'nan' },
    validation: { loss: 0.1, accuracy: 0.9 },
    updateEffect: { loss: 1, slopeBefore: -0.1, slopeAfter: 0.2, preconditionedSquare: NaN },
  },
  {
    ...record(2),
    updateNorms: halves(2),
    gradientPair: { product: 1e200, otherNorm: 2 },
    stateGradients: [{ layer: 0, direction: 'reverse', hidden: halves(2) }],
  },
];

describe('runs as bytes', () => {
  it('come back as they were, with every part of a record and every number that is not finite', async () => {
    const before = stateOf(RECORDS);
    const {
      state: { current, previous, status },
    } = await readRunFile(await writeRunFile(before));
    expect(status).toEqual(before.status);
    expect(current?.history.records).toEqual(RECORDS);
    expect(current?.history.outcome).toEqual({ kind: 'not-finite', step: 1 });
    expect(current?.source).toEqual(SOURCE);
    expect(current?.model).toEqual(MODEL);
    expect(previous).toBeUndefined();
  });

  it('keep seven digits of norms, also of those beyond single precision', async () => {
    const norms = [
      [0.1, 1 / 3],
      [1e-44, 1],
      [1e60, Infinity],
    ].map(values => Float64Array.from(values));
    for (const parameterNorms of norms) {
      const { state } = await readRunFile(await writeRunFile(stateOf([{ ...record(0), parameterNorms }])));
      const read = state.current!.history.records[0].parameterNorms;
      read.forEach((value, index) =>
        expect(value === parameterNorms[index] || Math.abs(value / parameterNorms[index] - 1) < 1e-7).toBe(true),
      );
    }
  });

  it('stay small for a wide and long run, with every peak', async () => {
    const layout = stackLayout(200);
    const spiked = Array.from({ length: 3000 }, (_, step) => ordinaryRecord(layout, step));
    spiked[1234].parameterGradientNorms[77] = 50;
    spiked[2111].outputGradientNorms[3] = 60;
    const state = stateOf(spiked, layout);
    const bytes = await writeRunFile(state);
    const { history } = (await readRunFile(bytes)).state.current!;
    const steps = history.records.map(({ step }) => step);
    expect(steps).toEqual(expect.arrayContaining([0, 1234, 2111, 2999]));
    expect(steps.length).toBeLessThanOrEqual(2 ** 19 / 1810);
    expect(state.current!.history.records.length).toBeGreaterThan(steps.length);
    expect(bytes.length).toBeLessThan(2 ** 21);
  });

  it('carry what was measured of the cures, without the single trainings that nobody asks for any more', async () => {
    const state = stateOf(RECORDS);
    const curve = {
      steps: Array.from({ length: 40 }, (_, step) => step),
      loss: Array.from({ length: 40 }, () => NaN),
      gradientNorm: [1],
    };
    const trial = {
      seed: 1,
      findings: [{ rule: 'dead-relu' }],
      curve,
      progress: { steps: [1, 2], relativeLoss: [1, 2] },
    };
    const result = { id: 'x', title: 'X', seeds: 2, relativeLoss: Infinity, trials: [trial] };
    const finding = { rule: 'dead-relu', message: 'Dead.' };
    const measured = {
      verification: {
        finding,
        state: {
          kind: 'done',
          verified: { finding, fixes: [{ title: 'X: trains' }], baseline: result, candidates: [result] },
        },
      },
      comparison: {
        finding,
        state: { kind: 'done', comparison: { baseline: result, cures: [{ ...result, effect: 'cures' }] } },
      },
      data: 'digest',
      goesOn: false,
    } as unknown as Measured;
    const read = await readRunFile(await writeRunFile(state, () => measured));
    const bare = { ...result, trials: [] };
    const drawn = { ...result, trials: [{ ...trial, findings: [], progress: { steps: [], relativeLoss: [] } }] };
    expect(read.measured.get(read.state.current!)).toEqual({
      verification: {
        finding,
        state: {
          kind: 'done',
          verified: { finding, fixes: [{ title: 'X: trains' }], baseline: bare, candidates: [bare] },
        },
      },
      comparison: {
        finding,
        state: { kind: 'done', comparison: { baseline: drawn, cures: [{ ...drawn, effect: 'cures' }] } },
      },
      data: 'digest',
      goesOn: false,
    });
  });

  it('say of a measuring that went on that it was stopped', async () => {
    const finding = { rule: 'dead-relu' };
    const going = { finding, state: { kind: 'measuring', finished: 1, planned: 9, results: [] } };
    const measured = { verification: going, comparison: going, goesOn: true } as unknown as Measured;
    const read = await readRunFile(await writeRunFile(stateOf(RECORDS), () => measured));
    const stopped = { finding, state: { kind: 'stopped' } };
    expect(read.measured.get(read.state.current!)).toEqual({
      verification: stopped,
      comparison: stopped,
      goesOn: true,
    });
  });
});

describe('a file that is no stored run', () => {
  const refusal = (bytes: Uint8Array): Promise<string> =>
    readRunFile(bytes).then(
      () => 'read',
      (error: unknown) => {
        expect(error).toBeInstanceOf(UnreadableFile);
        return (error as Error).message;
      },
    );

  it('is refused in words', async () => {
    expect(await refusal(new Uint8Array(0))).toBe('it is truncated or was modified');
    expect(await refusal(new TextEncoder().encode('{"format":2}'))).toBe('it is truncated or was modified');
    expect(await refusal(gzipSync('something else, long enough'))).toBe('it is not a stored run');
    expect(await refusal(await joinBlocks({ no: 'text' }, []))).toBe('it is not a stored run');
  });

  it('is refused wherever it is cut short, and with any byte of its content changed', async () => {
    const whole = await writeRunFile(stateOf(RECORDS));
    for (let length = 1; length < whole.length; length += 97)
      expect(await refusal(whole.slice(0, length))).toBe('it is truncated or was modified');
    for (let at = 10; at < whole.length; at += 97) {
      const changed = whole.slice();
      changed[at] ^= 16;
      expect(await refusal(changed)).toBe('it is truncated or was modified');
    }
  });

  it('is refused when another version wrote it, or when blocks are missing behind a right checksum', async () => {
    const bytes = gunzipSync(await writeRunFile(stateOf(RECORDS)));
    expect(await refusal(gzipSync(bytes.subarray(0, -8)))).toBe('its length does not match its header');
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(8, FORMAT + 1, true);
    expect(await refusal(gzipSync(bytes))).toBe(
      'another version of the extension wrote it (format 5; this one reads 4)',
    );
  });
});
