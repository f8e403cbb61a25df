import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { buildRun, learning } from '../history-builder';

const layers = [{ name: 'hidden' }, { name: 'answer' }];

describe('non-finite', () => {
  it('names step, direction and the first layer that went', () => {
    const last = { loss: Number.NaN, nonFinite: { direction: 'forward', layer: 0, kind: 'nan', timeStep: 3 } as const };
    const { model, history } = buildRun({
      layers,
      loss: learning,
      steps: 20,
      last,
      outcome: { kind: 'not-finite', step: 19 },
    });
    const [finding, ...rest] = diagnose(model, history);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'non-finite',
      severity: 'error',
      layer: 'hidden',
      at: { layer: 'hidden' },
      step: 19,
      measured: { timeStep: 3 },
    });
    expect(finding.message).toMatch(/output of `hidden`, time step 3, became NaN at step 19/);
  });

  it('speaks of the loss where the loss was first, and of the first step where there was no finite one', () => {
    const last = { loss: Infinity, nonFinite: { direction: 'loss', layer: -1, kind: 'infinity' } as const };
    const { model, history } = buildRun({
      layers,
      loss: learning,
      steps: 1,
      last,
      outcome: { kind: 'not-finite', step: 0 },
    });
    const [finding] = diagnose(model, history);
    expect(finding).toMatchObject({ rule: 'non-finite', layer: undefined, at: { layer: 'answer' } });
    expect(finding.message).toMatch(/The loss became infinity at step 0.*No update had been made/);
  });

  it('says nothing of a finite run, or of one that was cancelled', () => {
    const { model, history } = buildRun({ layers, loss: learning, outcome: { kind: 'cancelled', step: 50 } });
    expect(diagnose(model, history)).toEqual([]);
  });
});
