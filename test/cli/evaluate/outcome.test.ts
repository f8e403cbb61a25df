import { describe, expect, it } from 'vitest';
import { harmed, learned, learnedNothing, needsTwin, outcomeOf, trains } from '../../../src/cli/evaluate/outcome';
import type { RunHistory } from '../../../src/record/run-history';

const history = (losses: readonly number[], more: object = {}): RunHistory =>
  ({
    layout: { trivialLoss: 2 },
    outcome: { kind: 'completed' },
    records: losses.map(loss => ({ loss, ...more })),
  }) as unknown as RunHistory;
const ended = (relativeLoss: number) => ({ finite: true, relativeLoss });

describe('the outcome of a run', () => {
  it("is the mean loss of the last tenth over the best constant's", () => {
    const losses = Array.from({ length: 100 }, (_, step) => (step < 90 ? 4 : step % 2));
    expect(outcomeOf(history(losses), 64)).toEqual({ finite: true, relativeLoss: 0.25 });
  });

  it('takes more steps where batches are small, whose median says nothing', () => {
    const losses = Array.from({ length: 600 }, (_, step) => (step % 3 === 0 ? 6 : 0));
    expect(outcomeOf(history(losses), 1).relativeLoss).toBeCloseTo(1, 1);
    const early = Array.from({ length: 90 }, (_, step) => (step < 60 ? 4 : 2));
    expect(outcomeOf(history(early), 1).relativeLoss).toBe(1);
  });

  it('leaves penalties out', () => {
    expect(outcomeOf(history([3, 3, 3, 3, 3], { penalty: 2 }), 64).relativeLoss).toBe(0.5);
  });

  it('is nothing for a run that did not complete', () => {
    const run = { ...history([1]), outcome: { kind: 'not-finite' } } as unknown as RunHistory;
    expect(outcomeOf(run, 64)).toEqual({ finite: false, relativeLoss: Number.NaN });
    expect(learnedNothing(outcomeOf(run, 64))).toBe(true);
    expect(learned(outcomeOf(run, 64))).toBe(false);
  });
});

describe('a cured run', () => {
  it("trains at half of the constant's loss", () => {
    expect(trains(ended(0.5), undefined)).toBe(true);
    expect(trains(ended(0.51), undefined)).toBe(false);
  });

  it('is measured against a twin that does not get there, and against no other', () => {
    expect(trains(ended(0.7), ended(0.6))).toBe(true);
    expect(trains(ended(0.73), ended(0.6))).toBe(false);
    expect(trains(ended(0.55), ended(0.48))).toBe(false);
    expect([ended(0.4), ended(0.6), ended(0.95)].map(needsTwin)).toEqual([false, true, false]);
  });

  it('never trains within a tenth of the constant', () => {
    expect(trains(ended(0.9), ended(0.85))).toBe(false);
  });

  it('is not excused by a twin that learns nothing', () => {
    expect(trains(ended(0.84), ended(1.07))).toBe(false);
  });
});

describe('harm', () => {
  it.each([
    [0.85, 0.8, true],
    [0.3, 0.1, true],
    [0.13, 0.1, false],
    [0.03, 0.001, false],
    [0.06, 0.001, true],
  ])('of %d where the twin reaches %d: %s', (faulty, twin, expected) =>
    expect(harmed(ended(faulty), ended(twin))).toBe(expected),
  );
});
