/** Verification in the background and the comparison on demand, with workers that train for real. */
import { describe, expect, it } from 'vitest';
import { Comparisons } from '../../src/extension/cures/comparisons';
import { CureFinder } from '../../src/extension/cures/cure-finder';
import { presentFindings, shownFindings } from '../../src/extension/findings/present-findings';
import { SharedTrials } from '../../src/analysis/shared-trials';
import { Verifications, type VerificationState } from '../../src/extension/cures/verifications';
import { ModelRuns, type TrainingRequest } from '../../src/extension/runs/model-runs';
import type { StartWorker } from '../../src/worker/worker-handle';
import { valuesOfRecord } from '../../src/record/recorder';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { inProcessWorkers } from '../worker/in-process-worker';
import { readSource } from '../read-source';

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
const SOUND = TEXT.replaceAll('{ type: normal, std: 4 }', 'he-normal');
/** A seed with which the deep and narrow model trains while the next one dies. */
const LUCKY = 4;
const LIMITS = { seeds: 2, concurrency: 2, budgetMs: 60_000 };

function requestOf(text = TEXT): TrainingRequest {
  const source = readSource(text);
  return { source, model: source.model!, files: {}, memoryLimitBytes: 2 ** 30 };
}

function make(budgetMs = LIMITS.budgetMs, startWorker: StartWorker = inProcessWorkers()) {
  const analysis = inProcessAnalysis(startWorker);
  const runs = new ModelRuns(startWorker, analysis);
  const comparisons = new Comparisons(runs, analysis);
  const notes: string[] = [];
  const verifications = new Verifications(
    runs,
    analysis,
    () => ({ ...LIMITS, budgetMs, rootOf: run => run.findings[0] }),
    message => notes.push(message),
  );
  const states: VerificationState[] = [];
  verifications.onDidChange(key => {
    const { current } = runs.get(key);
    const state = current && verifications.get(current)?.state;
    if (state) states.push(state);
  });
  const over = (): Promise<void> =>
    new Promise(resolve => {
      const check = (): void => {
        if (verifications.isMeasuring('a')) setTimeout(check, 5);
        else resolve();
      };
      check();
    });
  return { runs, verifications, comparisons, states, over, notes, analysis };
}

describe('a run of an earlier session', () => {
  it('keeps what was measured, begins nothing by itself, and goes on where it is asked to', async () => {
    const first = make();
    await first.runs.train('a', requestOf());
    await first.over();
    const state = first.runs.get('a');
    const run = state.current!;
    const later = make();
    const measured = first.verifications.get(run);
    later.verifications.restore(run, measured);
    later.runs.restore('a', state);
    void later.runs.diagnoseAgain();
    expect(later.verifications.isMeasuring('a')).toBe(false);
    expect(later.verifications.get(run)).toBe(measured);
    later.verifications.resume('a', later.runs.get('a').current!, requestOf());
    expect(later.verifications.isMeasuring('a')).toBe(false);
    later.verifications.restore(run, { finding: measured!.finding, state: { kind: 'stopped' } });
    later.verifications.resume('a', later.runs.get('a').current!, requestOf());
    expect(later.verifications.isMeasuring('a')).toBe(true);
    await later.over();
    expect(later.verifications.get(run)?.state.kind).toBe('done');
  }, 120_000);
});

describe('verification', () => {
  it('measures the cures of a run by itself, and their titles say what they do', { timeout: 60_000 }, async () => {
    const { runs, verifications, states, over, analysis } = make();
    await runs.train('a', requestOf());
    const { current } = runs.get('a');
    expect(current?.findings[0]).toBeDefined();
    await over();
    const verification = verifications.get(current!)!;
    expect(verification.state.kind).toBe('done');
    expect(states[0]).toMatchObject({ kind: 'measuring', finished: 0 });
    const { source } = current!;
    const [present] = presentFindings(current!, source, {});
    const finder = new CureFinder(analysis, () => undefined);
    const fixes = await finder.find({ run: current!, present, source, verification });
    expect(fixes.length).toBeGreaterThan(0);
    expect(fixes[0].preferred).toBe(true);
    expect(fixes[0].title).toMatch(/: trains with 2 of 2 fresh seeds, loss .+ → .+/);
    const { verified } = verification.state as Extract<typeof verification.state, { kind: 'done' }>;
    expect(fixes.map(({ edits }) => edits)).toEqual(verified.fixes.map(({ edits }) => edits));
  });

  it('measures the same text once', { timeout: 60_000 }, async () => {
    let started = 0;
    const { runs, verifications, over } = make(
      LIMITS.budgetMs,
      inProcessWorkers(() => started++),
    );
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

describe('the seeds of a verdict', () => {
  /** Deep and narrow: whether some layer is dead at birth, and nothing learns, is chance. */
  const NARROW = `input: [4]
layers:
${'  - { type: dense, units: 4, activation: relu, kernel_initializer: he-normal }\n'.repeat(6)}  - { type: dense, units: 1 }
loss: mse
data: { type: teacher, examples: 128 }
optimizer: { type: adam, learning_rate: 0.01 }
steps: 60
`;

  it(
    'are those that the cures were held against, and are told in the message of the finding',
    { timeout: 60_000 },
    async () => {
      const seeds: number[] = [];
      const { runs, verifications, over } = make(
        LIMITS.budgetMs,
        inProcessWorkers(seed => seeds.push(seed)),
      );
      await runs.train('a', requestOf());
      await over();
      const { current } = runs.get('a');
      expect(current?.chance).toMatchObject({ seeds: 2, firstSeed: 1, trainsIn: 0, summary: 'fails with all 2 seeds' });
      const [shown] = shownFindings(current!, {});
      expect(shown.message).toBe(`${current!.findings[0].message} Found with all 2 seeds tried.`);
      // The run itself is the original with the first seed: cures alone are trained with it again.
      const state = verifications.get(current!)!.state as Extract<VerificationState, { kind: 'done' }>;
      expect(seeds.filter(seed => seed === 1)).toHaveLength(1 + state.verified.candidates.length);
    },
  );

  it(
    'tell of a run that was lucky, never louder than an information, and once known are not tried again',
    { timeout: 60_000 },
    async () => {
      const seeds: number[] = [];
      const { runs, verifications, over } = make(
        LIMITS.budgetMs,
        inProcessWorkers(seed => seeds.push(seed)),
      );
      const progress: number[] = [];
      verifications.onDidChange(key => {
        const going = verifications.seedsOf(runs.get(key).current!);
        if (going) progress.push(going.finished);
      });
      const lucky = requestOf(`${NARROW}seed: ${LUCKY}\n`);
      await runs.train('a', lucky);
      expect(runs.get('a').current!.findings).toEqual([]);
      await over();
      const { current } = runs.get('a');
      const { chance } = current!;
      expect(seeds).toEqual(Array.from({ length: 16 }, (_, index) => LUCKY + index));
      expect(progress.at(-1)).toBe(14);
      expect(verifications.seedsOf(current!)).toBeUndefined();
      expect(chance).toMatchObject({ seeds: 16, firstSeed: LUCKY });
      const dies = 16 - chance!.trainsIn;
      const [told] = shownFindings(current!, {});
      expect(told.severity).toBe('information');
      expect(told.message).toContain(
        `The model trains with seed ${LUCKY}, but fails with ${dies} of 16 seeds tried. With seed `,
      );
      expect(shownFindings(current!, { [told.rule]: 'off' })).toEqual([]);
      await runs.train('a', lucky);
      await over();
      expect(seeds).toHaveLength(17);
      expect(runs.get('a').current!.chance).toEqual(chance);
    },
  );

  it('are not tried where the first ones agree, nor with a budget of nothing', { timeout: 60_000 }, async () => {
    const seeds: number[] = [];
    const { runs, over } = make(
      LIMITS.budgetMs,
      inProcessWorkers(seed => seeds.push(seed)),
    );
    await runs.train('a', requestOf(SOUND));
    await over();
    expect(seeds).toEqual([1, 2]);
    expect(runs.get('a').current!.chance).toMatchObject({ seeds: 2, trainsIn: 2 });
    expect(shownFindings(runs.get('a').current!, {})).toEqual([]);
    const off = make(0);
    await off.runs.train('a', requestOf(SOUND));
    expect(off.runs.get('a').current!.chance).toBeUndefined();
  });

  it(
    'end with what is known when they are stopped, and say why they could not be tried',
    { timeout: 60_000 },
    async () => {
      const stopped = make();
      await stopped.runs.train('a', requestOf(SOUND));
      stopped.verifications.stop('a');
      await stopped.over();
      expect(stopped.runs.get('a').current!.chance).toMatchObject({ seeds: 1 });
      const workers = inProcessWorkers();
      const failing: StartWorker = (limits, events) => {
        const worker = workers(limits, events);
        return {
          ...worker,
          post: message => {
            if (message.type === 'start' && message.model.seed === 2)
              events.onMessage({ type: 'failed', message: 'No.', internal: false });
            else worker.post(message);
          },
        };
      };
      const { runs, over, notes } = make(LIMITS.budgetMs, failing);
      await runs.train('a', requestOf(SOUND));
      await over();
      expect(notes).toEqual(['a: trying other seeds failed. No.']);
    },
  );
});

describe('the comparison of cures', () => {
  it('grows as trainings end, and ranks what was measured', { timeout: 120_000 }, async () => {
    const { runs, comparisons } = make(0);
    const request = requestOf();
    await runs.train('a', request);
    const run = runs.get('a').current!;
    const counts: number[] = [];
    comparisons.onDidChange(key => {
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
    // A single cure trains, so that no pairs are tried.
    expect(cures.every(({ fixes }) => fixes.length === 1)).toBe(true);
    expect(cures[0].effect).toBe('cures');
    expect(comparisons.isMeasuring('a')).toBe(false);
  });

  it('is forgotten when its file is trained again', { timeout: 60_000 }, async () => {
    const { runs, comparisons } = make(0);
    const request = requestOf();
    await runs.train('a', request);
    const run = runs.get('a').current!;
    const comparing = comparisons.compare('a', run, run.findings[0], request, LIMITS);
    const training = runs.train('a', request);
    await Promise.all([comparing, training]);
    expect(comparisons.get('a')).toBeUndefined();
  });
});

describe('what was trained', () => {
  /** Models of the trainings with their seeds, the run itself left out. */
  function counting() {
    const trained: string[] = [];
    const workers = inProcessWorkers();
    const made = make(LIMITS.budgetMs, (limits, events) => {
      const worker = workers(limits, events);
      return {
        ...worker,
        post: message => {
          if (message.type === 'start') trained.push(JSON.stringify(message.model));
          worker.post(message);
        },
      };
    });
    return { ...made, trained: () => trained.slice(1) };
  }

  it('is trained once, whether for the titles of cures or for the comparison', { timeout: 120_000 }, async () => {
    const { runs, verifications, comparisons, over, trained } = counting();
    const request = requestOf();
    await runs.train('a', request);
    await over();
    const run = runs.get('a').current!;
    expect(verifications.get(run)?.state.kind).toBe('done');
    const measured = trained().length;
    await comparisons.compare('a', run, run.findings[0], request, LIMITS);
    expect(comparisons.get('a')?.state).toMatchObject({ kind: 'done', comparison: { ended: 'complete' } });
    expect(trained().length).toBeGreaterThan(measured);
    expect(new Set(trained()).size).toBe(trained().length);
  });

  it(
    'for a comparison in the middle of measuring is in the titles afterwards, which were not stopped',
    { timeout: 120_000 },
    async () => {
      const { runs, verifications, comparisons, states, over, trained } = counting();
      const request = requestOf();
      await runs.train('a', request);
      const run = runs.get('a').current!;
      expect(verifications.isMeasuring('a')).toBe(true);
      await verifications.standAside('a', run, request, async () => {
        expect(verifications.get(run)?.state).toMatchObject({ kind: 'measuring', waits: true });
        await comparisons.compare('a', run, run.findings[0], request, LIMITS);
      });
      const compared = trained().length;
      await over();
      expect(states.map(({ kind }) => kind)).not.toContain('stopped');
      const state = verifications.get(run)!.state;
      if (state.kind !== 'done') throw new Error(`Measuring is ${state.kind}.`);
      expect(state.verified.fixes[0].title).toMatch(/: trains with 2 of 2 fresh seeds, loss .+ → .+/);
      const { comparison } = comparisons.get('a')!.state as Extract<
        NonNullable<ReturnType<typeof comparisons.get>>['state'],
        { kind: 'done' }
      >;
      const inBoth = state.verified.candidates.filter(({ id, seeds }) =>
        comparison.cures.some(cure => cure.id === id && cure.seeds === seeds),
      );
      expect(inBoth.length).toBeGreaterThan(0);
      for (const { id, finalLoss } of inBoth)
        expect(finalLoss).toBe(comparison.cures.find(cure => cure.id === id)!.finalLoss);
      // What was trained for the comparison is not trained again.
      const after = trained().slice(compared);
      expect(after.filter(model => trained().slice(0, compared).includes(model))).toEqual([]);
    },
  );

  it('is not gone on with where the user stops what it stood aside for', { timeout: 60_000 }, async () => {
    const { runs, verifications, comparisons, over } = counting();
    const request = requestOf();
    await runs.train('a', request);
    const run = runs.get('a').current!;
    await verifications.standAside('a', run, request, async () => {
      const comparing = comparisons.compare('a', run, run.findings[0], request, LIMITS);
      verifications.stop('a');
      comparisons.stop('a');
      await comparing;
    });
    await over();
    expect(verifications.get(run)?.state.kind).toBe('stopped');
  });

  it('is kept within bounds, what was asked for longest ago going first', async () => {
    const seeds: number[] = [];
    const request = requestOf(SOUND);
    const alone = new SharedTrials(
      inProcessWorkers(seed => seeds.push(seed)),
      1,
    ).runner(request);
    const signal = new AbortController().signal;
    for (const seed of [1, 1]) await alone({ ...request.model, seed, steps: 3 }, signal);
    expect(seeds).toEqual([1, 1]);
    const { history } = await alone({ ...request.model, steps: 3 }, signal);
    const room = 2 * history.records.length * valuesOfRecord(history.layout);
    seeds.length = 0;
    const two = new SharedTrials(
      inProcessWorkers(seed => seeds.push(seed)),
      room,
    ).runner(request);
    for (const seed of [1, 2, 1, 3, 1, 2]) await two({ ...request.model, seed, steps: 3 }, signal);
    expect(seeds).toEqual([1, 2, 3, 2]);
  });
});

describe('an undone cure', () => {
  it(
    'has the findings, the measured titles and the comparison of the text before again',
    { timeout: 120_000 },
    async () => {
      const { runs, verifications, comparisons, over } = make();
      const request = requestOf();
      await runs.train('a', request);
      await over();
      const faulty = runs.get('a').current!;
      await comparisons.compare('a', faulty, faulty.findings[0], request, LIMITS);
      await runs.train('a', requestOf(SOUND));
      await over();
      expect(comparisons.get('a')).toBeUndefined();
      runs.recall('a', readSource(`# A comment says nothing.\n${TEXT}`));
      expect(runs.get('a').current!.history).toBe(faulty.history);
      expect(runs.get('a').current!.findings).toEqual(faulty.findings);
      expect(verifications.get(runs.get('a').current!)?.state.kind).toBe('done');
      expect(comparisons.get('a')?.state.kind).toBe('done');
    },
  );
});
