import { describe, expect, it } from 'vitest';
import { gradientCaption, gradientSummary, lossSummary, timeSummary } from '../../webview/charts/summary';
import { INITIAL_STATE, type PageState, reduce } from '../../webview/state/reducer';
import { runView } from '../../webview/state/run-view';
import { barShares } from '../../webview/views/layer-columns';
import { announcement, describeNoFindings, describeProgress, describeTask } from '../../webview/views/status-text';
import { panelRecord, panelRun, panelState } from './run-builder';

const stateOf = (...[change]: Parameters<typeof panelState>): PageState =>
  reduce(INITIAL_STATE, { type: 'hydrate', state: panelState(change) });

describe('summaries of charts', () => {
  it('name the smallest and the largest norm', () => {
    expect(gradientSummary(runView(panelRun(2, 11)), runView(panelRun(1, 3)))).toBe(
      'Gradient norms of 2 layers, steps 0 to 10, log scale. At step 10 from 0.100 (first) to 0.200 (last). ' +
        'Run 1 · 12:00:00 in gray.',
    );
  });

  it('say what zeros and values that are not finite stand for', () => {
    const run = runView(panelRun(1, 0, { records: [panelRecord(0, [0, 1]), panelRecord(1, ['nan', 'inf'])] }));
    expect(gradientCaption(run)).toBe(
      'Norm of each layer’s own gradient, before clipping. ▽ exactly 0, below any log scale: first. ' +
        '✕ not finite from step 1: every layer.',
    );
    expect(gradientSummary(run, undefined)).toContain('None is finite at step 1.');
  });

  it('describe the loss', () => {
    const records = [
      panelRecord(0, [1, 1], { loss: 2 }),
      panelRecord(1, [1, 1], { loss: 0.5, accuracy: 0.75 }),
      panelRecord(2, [1, 1], { loss: 'nan' }),
    ];
    expect(lossSummary(runView(panelRun(1, 0, { records })))).toBe(
      'Loss, steps 0 to 2, from 2.00 to 0.500; lowest 0.500 at step 1. Accuracy 75 %. Some values are not finite.',
    );
  });

  it('compare both ends of a sequence, in the order in which gradients flow', () => {
    const run = runView(
      panelRun(1, 1, {
        throughTime: [
          { layer: 'memory', direction: 'forward', hidden: [50, 20, 10] },
          { layer: 'memory', direction: 'reverse', hidden: [10, 20, 1] },
        ],
      }),
    );
    expect(timeSummary(run)).toBe(
      'memory: 10.0 at time step 3, 50.0 at time step 1, 5.00 times stronger. ' +
        'memory (reverse): 10.0 at time step 1, 1.00 at time step 3, 10.0 times weaker.',
    );
  });
});

describe('the state in words', () => {
  it('counts steps and shows the latest numbers', () => {
    const state = stateOf({ status: { state: 'running', step: 4, steps: 10, message: '' }, current: panelRun(1, 4) });
    expect(describeProgress(state)).toBe('4 of 10 steps · loss 0.250');
    expect(announcement(state)).toBe('Training: 4 of 10 steps, loss 0.250.');
  });

  it('shows how far reading the data is', () => {
    const message = 'Reading churn.csv: 45 %';
    expect(describeProgress(stateOf({ status: { state: 'starting', step: 0, steps: 10, message } }))).toBe(message);
  });

  it('prefers numbers over held-back examples', () => {
    const records = [
      panelRecord(0, [1, 1], { loss: 1, accuracy: 0.9, validationLoss: 1.25, validationAccuracy: 0.5 }),
      panelRecord(1, [1, 1], { loss: 1, accuracy: 0.9 }),
    ];
    const state = stateOf({
      status: { state: 'done', step: 2, steps: 2, message: '' },
      current: panelRun(1, 0, { records }),
    });
    expect(describeProgress(state)).toBe('2 steps · loss 1.00 · validation loss 1.25 · validation accuracy 50 %');
  });

  it('says why a run failed', () => {
    expect(announcement(stateOf({ status: { state: 'failed', step: 0, steps: 10, message: 'No data.' } }))).toBe(
      'Training failed. No data.',
    );
  });

  it('does not praise a run that was stopped', () => {
    const current = panelRun(1, 3);
    const text = (state: 'done' | 'cancelled' | 'running') =>
      describeNoFindings(stateOf({ status: { state, step: 3, steps: 10, message: '' }, current }));
    expect(new Set([text('done'), text('cancelled'), text('running')]).size).toBe(3);
    expect(text('done')).toContain('no rule found a fault');
  });

  it('tells that a task was chosen', () => {
    expect(describeTask({ task: 'circles', taskInferred: true })).toBe(
      'circles (chosen to fit: the file names no data)',
    );
    expect(describeTask({ task: 'circles', taskInferred: false })).toBe('circles');
  });
});

describe('barShares', () => {
  it('shortens a bar by the same piece for every power of ten', () => {
    const [a, b, c, d] = barShares([1, 0.1, 0.01, 0]);
    expect([a, d]).toEqual([1, 0]);
    expect(a - b).toBeCloseTo(b - c, 12);
  });

  it('copes with what is missing or not finite', () => {
    expect(barShares([Number.NaN, Number.POSITIVE_INFINITY])).toEqual([0, 1]);
    expect(barShares([1e-300, 1e300]).every(share => share > 0 && share <= 1)).toBe(true);
  });
});
