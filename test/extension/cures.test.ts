/** Verification in the background and the comparison on demand, with workers that train for real. */
import { describe, expect, it } from 'vitest';
import { Comparisons } from '../../src/extension/cures/comparisons';
import { measuredFixes } from '../../src/extension/cures/measured-fixes';
import { Verifications, type VerificationState } from '../../src/extension/cures/verifications';
import { ModelRuns, type TrainingRequest } from '../../src/extension/runs/model-runs';
import type { StartWorker } from '../../src/extension/runs/worker-handle';
import { proposeFixes } from '../../src/fixes/propose';
import { compileModel } from '../../src/spec/compile';
import { parseModelFile } from '../../src/spec/parse';
import { inProcessWorkers } from './in-process-worker';

const TEXT = `input: [8]
layers:
  - { name: first, type: dense, units: 16, activation: relu, kernel_initializer: { type: normal, std: 4 } }
  - { name: second, type: dense, units: 16, activation: relu, kernel_initializer: { type: normal, std: 4 } }
  - { name: answer, type: dense, units: 1 }
loss: mse
data: { type: teacher, examples: 256 }
optimizer: { type: sgd, learning_rate: 0.01 }
steps: 60
`;
const LIMITS = { seeds: 2, concurrency: 2, budgetMs: 60_000 };

function requestOf(text = TEXT): TrainingRequest {
  const document = parseModelFile(text, 'yaml');
  const { model } = compileModel(document);
  return { document, model: model!, files: {}, memoryLimitBytes: 2 ** 30 };
}

function make(budgetMs = LIMITS.budgetMs, startWorker: StartWorker = inProcessWorkers()) {
  const runs = new ModelRuns(startWorker);
  const verifications = new Verifications(runs, startWorker, () => ({ ...LIMITS, budgetMs, rootOf: (run) => run.findings[0] }));
  const states: VerificationState[] = [];
  verifications.onDidChange((key) => {
    const { current } = runs.get(key);
    const state = current && verifications.get(current)?.state;
    if (state) states.push(state);
  });
  const over = (): Promise<void> => new Promise((resolve) => {
    const check = (): void => {
      if (verifications.isMeasuring('a')) setTimeout(check, 5);
      else resolve();
    };
    check();
  });
  return { runs, verifications, states, over };
}

describe('verification', () => {
  it('measures the cures of a run by itself, and their titles say what they do', { timeout: 60_000 }, async () => {
    const { runs, verifications, states, over } = make();
    await runs.train('a', requestOf());
    const { current } = runs.get('a');
    expect(current?.findings[0]).toBeDefined();
    await over();
    const verification = verifications.get(current!)!;
    expect(verification.state.kind).toBe('done');
    expect(states[0]).toMatchObject({ kind: 'measuring', finished: 0 });
    const proposed = proposeFixes({ document: current!.document, model: current!.model, history: current!.history, finding: current!.findings[0] });
    const fixes = measuredFixes(proposed, current!.findings[0], verification);
    expect(fixes.length).toBeGreaterThan(0);
    expect(fixes.length).toBeLessThanOrEqual(proposed.length);
    expect(fixes[0].preferred).toBe(true);
    expect(fixes[0].title).toMatch(/: trains in 2 of 2 seeds, loss .+ → .+/);
    expect(fixes[0].edits).toEqual(proposed.find(({ id }) => id === fixes[0].id)!.edits);
  });

  it('measures the same text once', { timeout: 60_000 }, async () => {
    let started = 0;
    const { runs, verifications, over } = make(LIMITS.budgetMs, inProcessWorkers(() => started++));
    await runs.train('a', requestOf());
    await over();
    const before = started;
    await runs.train('a', requestOf());
    expect(started).toBe(before + 1);
    expect(verifications.get(runs.get('a').current!)?.state.kind).toBe('done');
  });

  it('is switched off by a budget of nothing', async () => {
    const { runs, verifications } = make(0);
    await runs.train('a', requestOf());
    expect(verifications.isMeasuring('a')).toBe(false);
    expect(verifications.get(runs.get('a').current!)).toBeUndefined();
  });

  it('stops when asked to, and when its file is trained again', { timeout: 60_000 }, async () => {
    const { runs, verifications, over } = make();
    await runs.train('a', requestOf());
    const first = runs.get('a').current!;
    expect(verifications.isMeasuring('a')).toBe(true);
    verifications.stop('a');
    await over();
    expect(verifications.get(first)?.state.kind).toBe('stopped');
    await runs.train('a', requestOf());
    const second = runs.get('a').current!;
    const again = runs.train('a', requestOf(TEXT.replace('0.01', '0.02')));
    await again;
    await over();
    expect(verifications.get(second)?.state.kind).toBe('stopped');
    expect(verifications.get(runs.get('a').current!)?.state.kind).toBe('done');
  });
});

describe('the comparison of cures', () => {
  it('grows as trainings end, and ranks what was measured', { timeout: 120_000 }, async () => {
    const { runs } = make(0);
    const comparisons = new Comparisons(runs, inProcessWorkers());
    const request = requestOf();
    await runs.train('a', request);
    const run = runs.get('a').current!;
    const counts: number[] = [];
    comparisons.onDidChange((key) => {
      const state = comparisons.get(key)?.state;
      if (state?.kind === 'measuring') counts.push(state.finished);
    });
    await comparisons.compare('a', run, run.findings[0], request, LIMITS);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts).toEqual(counts.toSorted((one, other) => one - other));
    const state = comparisons.get('a')!.state;
    if (state.kind !== 'done') throw new Error(`The comparison is ${state.kind}.`);
    const { baseline, cures, ended } = state.comparison;
    expect(ended).toBe('complete');
    expect(baseline.seeds).toBe(2);
    expect(cures.some(({ fixes }) => fixes.length === 2)).toBe(true);
    expect(cures[0].effect).toBe('cures');
    expect(comparisons.isMeasuring('a')).toBe(false);
  });

  it('is forgotten when its file is trained again', { timeout: 60_000 }, async () => {
    const { runs } = make(0);
    const comparisons = new Comparisons(runs, inProcessWorkers());
    const request = requestOf();
    await runs.train('a', request);
    const run = runs.get('a').current!;
    const comparing = comparisons.compare('a', run, run.findings[0], request, LIMITS);
    const training = runs.train('a', request);
    await Promise.all([comparing, training]);
    expect(comparisons.get('a')).toBeUndefined();
  });
});

