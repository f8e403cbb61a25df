/** Tables and JSON of measured cures, from results as verification gives them. */
import { describe, expect, it } from 'vitest';
import { curesReport } from '../../src/cli/train/cures-json';
import { curesText } from '../../src/cli/train/cures-text';
import type { DiagnosedRun } from '../../src/cli/train/diagnosed-run';
import type { CandidateResult, MeasuredCures } from '../../src/cli/train/measured-cures';
import { readSource } from '../read-source';

const RUN = {
  file: { path: 'a.model.yaml', source: readSource('input: [2]\n') },
  findings: [] as DiagnosedRun['findings'],
} as unknown as DiagnosedRun;

/** Fields that a test does not care about are missing. */
const result = (fields: Partial<CandidateResult>): CandidateResult =>
  ({
    id: 'l2',
    fixes: ['l2'],
    parts: [{ id: 'l2' }],
    title: 'Regularize',
    edits: [],
    trainsIn: 3,
    seeds: 3,
    finalLoss: 0.5,
    relativeLoss: 0.25,
    comparable: true,
    stepsToBaseline: undefined,
    worstGradientNorm: 1,
    clippedShare: 0,
    relativeCost: undefined,
    problem: undefined,
    trials: [],
    ...fields,
  }) as CandidateResult;

function measured(cure: Partial<CandidateResult>): MeasuredCures {
  const finding = {
    rule: 'dead-relu',
    severity: 'warning',
    layer: 'hidden',
    at: { layer: 'hidden' },
    message: '',
    measured: {},
    step: 0,
    related: [],
    fixes: [],
  } as const;
  return {
    measuring: 'cures',
    finding,
    baseline: result({ id: '', title: 'Original', trainsIn: 0, finalLoss: 2, relativeLoss: 1 }),
    cures: [{ result: result(cure), effect: 'cures', causal: true, preferred: true }],
    summary: 'Done.',
    ended: 'complete',
    seeds: 3,
    trainings: 6,
  };
}

describe('the table of cures', () => {
  it('shows held-back seeds where there are any', () => {
    expect(curesText(RUN, measured({}), 1)).not.toContain('held back');
    const fresh = { seeds: 3, trainsIn: 2, finalLoss: 0.6, relativeLoss: 0.3 };
    expect(curesText(RUN, measured({ fresh }), 1)).toMatch(
      /^ +trains with +held back +loss[\s\S]*^\* +3 of 3 seeds +2 of 3 seeds +2 → 0\.5 /m,
    );
    expect(curesReport(RUN, measured({ fresh }))).toMatchObject({
      cures: [{ heldBack: { trainsIn: 2, seeds: 3, loss: 0.6, relativeLoss: 0.3 } }],
    });
  });

  it('puts a loss of another scale in parentheses, and shows nothing for what was not tried', () => {
    const other = curesText(RUN, measured({ comparable: false }), 1);
    expect(other).toMatch(/^\* +3 of 3 seeds +\(0\.5\) +0\.25 /m);
    expect(curesReport(RUN, measured({ comparable: false }))).not.toHaveProperty(['cures', 0, 'lossBefore']);
    expect(curesText(RUN, measured({ seeds: 0, trainsIn: 0 }), 1)).toMatch(/^\* +- +- +- +- +undone /m);
  });

  it('says why a cure could not be trained', () => {
    expect(curesText(RUN, measured({ seeds: 0, trainsIn: 0, problem: 'It needs more memory.' }), 1)).toMatch(
      /Regularize: It needs more memory\.$/m,
    );
  });
});
