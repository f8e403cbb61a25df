import { describe, expect, it } from 'vitest';
import type { ToPanel } from '../../src/protocol/panel-messages';
import { toWire } from '../../src/protocol/wire-number';
import { INITIAL_STATE, type PageState, reduce } from '../../webview/state/reducer';
import { MAXIMUM_RECORDS, thinRecords } from '../../webview/state/thin-records';
import { runView, stepView } from '../../webview/state/run-view';
import { panelFinding, panelLayer, panelRecord, panelRun, panelState } from './run-builder';

const running = { state: 'running', step: 5, steps: 10, message: '' } as const;

function hydrated(id = 1, steps = 2): PageState {
  return reduce(INITIAL_STATE, { type: 'hydrate', state: panelState({ current: panelRun(id, steps) }) });
}

function append(run: number, steps: readonly number[]): Extract<ToPanel, { type: 'append' }> {
  return {
    type: 'append',
    run,
    records: steps.map(step => panelRecord(step, [1, 2])),
    layers: [panelLayer('first', { gradientNorm: 7 }), panelLayer('last')],
    throughTime: [],
    status: running,
  };
}

describe('hydrate', () => {
  it('takes over the whole state, and replaces what was there', () => {
    const state = reduce(hydrated(), {
      type: 'hydrate',
      state: panelState({ modelName: 'Other', previous: panelRun(1, 4), current: panelRun(2, 1) }),
    });
    expect(state.hydrated).toBe(true);
    expect(state.modelName).toBe('Other');
    expect(state.previous?.records).toHaveLength(4);
    expect(state.current?.id).toBe(2);
  });

  it('survives the way through JSON, with numbers that JSON does not have', () => {
    const records = [
      panelRecord(0, [toWire(Number.NaN), toWire(Number.POSITIVE_INFINITY)], {
        loss: toWire(Number.NEGATIVE_INFINITY),
      }),
    ];
    const message: ToPanel = { type: 'hydrate', state: panelState({ current: panelRun(1, 0, { records }) }) };
    const state = reduce(INITIAL_STATE, JSON.parse(JSON.stringify(message)) as ToPanel);
    const [record] = state.current?.records ?? [];
    expect(Array.from(record.layerNorms)).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
    expect(record.loss).toBe(Number.NEGATIVE_INFINITY);
    expect(record.accuracy).toBeUndefined();
  });

  it('clears a refusal and the note that nobody answered', () => {
    const before = reduce(reduce(INITIAL_STATE, { type: 'no-answer' }), {
      type: 'refused',
      request: 'train',
      message: 'No.',
    });
    expect(before).toMatchObject({ unanswered: true, refusal: 'No.' });
    expect(reduce(before, { type: 'hydrate', state: panelState() })).toMatchObject({
      unanswered: false,
      refusal: undefined,
    });
  });
});

describe('append', () => {
  it('adds the records of the run before, which may be too many for one message', () => {
    const before = reduce(hydrated(), {
      type: 'hydrate',
      state: panelState({ previous: panelRun(1, 0), current: panelRun(2, 2) }),
    });
    const state = reduce(reduce(before, { ...append(1, [0, 1]), layers: [] }), { ...append(1, [2]), layers: [] });
    expect(state.previous?.records.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(state.previous?.layers).toBe(before.previous?.layers);
    expect({ current: state.current, status: state.status, outdated: state.outdated }).toEqual({
      current: before.current,
      status: before.status,
      outdated: false,
    });
  });

  it('adds the records, and takes over layers and status', () => {
    const before = hydrated();
    const state = reduce(before, append(1, [2, 3]));
    expect(state.current?.records.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(state.current?.layers[0].gradientNorm).toBe(7);
    expect(state.status).toEqual(running);
    expect(before.current?.records).toHaveLength(2);
  });

  it('passes over steps that it has', () => {
    const state = reduce(hydrated(), append(1, [0, 1, 2]));
    expect(state.current?.records.map(({ step }) => step)).toEqual([0, 1, 2]);
  });

  it('ignores an earlier run, and asks again for one that it does not know', () => {
    const before = hydrated(2);
    expect(reduce(before, append(1, [2]))).toBe(before);
    expect(reduce(before, append(3, [0])).outdated).toBe(true);
    expect(reduce(reduce(before, append(3, [0])), { type: 'asked-again' }).outdated).toBe(false);
    expect(reduce(INITIAL_STATE, append(1, [0])).outdated).toBe(true);
  });

  it('keeps what did not change as it was', () => {
    const before = hydrated();
    const state = reduce(before, { type: 'append', run: 1, records: [], layers: [], throughTime: [], status: running });
    expect(state.current?.records).toBe(before.current?.records);
    expect(state.current?.layers).toBe(before.current?.layers);
  });
});

describe('the other messages', () => {
  it('change their part only', () => {
    const before = hydrated();
    const findings = [panelFinding()];
    const layerVerdicts = [{ layer: 'first', text: 'exploding', tone: 'error' }] as const;
    const verdict = {
      verdict: 'faulty',
      label: 'Faulty',
      summary: 'Faulty (exploding): the loss ends at 1.',
      silenced: 0,
      unjudged: [],
    } as const;
    expect(reduce(before, { type: 'findings', findings, verdict, layerVerdicts, stale: true })).toEqual({
      ...before,
      findings,
      verdict,
      layerVerdicts,
      stale: true,
    });
    const chance = { running: false, message: 'Seeds 1 to 3 tried: the model trains with all 3 seeds.' };
    const told = reduce(before, { type: 'findings', findings, layerVerdicts: [], chance, stale: false });
    expect(told).toEqual({ ...before, findings, chance });
    expect(reduce(told, { type: 'findings', findings, layerVerdicts: [], stale: false }).chance).toBeUndefined();
    expect(reduce(before, { type: 'status', status: running })).toEqual({ ...before, status: running });
    const refused = reduce(before, { type: 'refused', request: 'apply-fix', message: 'The text has changed.' });
    expect(refused.refusal).toBe('The text has changed.');
    expect(reduce(refused, { type: 'dismiss-refusal' }).refusal).toBeUndefined();
  });

  it('a timeout says nothing once the host has answered', () => {
    const before = hydrated();
    expect(reduce(before, { type: 'no-answer' })).toBe(before);
  });
});

describe('thinRecords', () => {
  it('leaves a short run alone', () => {
    const { records } = runView(panelRun(1, 20));
    expect(thinRecords(records)).toBe(records);
  });

  it('bounds a long one, and keeps a spike, what is not finite, both ends and the latest steps', () => {
    const records = Array.from({ length: MAXIMUM_RECORDS + 1 }, (_, step) =>
      stepView(panelRecord(step, [step === 1234 ? 1e9 : 1 + Math.sin(step), 1], { loss: step === 2345 ? 'inf' : 1 })),
    );
    const thinned = thinRecords(records);
    const steps = thinned.map(({ step }) => step);
    expect(thinned.length).toBeLessThan(0.7 * MAXIMUM_RECORDS);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    for (const step of [0, 1234, 2345, MAXIMUM_RECORDS - 1, MAXIMUM_RECORDS]) expect(steps).toContain(step);
  });
});
