/** What is tried beyond the cures that a rule names: pairs, and rates found by measuring. */
import { describe, expect, it } from 'vitest';
import type { FixId } from '../../src/diagnosis/finding';
import { composeFix } from '../../src/verification/compose-fix';
import { applyEdits } from '../../src/frontends/model-file/edit';
import { writtenNumber } from '../../src/text/written-number';
import type { ModelSpec } from '../../src/model/model-spec';
import { candidateOf, type Candidate } from '../../src/verification/candidate';
import { measureCandidates } from '../../src/verification/measure-candidates';
import { otherRates } from '../../src/verification/rate-search';
import type { RunTrial } from '../../src/verification/trial';
import { verifyFixes } from '../../src/verification/verify-fixes';
import { faultyRun, runTrial, WILD_RATE } from './in-process';

const faulty = faultyRun(WILD_RATE);
const withFixes = (...fixes: FixId[]) => ({ ...faulty, finding: { ...faulty.finding, fixes } });

/** A run without any fault whose every loss is what `lossOf` says: 1 is that of a constant prediction. */
function pretending(lossOf: (model: ModelSpec) => number): RunTrial {
  return async (model, signal) => {
    const trial = await runTrial(
      { ...faulty.model, optimizer: { ...faulty.model.optimizer, learningRate: 1e-3 }, steps: 20 },
      signal,
    );
    const { history } = trial;
    const loss = lossOf(model) * history.layout.trivialLoss!;
    return {
      ...trial,
      history: { ...history, records: history.records.map(record => ({ ...record, updateEffect: undefined, loss })) },
    };
  };
}

const rateOf = ({ optimizer }: ModelSpec): number => optimizer.learningRate;

describe('the search for a rate', () => {
  it('goes on in the row 1, 3, 10 as long as the loss falls, and offers the best rate alone', async () => {
    // Best at 1e-4, which is three decades below the rate that the rule comes to.
    const run = pretending(model => 0.1 * (1 + Math.abs(Math.log10(rateOf(model) / 1e-4))));
    const verified = await verifyFixes(withFixes('lower-learning-rate'), run, { seeds: 1, concurrency: 1 });
    const tried = verified.candidates.map(({ parts }) => parts[0].value);
    expect(tried.slice(1).every(value => value !== undefined)).toBe(true);
    expect(tried.length).toBeLessThanOrEqual(6);
    const rates = verified.fixes.filter(({ id }) => id === 'lower-learning-rate');
    expect(rates).toHaveLength(1);
    const best = Math.min(...verified.candidates.map(({ relativeLoss }) => relativeLoss));
    const winner = verified.candidates.find(({ relativeLoss }) => relativeLoss === best)!;
    expect(rates[0].parts).toEqual(winner.parts);
    expect(applyEdits(WILD_RATE, rates[0].edits)).toContain(`learning_rate: ${writtenNumber(winner.parts[0].value!)}`);
  });

  it('asks for both neighbors of the best, never for one that is measured, and ends', async () => {
    const draft = composeFix(faulty, [{ id: 'lower-learning-rate', value: 0.1 }])!;
    const start = candidateOf(faulty, draft)!;
    const known: Candidate[] = [start];
    await measureCandidates(
      faulty.model,
      [start],
      pretending(model => Math.abs(Math.log10(rateOf(model) / 0.1)) + 0.1),
      {
        seeds: 1,
        concurrency: 1,
        more: ranked => {
          const added = otherRates(faulty, [], ranked, known);
          known.push(...added);
          return added;
        },
      },
    );
    expect(known.map(({ parts }) => parts[0].value)).toEqual([0.1, 0.03, 0.3]);
  });
});

describe('pairs', () => {
  it('are tried where no cure trains with every seed, and can be made again of the text', async () => {
    const trains = ({ clip, optimizer }: ModelSpec): boolean => clip.type === 'norm' && optimizer.type === 'adam';
    const run = pretending(model => (trains(model) ? 0.2 : clipLoss(model)));
    const verified = await verifyFixes(withFixes('clip-by-norm'), run, { seeds: 2, concurrency: 1 });
    expect(verified.verdict).toBe('cured');
    const [best] = verified.fixes;
    expect(best.parts?.map(({ id }) => id)).toEqual(['clip-by-norm', 'adaptive-optimizer']);
    expect(best.title).toMatch(/^Clip gradients to norm .+ \+ Use adam .+: trains with 2 of 2 fresh seeds/);
    expect(composeFix(faulty, best.parts!)!.changes).toEqual(best.changes);
  });

  it('are not tried where one cure trains well', async () => {
    const run = pretending(model => (model.clip.type === 'norm' ? 0.2 : 1));
    const verified = await verifyFixes(withFixes('clip-by-norm', 'clip-by-value'), run, { seeds: 2, concurrency: 1 });
    expect(verified.candidates.map(({ name }) => name)).toEqual(['clip-by-norm', 'clip-by-value']);
  });

  /** Clipping by norm looks best alone. */
  const clipLoss = ({ clip }: ModelSpec): number => (clip.type === 'norm' ? 0.95 : 1);
});
