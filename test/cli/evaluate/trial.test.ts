/** A trial as a worker of the evaluation runs it, on a model that trains in milliseconds. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTrial } from '../../../src/cli/evaluate/trial';

const file = (kind: string) => path.join(import.meta.dirname, `../../../evaluation/${kind}/rate-linear.model.yaml`);

describe('a trial', () => {
  it('says what became of a healthy run, and measures no cure that nobody asked for', async () => {
    const trial = await runTrial({ file: file('healthy'), seed: 1 });
    expect(trial).toMatchObject({ verdict: 'trains', findings: [] });
    expect(trial.outcome.relativeLoss).toBeLessThan(0.5);
    expect(trial.cure).toBeUndefined();
  });

  it('tries the preferred cure with every held-back seed', async () => {
    const cure = { twin: file('healthy'), seeds: 1, heldBackSeeds: 3 };
    const trial = await runTrial({ file: file('faulty'), seed: 1, cure });
    expect(trial.verdict).toBe('faulty');
    expect(trial.cure?.fixes.length).toBeGreaterThan(0);
    expect(trial.cure?.runs.map(({ seed }) => seed)).toEqual([1001, 1002, 1003]);
    for (const { verdict } of trial.cure?.runs ?? []) expect(['trains', 'not-learning', 'faulty']).toContain(verdict);
  });
});
