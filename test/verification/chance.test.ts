import { describe, expect, it } from 'vitest';
import { assessSeeds } from '../../src/verification/assess-seeds';
import { withChance } from '../../src/verification/chance';
import { measureTrial } from '../../src/verification/measure-trial';
import type { RunTrial } from '../../src/verification/trial';
import { verifyFixes } from '../../src/verification/verify-fixes';
import { compile } from '../fixes/context';
import { faultyRun, runTrial, WILD_RATE } from './in-process';

const faulty = faultyRun(WILD_RATE);
const { rule } = faulty.finding;
const { model: sound } = compile(WILD_RATE.replace('learning_rate: 3', 'learning_rate: 0.01'));

/** Trains the sound model, and the wild one for seeds that `dies` names. */
const sometimes =
  (dies: (seed: number) => boolean): RunTrial =>
  (spec, signal) =>
    runTrial(dies(spec.seed) ? { ...spec, optimizer: faulty.model.optimizer } : spec, signal);

describe('assessSeeds', () => {
  it('counts the seeds with which a model dies, and says so in the message of what was found', async () => {
    const { chance, ended } = await assessSeeds(faulty.model, runTrial, { seeds: 3, concurrency: 1, mostSeeds: 16 });
    expect(ended).toBe('complete');
    expect(chance).toMatchObject({ seeds: 3, firstSeed: 1, trainsIn: 0, summary: 'fails with all 3 seeds' });
    expect(chance!.found[0]).toEqual({ rule, seeds: 3 });
    const [told] = withChance([faulty.finding], chance);
    expect(told.message).toBe(`${faulty.finding.message} Found with all 3 seeds tried.`);
    expect(withChance([faulty.finding], undefined)).toEqual([faulty.finding]);
  });

  it('stops at the first seeds where they agree that all is well', async () => {
    const { chance } = await assessSeeds(sound, runTrial, { seeds: 3, concurrency: 1, mostSeeds: 16 });
    expect(chance).toMatchObject({ seeds: 3, trainsIn: 3, summary: 'trains with all 3 seeds', found: [] });
    expect(withChance([], chance)).toEqual([]);
  });

  it('goes on where seeds do not agree, and tells of a run that was lucky what others die of', async () => {
    const { chance } = await assessSeeds(
      sound,
      sometimes(seed => seed % 3 === 0),
      { seeds: 3, concurrency: 2, mostSeeds: 8 },
    );
    expect(chance).toMatchObject({
      seeds: 8,
      trainsIn: 6,
      summary: 'fails with 2 of 8 seeds',
      found: [{ rule, seeds: 2 }],
    });
    const [lucky, ...more] = withChance([], chance);
    expect(more).toEqual([]);
    expect(lucky).toMatchObject({ rule, severity: 'information', measured: { seedsFound: 2, seedsTried: 8 } });
    expect(lucky.message).toMatch(
      /^The model trains with seed 1, but fails with 2 of 8 seeds tried\. With seed 3: [A-Z0-9].*\.$/,
    );
  });

  it('does not cry wolf for one seed of many', async () => {
    const { chance } = await assessSeeds(
      sound,
      sometimes(seed => seed === 2),
      { seeds: 3, concurrency: 1, mostSeeds: 8 },
    );
    expect(chance).toMatchObject({ seeds: 8, trainsIn: 7, summary: 'fails with 1 of 8 seeds' });
    expect(withChance([], chance)).toEqual([]);
  });

  it('tells a run that was unlucky with how many seeds it would have trained', async () => {
    const run = sometimes(seed => seed === 1);
    const { chance } = await assessSeeds(sound, run, { seeds: 2, concurrency: 1, mostSeeds: 5 });
    expect(withChance([faulty.finding], chance)[0].message).toContain(' Found with 1 of 5 seeds tried.');
    // What is found is one thing, and whether the model trains is another.
    const other = { ...chance!, trainsIn: 3 };
    expect(withChance([faulty.finding], other)[0].message).toContain(
      ' Found with 1 of 5 seeds tried; the model trains with 3.',
    );
  });

  it('trains no seed twice: neither that of the run, nor those that cures were held against', async () => {
    const trained: number[] = [];
    const run: RunTrial = (spec, signal) => {
      if (JSON.stringify({ ...spec, seed: 1 }) === JSON.stringify(faulty.model)) trained.push(spec.seed);
      return runTrial(spec, signal);
    };
    const known = [measureTrial(faulty.model, { history: faulty.history })];
    const verified = await verifyFixes(
      { ...faulty, finding: { ...faulty.finding, fixes: ['lower-learning-rate'] } },
      run,
      {
        seeds: 3,
        concurrency: 1,
        known,
      },
    );
    expect(verified.baseline).toMatchObject({ seeds: 3, trainsIn: 0 });
    const { chance } = await assessSeeds(faulty.model, run, {
      seeds: 3,
      concurrency: 1,
      known: verified.baseline.trials,
    });
    expect(chance).toMatchObject({ seeds: 3 });
    expect(trained).toEqual([2, 3]);
  });

  it('leaves out seeds after one that time did not suffice for: runs that die are over sooner', async () => {
    const time = new AbortController();
    const run: RunTrial = async (spec, signal) => {
      if (spec.seed !== 3) return sometimes(seed => seed > 3)(spec, signal);
      await new Promise(resolve => signal.addEventListener('abort', () => resolve(undefined)));
      throw new Error('Stopped.');
    };
    const assessing = assessSeeds(
      sound,
      async (spec, signal) => {
        const trial = await run(spec, signal);
        if (spec.seed === 5) time.abort();
        return trial;
      },
      { seeds: 6, concurrency: 2, outOfTime: time.signal },
    );
    const { chance, ended } = await assessing;
    expect(ended).toBe('out-of-time');
    expect(chance).toMatchObject({ seeds: 2, trainsIn: 2 });
  });

  it('knows nothing where no training came to its end', async () => {
    const user = new AbortController();
    user.abort();
    expect(await assessSeeds(sound, runTrial, { seeds: 3, concurrency: 1, cancel: user.signal })).toEqual({
      chance: undefined,
      trials: [],
      ended: 'cancelled',
    });
  });
});
