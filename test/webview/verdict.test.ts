import { describe, expect, it } from 'vitest';
import { runView } from '../../webview/state/run-view';
import { verdicts } from '../../webview/state/verdict';
import { panelFinding, panelRecord, panelRun } from './run-builder';

const run = runView(panelRun(1, 30));
const texts = (...given: Parameters<typeof verdicts>): readonly string[] => verdicts(...given).map(({ text }) => text);

describe('verdicts', () => {
  it('say nothing before the run is done', () => {
    for (const state of ['starting', 'running', 'stopping', 'cancelled', 'failed', 'idle'] as const)
      expect(texts(run, [], state)).toEqual(['—', '—']);
  });

  it('call a layer healthy when the run is done without a finding in it', () => {
    expect(texts(run, [], 'done')).toEqual(['healthy', 'healthy']);
    expect(texts(run, [panelFinding({ rule: 'dead-relu' })], 'done')).toEqual(['dead units', 'healthy']);
  });

  it('do not call a layer healthy beside a fault that spreads', () => {
    expect(texts(run, [panelFinding()], 'done')).toEqual(['exploding', 'no finding']);
  });

  it('show a finding at once', () => {
    expect(texts(run, [panelFinding({ rule: 'vanishing-through-time', layer: 'last' })], 'running')).toEqual([
      '—',
      'vanishing in time',
    ]);
  });

  it('name the gravest of several', () => {
    const findings = [
      panelFinding({ rule: 'saturated-activation', severity: 'warning' }),
      panelFinding({ rule: 'non-finite', severity: 'error' }),
    ];
    expect(verdicts(run, findings, 'done')[0]).toEqual({ text: 'not finite', tone: 'error' });
  });

  it('do not blame a layer for a finding about the whole model', () => {
    expect(texts(run, [panelFinding({ layer: undefined })], 'done')).toEqual(['no finding', 'no finding']);
  });

  it('call nothing healthy after a value that is not finite, or without a step', () => {
    const broken = runView(panelRun(1, 0, { records: [panelRecord(0, ['nan', 1], { loss: 'nan', gradientNorm: 'nan' })] }));
    expect(texts(broken, [panelFinding({ rule: 'non-finite', layer: 'first' })], 'done')).toEqual(['not finite', '—']);
    expect(texts(runView(panelRun(1, 0)), [], 'done')).toEqual(['—', '—']);
  });
});
