import { describe, expect, it } from 'vitest';
import { isAlarm } from '../../../src/diagnosis/finding';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { compileText, inShort, trainAndDiagnose } from '../train-text';
import { buildRun, learning, stuck, TIME_STEPS, type LayerSituation, type Situation } from '../history-builder';
import { LEARNING_RATE_PLACE } from '../../../src/model/place';

const recurrent = (layer: Partial<LayerSituation>): LayerSituation[] => [
  { name: 'memory', type: 'rnn', recurrentInitializer: { type: 'normal', mean: 0, std: 0.4 }, ...layer },
  { name: 'answer' },
];

function diagnoseOf(situation: Situation): ReturnType<typeof diagnose> {
  const { model, history } = buildRun(situation);
  return diagnose(model, history);
}

describe('exploding-through-time', () => {
  it('measures the factor of a step and blames the recurrent initializer', () => {
    const [finding, ...rest] = diagnoseOf({ layers: recurrent({ perTimeStep: 1.8 }), loss: stuck });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'exploding-through-time',
      layer: 'memory',
      at: { layer: 'memory', part: 'recurrentInitializer' },
      step: 0,
    });
    expect(finding.measured.growthPerTimeStep).toBeCloseTo(1.8);
    expect(finding.measured.totalGrowth / 1.8 ** (TIME_STEPS - 1)).toBeCloseTo(1);
    expect(finding.measured.recurrentGain).toBeCloseTo(3.2);
    expect(finding.fixes).toEqual([
      'orthogonal-recurrent-initializer',
      'clip-by-norm',
      'clip-by-value',
      'lower-learning-rate',
    ]);
  });

  it('says nothing of a gradient that grows from next to nothing once it has become small', () => {
    const { findings } = trainAndDiagnose(
      compileText(
        'input: { tokens: 16, length: 12 }\nlayers:\n  - { type: embedding, units: 16 }\n' +
          '  - { type: lstm, units: 48, bidirectional: true, output: sequence }\n  - { type: dense, units: 16 }\nloss: cross-entropy\n' +
          'data: { type: copy-memory }\noptimizer: { type: adam, learning_rate: 0.01 }\nsteps: 300\n',
      ),
    );
    expect(findings.map(({ rule }) => rule)).not.toContain('exploding-through-time');
  });

  it('is the root of what one exploded update leaves behind: saturated states, vanishing gradients, a broken number', () => {
    const [finding, ...rest] = diagnoseOf({
      layers: recurrent({ perTimeStep: step => (step === 0 ? 2 : 0.2), saturated: step => (step === 0 ? 0.1 : 0.99) }),
      loss: stuck,
    });
    expect(rest).toEqual([]);
    expect(finding.rule).toBe('exploding-through-time');
    const symptoms = finding.related.map(place => place.message.split(':')[0]);
    expect(symptoms).toEqual(['saturated-activation', 'vanishing-through-time']);
  });

  it('blames the updates where it began later', () => {
    const [finding] = diagnoseOf({
      layers: recurrent({
        recurrentInitializer: { type: 'orthogonal', gain: 1 },
        perTimeStep: step => (step < 50 ? 1 : 1.5),
      }),
      loss: stuck,
      learningRate: 0.3,
    });
    expect(finding).toMatchObject({ at: LEARNING_RATE_PLACE, step: 50 });
    expect(finding.fixes[0]).toBe('clip-by-norm');
  });

  const sequence = (inside: string): string =>
    'input: [200, 2]\nlayers:\n' +
    `  - { name: memory, type: lstm, units: 32${inside} }\n  - { type: dense, units: 1 }\nloss: mse\ndata: adding-problem\n` +
    'optimizer: { type: sgd, learning_rate: 0.01, momentum: 0.9 }\nsteps: 12\n';

  const stacked = (inside: string): string =>
    'input: [150, 2]\nlayers:\n' +
    `  - { name: first, type: lstm, units: 32, activation: ${inside}, output: sequence }\n` +
    `  - { name: second, type: lstm, units: 32, activation: ${inside} }\n  - { type: dense, units: 1 }\nloss: mse\n` +
    'data: adding-problem\noptimizer: { type: adam, learning_rate: 0.01 }\nsteps: 30\n';

  it('finds a state that nothing bounds, though it explodes within one update, and has tanh bound it', () => {
    const [finding, ...rest] = trainAndDiagnose(compileText(sequence(', activation: relu'))).findings;
    expect(rest).toEqual([]);
    expect(inShort(finding)).toBe('error exploding-through-time memory memory nonlinearity');
    expect(finding.fixes[0]).toBe('tanh-activation');
    expect(finding.message).toContain('does not bound');
    const cured = trainAndDiagnose(compileText(sequence(''))).findings;
    expect(cured.filter(({ rule }) => rule === 'exploding-through-time')).toEqual([]);
  });

  it('goes by the loss where the state explodes before any gradient is finite', () => {
    const [finding, ...rest] = trainAndDiagnose(compileText(sequence(', activation: relu, forget_bias: 3'))).findings;
    expect(rest).toEqual([]);
    expect(inShort(finding)).toBe('error exploding-through-time memory memory nonlinearity');
    expect(finding.message).toContain('before any update');
    expect(finding.measured.lossAfter).toBeGreaterThan(1e10);
    expect(finding.fixes[0]).toBe('tanh-activation');
  });

  it('goes by the loss, too, where the run survives the leap and an update that went too far is seen', () => {
    const {
      history,
      findings: [finding, ...rest],
    } = trainAndDiagnose(compileText(stacked('relu')));
    expect(
      history.records.every(({ loss }) => Number.isFinite(loss)),
      'no number breaks',
    ).toBe(true);
    expect(rest).toEqual([]);
    expect(inShort(finding)).toBe('warning exploding-through-time first first nonlinearity');
    expect(finding.message).toContain('does not bound');
    expect(finding.fixes[0]).toBe('tanh-activation');
    expect(
      trainAndDiagnose(compileText(stacked('tanh'))).findings.filter(({ rule }) => rule === 'exploding-through-time'),
    ).toEqual([]);
  });

  it('says nothing of a run that learns, or of mild growth', () => {
    expect(diagnoseOf({ layers: recurrent({ perTimeStep: 1.8 }), loss: learning })).toEqual([]);
    expect(diagnoseOf({ layers: recurrent({ perTimeStep: 1.05 }), loss: stuck }).filter(isAlarm)).toEqual([]);
  });
});
