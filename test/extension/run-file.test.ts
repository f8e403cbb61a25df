import { describe, expect, it } from 'vitest';
import { readRunFile, writeRunFile } from '../../src/extension/runs/run-file';
import type { ModelRunState } from '../../src/extension/runs/model-runs';
import { HistoryRecorder } from '../../src/history/recorder';
import { parseModelFile } from '../../src/spec/parse';
import { LAYOUT, MODEL, record } from '../workers/fake-worker';

function state(): ModelRunState {
  const history = new HistoryRecorder(LAYOUT);
  history.append([record(0), { ...record(1), loss: NaN, gradientNorm: Infinity, parameterNorms: Float64Array.of(-Infinity, NaN) }]);
  history.finish({ kind: 'not-finite', step: 1 });
  const document = parseModelFile('input: [2]\nlayers:\n  - { type: dense, units: 1 }   # a comment\n', 'yaml');
  const current = { id: 3, startedAt: 1000, document, model: MODEL, history, findings: [] };
  return { status: { state: 'done', step: 2, steps: 10, message: 'Stopped.' }, current, previous: undefined, failure: undefined };
}

describe('runs as text', () => {
  it('come back as they were, with every number that is not finite', () => {
    const { current, status } = readRunFile(writeRunFile(state()))!;
    const before = state();
    expect(status).toEqual(before.status);
    expect(current?.history.records).toEqual(before.current?.history.records);
    expect(current?.history.records[1].parameterNorms).toEqual(Float64Array.of(-Infinity, NaN));
    expect(current?.history.outcome).toEqual({ kind: 'not-finite', step: 1 });
    expect(current?.document).toEqual(before.current?.document);
    expect(current?.model).toEqual(MODEL);
  });

  it.each(['', 'null', '{}', '{"format":0}', '{"format":1'])('are not made from %j', (text) => {
    expect(readRunFile(text)).toBeUndefined();
  });
});
