import { describe, expect, it } from 'vitest';
import { buildRun, learning, stuck } from '../history-builder';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { compileText, trainAndDiagnose } from '../train-text';

const LAYERS = [{ name: 'hidden', activation: 'tanh' as const }, { name: 'answer' }];
const reasonOf = (situation: Partial<Parameters<typeof buildRun>[0]>): string => {
  const { model, history } = buildRun({ layers: LAYERS, loss: stuck, ...situation });
  const [finding, ...more] = diagnose(model, history);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ rule: 'not-learning', severity: 'information' });
  return finding.message;
};

describe('not-learning', () => {
  it('extrapolates a loss that still falls', () => {
    expect(reasonOf({ loss: step => 1.3 - 0.003 * step })).toMatch(
      /still falls, .* about 2\d\d steps to reach half the loss of a constant/,
    );
  });

  it('says where weights moved and nothing came of it', () => {
    expect(reasonOf({})).toMatch(/does not learn the task in 100 steps/);
  });

  it('speaks alone: not beside a finding that gives the reason, nor of a run that learns', () => {
    const dead = buildRun({
      layers: [{ name: 'hidden', activation: 'relu', dead: 1 }, { name: 'answer' }],
      loss: stuck,
    });
    expect(diagnose(dead.model, dead.history).map(({ rule }) => rule)).toEqual(['dead-relu']);
    const sound = buildRun({ layers: LAYERS, loss: learning });
    expect(diagnose(sound.model, sound.history)).toEqual([]);
  });

  it('names the stand-in task of a file without data, and what was learned of it all the same', () => {
    const { findings } = trainAndDiagnose(
      compileText(
        'input: [4]\nlayers:\n  - { type: dense, units: 3 }\noptimizer: { type: sgd, learning_rate: 1e-9 }\n',
      ),
    );
    expect(findings.every(({ severity }) => severity === 'information' || severity === 'hint')).toBe(true);
    expect(findings[0].message).toMatch(/stand-in task/);
  });
});
