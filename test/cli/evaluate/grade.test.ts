import { describe, expect, it } from 'vitest';
import type { Collection } from '../../../src/cli/evaluate/collections';
import type { CuredRun, CureTrial } from '../../../src/cli/evaluate/cure-trial';
import { grade } from '../../../src/cli/evaluate/grade';
import type { Trial, TrialFinding } from '../../../src/cli/evaluate/trial';
import type { PlantedFault } from '../../../src/cli/evaluate/truth';

const FAULT: PlantedFault = {
  what: 'weights too large',
  roots: ['exploding-gradient'],
  layers: ['h2'],
  curable: true,
  harm: true,
  cures: ['fitting-initializer'],
  companions: ['lower-learning-rate'],
};
const collection: Collection = {
  title: 'Planted',
  faults: new Map([['large', FAULT]]),
  healthy: ['large'],
  isSplit: false,
  partOf: () => 'development',
  file: () => '',
};

const trial = (relativeLoss: number, ...findings: Partial<TrialFinding>[]): Trial => ({
  outcome: { finite: !Number.isNaN(relativeLoss), relativeLoss },
  verdict: 'faulty',
  findings: findings.map(finding => ({
    rule: 'exploding-gradient',
    severity: 'warning',
    layer: 'h2',
    fixes: [],
    ...finding,
  })),
  milliseconds: 1,
  cureSought: false,
});
const gradeOf = (faulty: Trial, healthy: Trial) => {
  const { shares, cases } = grade(collection, [1], kind => (kind === 'faulty' ? faulty : healthy));
  const { falseTrains: lies, ...lists } = cases;
  return { ...lists, ...shares, lies };
};
const cured = (
  fixes: readonly string[],
  losses: readonly number[],
  more: Partial<Pick<CureTrial, 'layers'> & Pick<CuredRun, 'twin'>> = {},
): Trial => ({
  ...trial(1, {}),
  cureSought: true,
  cure: {
    verdict: 'cured',
    title: 'a cure',
    fixes,
    layers: more.layers ?? ['h2'],
    runs: losses.map((relativeLoss, index) => ({
      seed: index,
      outcome: { finite: true, relativeLoss },
      verdict: 'not-learning',
      ...(more.twin && { twin: more.twin }),
    })),
  },
});

describe('grading', () => {
  it('counts a root on its layer', () => {
    const grades = gradeOf(trial(1, {}), trial(0.1));
    expect(grades).toMatchObject({
      found: { hits: 1, of: 1 },
      root: { hits: 1 },
      place: { hits: 1 },
      falseWarnings: { hits: 0, of: 1 },
    });
    expect(grades.wrong).toEqual([]);
  });

  it('tells the root from the layer', () => {
    expect(gradeOf(trial(1, { layer: 'h1' }), trial(0.1))).toMatchObject({ root: { hits: 1 }, place: { hits: 0 } });
    expect(gradeOf(trial(1, { rule: 'dead-relu' }), trial(0.1))).toMatchObject({
      found: { hits: 1 },
      root: { hits: 0 },
    });
  });

  it('takes the first alarm for the root, and a hint for none', () => {
    expect(gradeOf(trial(1, { severity: 'hint' }), trial(0.1))).toMatchObject({ found: { hits: 0, of: 1 } });
    expect(gradeOf(trial(1, { severity: 'information', rule: 'dead-relu' }, {}), trial(0.1))).toMatchObject({
      root: { hits: 1 },
    });
  });

  it('leaves out a run that its fault did not harm, and a control that does not learn', () => {
    expect(gradeOf(trial(0.1), trial(0.1))).toMatchObject({
      found: { of: 0 },
      unharmed: ['faulty/large seed 1 (0.100)'],
    });
    expect(gradeOf(trial(1, {}), trial(0.95))).toMatchObject({
      falseWarnings: { of: 0 },
      unlearned: ['healthy/large seed 1 (0.950)'],
    });
  });

  it('counts partial harm, but not two ways of learning nearly all', () => {
    expect(gradeOf(trial(0.3), trial(0.1))).toMatchObject({ found: { hits: 0, of: 1 } });
    expect(gradeOf(trial(0.01), trial(0.001))).toMatchObject({ found: { of: 0 } });
  });

  it('counts an alarm about a healthy model', () => {
    const grades = gradeOf(trial(1, {}), trial(0.1, { severity: 'error' }));
    expect(grades).toMatchObject({ falseErrors: { hits: 1, of: 1 }, falseWarnings: { hits: 0 } });
    expect(grades.wrong).toHaveLength(1);
  });
});

describe('grading a cure', () => {
  const right = { cureIsCausal: { hits: 1 }, cureTrainsStrictly: { hits: 1 }, cureIsRight: { hits: 1, of: 1 } };

  it('asks for the cause and for half of the loss with every held-back seed', () => {
    expect(gradeOf(cured(['fitting-initializer'], [0.2, 0.3, 0.5]), trial(0.1))).toMatchObject(right);
    const once = gradeOf(cured(['fitting-initializer'], [0.2, 0.3, 0.6]), trial(0.1));
    expect(once).toMatchObject({
      cureTrains: { hits: 1 },
      cureIsCausal: { hits: 1 },
      cureTrainsStrictly: { hits: 0 },
      cureIsRight: { hits: 0 },
    });
    expect(once.uncured[0]).toContain('does not train');
  });

  it('lets a model that cannot get there do nearly as well as its twin', () => {
    const twin = { finite: true, relativeLoss: 0.6 };
    expect(gradeOf(cured(['fitting-initializer'], [0.7], { twin }), trial(0.1))).toMatchObject(right);
    expect(gradeOf(cured(['fitting-initializer'], [0.75], { twin }), trial(0.1))).toMatchObject({
      cureTrainsStrictly: { hits: 0 },
    });
    const hopeless = { finite: true, relativeLoss: 0.99 };
    expect(gradeOf(cured(['fitting-initializer'], [0.95], { twin: hopeless }), trial(0.1))).toMatchObject({
      cureTrainsStrictly: { hits: 0 },
    });
  });

  it('takes a companion beside the causal fix, and no unrelated part', () => {
    expect(gradeOf(cured(['fitting-initializer', 'lower-learning-rate'], [0.2]), trial(0.1))).toMatchObject(right);
    expect(gradeOf(cured(['fitting-initializer', 'clip-by-norm'], [0.2]), trial(0.1))).toMatchObject({
      cureIsCausal: { hits: 0 },
    });
    expect(gradeOf(cured(['lower-learning-rate'], [0.2], { layers: [] }), trial(0.1))).toMatchObject({
      cureIsCausal: { hits: 0 },
    });
  });

  it('wants the right layers edited', () => {
    expect(gradeOf(cured(['fitting-initializer'], [0.2], { layers: ['out'] }), trial(0.1))).toMatchObject({
      cureIsCausal: { hits: 0 },
    });
    expect(gradeOf(cured(['fitting-initializer'], [0.2], { layers: ['h2.inner'] }), trial(0.1))).toMatchObject(right);
  });

  it('counts a missing cure against it', () => {
    const missing = { ...trial(1), cureSought: true };
    expect(gradeOf(missing, trial(0.1))).toMatchObject({
      cureTrains: { hits: 0, of: 1 },
      cureIsRight: { hits: 0, of: 1 },
    });
  });

  it('counts none where none was asked for', () => {
    expect(gradeOf(trial(1, {}), trial(0.1))).toMatchObject({ cureIsRight: { hits: 0, of: 0 }, uncured: [] });
  });
});

describe('grading verdicts', () => {
  it('counts "trains" said of runs that learned nothing, cured ones too', () => {
    const lie: Trial = { ...trial(0.97, {}), verdict: 'trains' };
    expect(gradeOf(lie, trial(0.1))).toMatchObject({ falseTrains: { hits: 1, of: 1 } });
    const base = cured(['fitting-initializer'], [0.97, 0.2]);
    const trains = {
      ...base,
      cure: { ...base.cure!, runs: base.cure!.runs.map(run => ({ ...run, verdict: 'trains' as const })) },
    };
    expect(gradeOf(trains, trial(0.1))).toMatchObject({ falseTrains: { hits: 1, of: 2 } });
  });

  it('takes the word of a run that learns', () => {
    expect(gradeOf(trial(1, {}), { ...trial(0.1), verdict: 'trains' })).toMatchObject({
      falseTrains: { hits: 0, of: 1 },
    });
  });
});
