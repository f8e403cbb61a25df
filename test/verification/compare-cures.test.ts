import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/frontends/model-file/edit';
import { compareCures } from '../../src/verification/compare-cures';
import { comparisonToCsv, comparisonToMarkdown } from '../../src/verification/export-table';
import { measureTrial } from '../../src/verification/measure-trial';
import { compile } from '../fixes/context';
import { faultyRun, runTrial, WILD_RATE } from './in-process';

const faulty = faultyRun(WILD_RATE);

describe('compareCures', async () => {
  const comparison = await compareCures(faulty, runTrial, { seeds: 2, concurrency: 1, steps: 60 });
  const single = comparison.cures.filter(cure => cure.fixes.length === 1);
  const pairs = comparison.cures.filter(cure => cure.fixes.length === 2);

  it('tries what applies, and no pairs where a single cure trains well', () => {
    expect(single.map(cure => cure.name)).toEqual(expect.arrayContaining(['clip-by-norm', 'clip-by-value']));
    expect(pairs).toEqual([]);
    expect(new Set(comparison.cures.map(cure => applyEdits(WILD_RATE, cure.edits))).size).toBe(comparison.cures.length);
  });

  it('has the cure of the cause on top where that trains, with fresh seeds too', () => {
    const [first] = comparison.cures;
    expect(first).toMatchObject({ fixes: ['lower-learning-rate'], causal: true, fresh: { seeds: 2, trainsIn: 2 } });
    const sound = comparison.cures.map(cure => cure.trainsIn === cure.seeds);
    expect(sound).toEqual(sound.toSorted((one, other) => Number(other) - Number(one)));
    expect(comparison.cures[0]).toMatchObject({ effect: 'cures', trainsIn: 2, seeds: 2 });
  });

  it("measures clipping, the way to the original's best, and curves to lay over each other", () => {
    const clip = comparison.cures.find(cure => cure.name === 'clip-by-norm')!;
    expect(clip.clippedShare).toBeGreaterThan(0);
    expect(clip.clippedShare).toBeLessThanOrEqual(1);
    expect(comparison.baseline.clippedShare).toBe(0);
    const best = comparison.cures[0];
    expect(best.stepsToBaseline).toBeLessThan(60);
    const { curve } = best.trials[0];
    expect([curve.loss.length, curve.gradientNorm.length]).toEqual([curve.steps.length, curve.steps.length]);
    expect([curve.steps[0], curve.steps.at(-1)]).toEqual([0, 59]);
  });

  it('exports a row a cure, with the original first', () => {
    const csv = comparisonToCsv(comparison).trimEnd().split('\r\n');
    expect(csv).toHaveLength(comparison.cures.length + 2);
    expect(csv[0]).toMatch(/^cure,fixes,trains_in,seeds,/);
    expect(csv[1]).toMatch(/^Original,,0,2,/);
    const markdown = comparisonToMarkdown(comparison).trimEnd().split('\n');
    expect(markdown).toHaveLength(comparison.cures.length + 3);
    expect(new Set(markdown.map(line => line.split(' | ').length)).size).toBe(1);
    expect(markdown[0]).toMatch(/^\| cure \| trains with \|/);
    expect(markdown[3]).toContain('| 4/4 |');
  });
});

describe('loss of a trial', () => {
  it('is that of the task, without what regularization adds', async () => {
    const text = WILD_RATE.replace('learning_rate: 3', 'learning_rate: 1e-12');
    const plain = await runTrial(compile(text).model, new AbortController().signal);
    const { model } = compile(`${text}regularization: { l1: 1, l2: 1 }\n`);
    const penalized = await runTrial(model, new AbortController().signal);
    expect(penalized.history.records[0].loss).toBeGreaterThan(2 * plain.history.records[0].loss);
    expect(measureTrial(model, penalized).finalLoss).toBeCloseTo(measureTrial(model, plain).finalLoss, 4);
  });
});
