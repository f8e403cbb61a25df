/** Which measured cure is preferred, and what is said of it. */
import { describe, expect, it } from 'vitest';
import type { FixId } from '../../src/diagnosis/finding';
import type { ModelSpec } from '../../src/model/model-spec';
import type { RunTrial } from '../../src/verification/trial';
import { trainingBar } from '../../src/verification/training-bar';
import { verifyFixes } from '../../src/verification/verify-fixes';
import { faultyRun, runTrial, WILD_RATE } from './in-process';

const faulty = faultyRun(WILD_RATE);
const withFixes = (...fixes: FixId[]) => ({ ...faulty, finding: { ...faulty.finding, fixes } });
const CALM = { ...faulty.model, optimizer: { ...faulty.model.optimizer, learningRate: 1e-3 }, steps: 20 };

/** A run without a finding whose every loss is what `lossOf` says, as a share of a constant prediction's. */
function pretending(lossOf: (model: ModelSpec) => number): RunTrial {
  return async (model, signal) => {
    const { history } = await runTrial(CALM, signal);
    const loss = lossOf(model) * history.layout.trivialLoss!;
    return {
      history: { ...history, records: history.records.map(record => ({ ...record, updateEffect: undefined, loss })) },
    };
  };
}

const clips = ({ clip }: ModelSpec, type: ModelSpec['clip']['type']): boolean => clip.type === type;

describe('the bar of what trains', () => {
  it("is half of a constant prediction's loss, or near the best that anything reaches where that is more", () => {
    expect([0.01, 0.6, 0.95].map(trainingBar)).toEqual([0.5, 0.72, 0.9]);
  });
});

describe('the preferred cure', () => {
  const options = { seeds: 2, concurrency: 1 };

  it('undoes the cause where that trains, though another ends lower', async () => {
    const run = pretending(model => (clips(model, 'norm') ? 0.3 : clips(model, 'value') ? 0.01 : 1));
    const { fixes, verdict } = await verifyFixes(withFixes('clip-by-norm', 'clip-by-value'), run, options);
    expect(verdict).toBe('cured');
    expect(fixes.map(({ id, preferred, causal }) => [id, preferred, causal])).toEqual([
      ['clip-by-norm', true, true],
      ['clip-by-value', false, undefined],
    ]);
    expect(fixes[0]).toMatchObject({ why: 'It undoes the cause.' });
    expect(fixes[0].effect).toMatch(/^trains with 2 of 2 fresh seeds, loss 1\.0\d → 0\.3\d*$/);
  });

  it('is another where the one that undoes the cause does not train, and says so', async () => {
    const run = pretending(model => (clips(model, 'value') ? 0.2 : 1));
    const { fixes } = await verifyFixes(withFixes('clip-by-norm', 'clip-by-value'), run, options);
    expect(fixes[0]).toMatchObject({ id: 'clip-by-value', preferred: true });
    expect(fixes[0].causal).toBeUndefined();
    expect(fixes[0].why).toMatch(/^With the same seeds/);
  });

  it('is not one that only seeds refute that it was not chosen by', async () => {
    const run = pretending(model => (clips(model, 'norm') && model.seed > 2 ? 1 : clips(model, 'none') ? 1 : 0.3));
    const { fixes } = await verifyFixes(withFixes('clip-by-norm', 'clip-by-value'), run, options);
    expect(fixes[0]).toMatchObject({ id: 'clip-by-value', preferred: true });
    const refuted = fixes.find(({ id, parts }) => id === 'clip-by-norm' && parts === undefined);
    expect(refuted).toMatchObject({ preferred: false });
    expect(refuted?.effect).toMatch(/^trains with 2 of 4 seeds/);
  });

  it('undoes the cause at another rate, where at the old one it does not train, though another single edit does', async () => {
    const run = pretending(model =>
      clips(model, 'norm') && model.optimizer.learningRate !== faulty.model.optimizer.learningRate
        ? 0.3
        : clips(model, 'value')
          ? 0.1
          : 1,
    );
    const { fixes } = await verifyFixes(withFixes('clip-by-norm', 'clip-by-value'), run, options);
    expect(fixes[0]).toMatchObject({ id: 'clip-by-norm', preferred: true, causal: true });
    expect(fixes[0].parts).toHaveLength(2);
    expect(fixes.find(({ id }) => id === 'clip-by-value')).toMatchObject({ preferred: false });
  });

  it('is an edit that undoes the cause and that the rule does not name, before a named one at another rate', async () => {
    const run = pretending(model =>
      clips(model, 'value') ? 0.3 : model.optimizer.learningRate !== faulty.model.optimizer.learningRate ? 0.1 : 1,
    );
    const finding = {
      ...faulty.finding,
      fixes: ['clip-by-norm'] as const,
      causal: ['clip-by-norm', 'clip-by-value'] as const,
    };
    const { fixes } = await verifyFixes({ ...faulty, finding }, run, options);
    expect(fixes[0]).toMatchObject({ id: 'clip-by-value', preferred: true, causal: true });
    expect(fixes[0].parts).toBeUndefined();
  });

  it('runs with twice as many fresh seeds where it passes narrowly, and is refused where one of those fails', async () => {
    const narrow = (fails: number) =>
      pretending(model =>
        clips(model, 'norm') ? (model.seed === fails ? 0.6 : 0.4) : clips(model, 'value') ? 0.1 : 1,
      );
    const of = (fails: number) => verifyFixes(withFixes('clip-by-norm', 'clip-by-value'), narrow(fails), options);
    const passed = (await of(1000)).fixes[0];
    expect(passed).toMatchObject({ id: 'clip-by-norm', preferred: true });
    expect(passed.effect).toMatch(/^trains with 4 of 4 fresh seeds/);
    expect((await of(faulty.model.seed + 5)).fixes[0]).not.toMatchObject({ id: 'clip-by-norm', parts: undefined });
  });

  it("is none where nothing trains: a loss of 0.85 of a constant prediction's is near the best only while nothing is better", async () => {
    const run = pretending(model => (clips(model, 'norm') ? 0.85 : clips(model, 'value') ? 0.4 : 1));
    const { fixes, bar } = await verifyFixes(withFixes('clip-by-norm', 'clip-by-value'), run, options);
    expect(bar).toBe(0.5);
    expect(fixes[0]).toMatchObject({ id: 'clip-by-value', preferred: true });
    expect(fixes.find(({ id }) => id === 'clip-by-norm')?.effect).toMatch(
      /learns with 2 of 2 seeds but does not train well yet/,
    );
    const stuck = await verifyFixes(
      withFixes('clip-by-norm'),
      pretending(() => 1),
      options,
    );
    expect(stuck.fixes.filter(({ preferred }) => preferred)).toEqual([]);
  });

  it('comes out the same however many trainings go on at a time', async () => {
    const run = pretending(model => (clips(model, 'norm') ? 0.6 : clips(model, 'value') ? 0.55 : 1));
    const titles = async (concurrency: number) =>
      (await verifyFixes(withFixes('clip-by-norm', 'clip-by-value'), run, { seeds: 2, concurrency })).fixes.map(
        ({ title }) => title,
      );
    expect(await titles(1)).toEqual(await titles(4));
  });
});

describe('a cure that takes the fault away and does not learn', () => {
  it("says both, with the constant prediction's loss beside its own", async () => {
    // Clipping calms the run down, which goes nowhere then.
    const run: RunTrial = (model, signal) =>
      clips(model, 'norm') ? pretending(() => 0.99)(model, signal) : runTrial(model, signal);
    const { fixes } = await verifyFixes(withFixes('clip-by-norm'), run, { seeds: 1, concurrency: 1 });
    const clip = fixes.find(({ id, parts }) => id === 'clip-by-norm' && parts === undefined)!;
    expect(clip).toMatchObject({ causal: true, preferred: false });
    expect(clip.effect).toMatch(/^removes the overshooting; does not learn yet \(\d\S*, constant \d\S*\)$/);
  });
});

describe('what could not be measured', () => {
  it('is no proof that nothing helps', async () => {
    const run: RunTrial = (model, signal) =>
      clips(model, 'none')
        ? pretending(() => 1)(model, signal)
        : Promise.reject(new Error('The training needs too much memory.'));
    const verified = await verifyFixes(withFixes('clip-by-norm'), run, { seeds: 1, concurrency: 1 });
    expect(verified.verdict).toBe('unknown');
    expect(verified.summary).toMatch(/not measured: The training needs too much memory\./);
    expect(verified.fixes.map(({ id }) => id)).toContain('clip-by-norm');
  });
});
