import { describe, expect, it } from 'vitest';
import { grade } from '../../../src/cli/evaluate/grade';
import type { Trial, TrialFinding } from '../../../src/cli/evaluate/trial';
import type { PlantedFault, Suite } from '../../../src/cli/evaluate/truth';

const FAULT: PlantedFault = { what: 'weights too large', roots: ['exploding-gradient'], layers: ['h2'], curable: true, harm: true };
const suite: Suite = { folder: '', faults: new Map([['large', FAULT]]), healthy: ['large'] };

const trial = (relativeLoss: number, ...findings: Partial<TrialFinding>[]): Trial => ({
  outcome: { finite: !Number.isNaN(relativeLoss), relativeLoss },
  findings: findings.map((finding) => ({ rule: 'exploding-gradient', severity: 'warning', layer: 'h2', fixes: [], ...finding })),
  milliseconds: 1,
});
const gradeOf = (faulty: Trial, healthy: Trial) => grade(suite, [1], (kind) => (kind === 'faulty' ? faulty : healthy));

describe('grading', () => {
  it('counts a root on its layer', () => {
    const grades = gradeOf(trial(1, {}), trial(0.1));
    expect(grades).toMatchObject({ found: { hits: 1, of: 1 }, root: { hits: 1 }, place: { hits: 1 }, falseWarnings: { hits: 0, of: 1 } });
    expect(grades.wrong).toEqual([]);
  });

  it('tells the root from the layer', () => {
    expect(gradeOf(trial(1, { layer: 'h1' }), trial(0.1))).toMatchObject({ root: { hits: 1 }, place: { hits: 0 } });
    expect(gradeOf(trial(1, { rule: 'dead-relu' }), trial(0.1))).toMatchObject({ found: { hits: 1 }, root: { hits: 0 } });
  });

  it('takes the first alarm for the root, and a hint for none', () => {
    expect(gradeOf(trial(1, { severity: 'hint' }), trial(0.1))).toMatchObject({ found: { hits: 0, of: 1 } });
    expect(gradeOf(trial(1, { severity: 'information', rule: 'dead-relu' }, {}), trial(0.1))).toMatchObject({ root: { hits: 1 } });
  });

  it('leaves out a run that its fault did not harm, and a control that does not learn', () => {
    const unharmed = gradeOf(trial(0.1), trial(0.1));
    expect(unharmed).toMatchObject({ found: { of: 0 }, unharmed: ['large seed 1'] });
    expect(gradeOf(trial(1, {}), trial(0.95))).toMatchObject({ falseWarnings: { of: 0 }, unlearnt: ['large seed 1 (0.950)'] });
  });

  it('counts an alarm about a healthy model', () => {
    const grades = gradeOf(trial(1, {}), trial(0.1, { severity: 'error' }));
    expect(grades).toMatchObject({ falseErrors: { hits: 1, of: 1 }, falseWarnings: { hits: 0 } });
    expect(grades.wrong).toHaveLength(1);
  });
});
