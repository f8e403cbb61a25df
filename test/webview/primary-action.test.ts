import { describe, expect, it } from 'vitest';
import type { PanelComparison, PanelCure, PanelFix } from '../../src/protocol/panel-messages';
import { primaryAction, type PrimaryAction } from '../../webview/state/primary-action';
import { INITIAL_STATE, reduce } from '../../webview/state/reducer';
import { panelFinding, panelRun, panelState } from './run-builder';

const fix = (preferred: boolean): PanelFix => ({ id: 'clip-by-norm', title: 'Clip gradients to norm 1', preferred });
const row = (id: string, effect: PanelCure['effect']): PanelCure => ({ id, effect, cells: [id], curves: [] });
const COMPARISON: PanelComparison = {
  state: 'done',
  message: '',
  columns: ['cure'],
  applicable: true,
  rows: [row('', 'original'), row('a', 'removes'), row('b', 'cures'), row('c', 'cures')],
};
const of = (change: Parameters<typeof panelState>[0]): PrimaryAction =>
  primaryAction(
    reduce(INITIAL_STATE, {
      type: 'hydrate',
      state: panelState({
        status: { state: 'done', step: 3, steps: 3, message: '' },
        current: panelRun(1, 3),
        ...change,
      }),
    }),
  );

describe('the button that stands out', () => {
  it('is the cure that is preferred, of the first finding that has one', () => {
    const findings = [
      panelFinding({ fixes: [fix(false)] }),
      panelFinding({ fixes: [fix(false), fix(true)] }),
      panelFinding({ fixes: [fix(true)] }),
    ];
    expect(of({ findings, comparison: COMPARISON })).toEqual({ kind: 'fix', finding: 1, fix: 1 });
  });

  it('is none while nothing is measured, and while a run goes on', () => {
    expect(of({ findings: [panelFinding({ fixes: [fix(false)] })] })).toEqual({ kind: 'none' });
    expect(of({ status: { state: 'running', step: 1, steps: 3, message: '' } })).toEqual({ kind: 'none' });
  });

  it('is the best of the comparison where no cure of a finding is preferred: one that learns', () => {
    expect(of({ findings: [panelFinding({ fixes: [fix(false)] })], comparison: COMPARISON })).toEqual({
      kind: 'cure',
      id: 'b',
    });
    expect(of({ comparison: { ...COMPARISON, applicable: false } })).toEqual({ kind: 'train' });
  });

  it('is to train where there is nothing to cure, where the text has changed since, and where the run was interrupted', () => {
    expect(of({})).toEqual({ kind: 'train' });
    expect(
      of({
        status: { state: 'interrupted', step: 1, steps: 3, message: '' },
        findings: [panelFinding({ fixes: [fix(true)] })],
      }),
    ).toEqual({ kind: 'train' });
    expect(of({ stale: true, findings: [panelFinding({ fixes: [fix(true)] })] })).toEqual({ kind: 'train' });
  });
});
