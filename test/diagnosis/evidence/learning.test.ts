import { describe, expect, it } from 'vitest';
import { assessLearning } from '../../../src/diagnosis/evidence/learning';
import { windowsOf } from '../../../src/diagnosis/evidence/windows';
import { buildRun, stuck } from '../history-builder';

const LAYERS = [{ name: 'hidden' }, { name: 'answer' }];

describe('assessLearning', () => {
  it('does not take the median of batches of 1 for an accuracy', () => {
    const { model, history } = buildRun({ layers: LAYERS, loss: stuck, trivialLoss: Math.LN2 });
    const records = history.records.map((record, step) => ({ ...record, accuracy: step % 5 < 3 ? 1 : 0 }));
    const ones = { ...model, batchSize: 1 };
    const learning = assessLearning(ones, { ...history, records }, windowsOf({ ...history, records }));
    expect(learning.state).toBe('stuck');
    expect(learning.accuracy?.share).toBeCloseTo(0.6, 1);
  });

  it('proves that something is learned by counting examples', () => {
    const wide = { ...buildRun({ layers: LAYERS, loss: stuck, trivialLoss: Math.log(64) }) };
    const withAccuracy = (accuracy: number) => {
      const records = wide.history.records.map(record => ({ ...record, loss: 1.02 * Math.log(64), accuracy }));
      return assessLearning(wide.model, { ...wide.history, records }, windowsOf({ ...wide.history, records }));
    };
    expect(withAccuracy(0.25)).toMatchObject({ state: 'stuck', learnedSomething: true });
    expect(withAccuracy(1 / 64)).toMatchObject({ state: 'stuck', learnedSomething: false });
  });

  it('tells a loss that rose from one that falls and has not arrived', () => {
    const stateOf = (loss: (step: number) => number) => {
      const { model, history } = buildRun({ layers: LAYERS, loss });
      return assessLearning(model, history, windowsOf(history));
    };
    expect(stateOf(step => 10 - 0.05 * step)).toMatchObject({ state: 'diverged', rose: false });
    expect(stateOf(step => 1 + 0.05 * step)).toMatchObject({ state: 'diverged', rose: true });
  });
});
