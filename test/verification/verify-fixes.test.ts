import { describe, expect, it } from 'vitest';
import type { FixId } from '../../src/diagnosis/finding';
import { measuredOf } from '../../src/extension/cures/present-fixes';
import { applyEdits } from '../../src/frontends/model-file/edit';
import { sequenceKey } from '../../src/model/change';
import type { ModelSpec } from '../../src/model/model-spec';
import type { Progress } from '../../src/verification/board';
import type { RunTrial } from '../../src/verification/trial';
import { verifyFixes } from '../../src/verification/verify-fixes';
import { compile } from '../fixes/context';
import { faultyRun, runTrial, WILD_RATE } from './in-process';

const faulty = faultyRun(WILD_RATE);
const withFixes = (...fixes: FixId[]) => ({ ...faulty, finding: { ...faulty.finding, fixes } });

describe('verifyFixes', () => {
  it('prefers a cure that trains with every seed, and says what it does', async () => {
    const progress: Progress[] = [];
    const verified = await verifyFixes(withFixes('lower-learning-rate', 'clip-by-norm', 'clip-by-value'), runTrial, {
      seeds: 3,
      concurrency: 2,
      onProgress: step => progress.push(step),
    });
    expect(verified).toMatchObject({ verdict: 'cured', ended: 'complete' });
    expect(verified.baseline).toMatchObject({ seeds: 3, trainsIn: 0 });
    const [best, ...others] = verified.fixes;
    expect(best.title).toMatch(/^.+ ±?\d.*: trains with 3 of 3 fresh seeds, loss \S+( finite)? → 0\.\d+$/);
    expect([best.preferred, ...others.map(fix => fix.preferred)]).toEqual([true, ...others.map(() => false)]);
    expect(verified.summary).toBe(`${best.title}.`);
    expect(progress.at(-1)?.finished).toBe(progress.at(-1)?.planned);
    for (const fix of verified.fixes) {
      const result = verified.candidates.find(candidate => candidate.edits === fix.edits || candidate.name === fix.id)!;
      expect(result.learnsIn).toBeGreaterThan(0);
      expect(result.relativeCost).toBeGreaterThan(0);
    }
    const cured = applyEdits(WILD_RATE, best.edits);
    expect(cured).toContain('# the first');
    const after = await verifyFixes({ ...withFixes(), ...compile(cured) }, runTrial, { seeds: 3, concurrency: 1 });
    expect(after.baseline.trainsIn).toBe(3);
  });

  it('says that there is no cure where nothing helps', async () => {
    const asBefore: RunTrial = ({ seed }, signal) => runTrial({ ...faulty.model, seed }, signal);
    const verified = await verifyFixes(withFixes('clip-by-value'), asBefore, { seeds: 2, concurrency: 1 });
    expect(verified).toMatchObject({ verdict: 'no-cure', fixes: [] });
    expect(verified.summary).toMatch(/^No cure found/);
    expect(verified.candidates[0].fixes).toEqual(['clip-by-value']);
    expect(verified.candidates.length).toBeGreaterThan(5);
  });

  it('does not say that nothing helps where time ran out before the rest of the catalog was tried', async () => {
    const time = new AbortController();
    let runs = 0;
    const asBefore: RunTrial = async ({ seed }, signal) => {
      const trial = await runTrial({ ...faulty.model, seed }, signal);
      if (++runs === 2) time.abort();
      return trial;
    };
    const verified = await verifyFixes(withFixes('clip-by-value'), asBefore, {
      seeds: 3,
      concurrency: 1,
      outOfTime: time.signal,
    });
    expect(verified).toMatchObject({
      verdict: 'unknown',
      ended: 'out-of-time',
      summary: 'Time ran out before a cure was found; 1 was tried.',
    });
    const { finding } = faulty;
    // The cures are offered as they were proposed.
    expect(measuredOf(finding, { finding, state: { kind: 'done', verified } })).toBeUndefined();
  });

  it('knows with how many seeds the original trains before it tries the rest of the catalog, of which it offers nothing unmeasured', async () => {
    const time = new AbortController();
    let runs = 0;
    // One named cure and the original with the first seed, the original with the others, then one of the rest.
    const run: RunTrial = async (spec, signal) => {
      const trial = await runTrial(++runs === 2 ? faulty.model : spec, signal);
      if (runs === 5) time.abort();
      return trial;
    };
    const verified = await verifyFixes(withFixes('clip-by-value'), run, {
      seeds: 3,
      concurrency: 1,
      outOfTime: time.signal,
    });
    expect(verified.baseline.seeds).toBe(3);
    expect(verified.candidates.filter(({ seeds }) => seeds > 0)).toHaveLength(2);
    const tried = verified.candidates.filter(({ seeds }) => seeds > 0).map(({ id }) => id);
    expect(verified.fixes.filter(({ changes }) => !tried.includes(sequenceKey(changes)))).toEqual([]);
  });

  it('tries the rest of the catalog where none of the named cures helps', async () => {
    const verified = await verifyFixes(withFixes(), runTrial, { seeds: 1, concurrency: 1 });
    expect(verified).toMatchObject({ verdict: 'cured', ended: 'complete' });
    expect(verified.fixes.map(({ id }) => id)).toContain('lower-learning-rate');
  });

  it('answers with what it knows when time runs out, and offers the rest as proposed', async () => {
    const time = new AbortController();
    let runs = 0;
    const run: RunTrial = async (model, signal) => {
      if (++runs === 3) time.abort();
      return runTrial(model, signal);
    };
    const verified = await verifyFixes(withFixes('lower-learning-rate', 'clip-by-norm', 'clip-by-value'), run, {
      seeds: 3,
      concurrency: 1,
      outOfTime: time.signal,
    });
    expect(verified.ended).toBe('out-of-time');
    expect(runs).toBe(3);
    expect(verified.baseline.seeds).toBe(2);
    expect(verified.fixes[0].title).toMatch(/trains with 1 of 1 seed,/);
    // One seed is no measurement to prefer anything by.
    expect(verified.fixes.filter(({ preferred }) => preferred)).toEqual([]);
    expect(verified.fixes.at(-1)?.title).not.toMatch(/trains in/);
  });

  it('cancels the running trainings and begins no more', async () => {
    const user = new AbortController();
    let begun = 0;
    let ended = 0;
    const run: RunTrial = (_, signal) =>
      new Promise((_resolve, reject) => {
        begun++;
        signal.addEventListener('abort', () => {
          ended++;
          reject(new Error('cancelled'));
        });
        if (begun === 2) queueMicrotask(() => user.abort());
      });
    const verified = await verifyFixes(withFixes('lower-learning-rate', 'clip-by-norm'), run, {
      seeds: 5,
      concurrency: 2,
      cancel: user.signal,
    });
    expect(verified).toMatchObject({ ended: 'cancelled', verdict: 'unknown' });
    expect([begun, ended]).toEqual([2, 2]);
  });

  it('trains every candidate on the seeds of the original, never more at a time than allowed', async () => {
    const seen: ModelSpec[] = [];
    let running = 0;
    let most = 0;
    await verifyFixes(
      withFixes('lower-learning-rate', 'clip-by-norm'),
      async (model, signal) => {
        seen.push(model);
        most = Math.max(most, ++running);
        await Promise.resolve();
        const trial = await runTrial(model, signal);
        running--;
        return trial;
      },
      { seeds: 3, concurrency: 2, steps: 20 },
    );
    expect(most).toBe(2);
    // Three seeds are compared, three are fresh, and three more follow a narrow pass.
    expect(new Set(seen.map(model => model.seed))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect(new Set(seen.map(model => model.steps))).toEqual(new Set([20]));
    // The cure of the cause first, then the others.
    expect(seen.slice(0, 2).map(model => model.seed)).toEqual([1, 1]);
  });

  it('tells of a candidate that cannot be trained, and rejects where the original cannot', async () => {
    const failing =
      (fails: (model: ModelSpec) => boolean): RunTrial =>
      async (model, signal) => {
        if (fails(model)) throw new Error('Too large.');
        return runTrial(model, signal);
      };
    const verified = await verifyFixes(
      withFixes('clip-by-norm', 'lower-learning-rate'),
      failing(model => model.clip.type === 'norm'),
      { seeds: 1, concurrency: 1 },
    );
    expect(verified.candidates[0]).toMatchObject({ name: 'clip-by-norm', problem: 'Too large.', seeds: 0 });
    expect(verified.fixes.map(({ id, preferred }) => [id, preferred])).toEqual([
      ['lower-learning-rate', true],
      ['clip-by-norm', false],
    ]);
    await expect(
      verifyFixes(
        withFixes('clip-by-norm'),
        failing(() => true),
        { seeds: 1, concurrency: 1 },
      ),
    ).rejects.toThrow('Too large.');
  });
});
