import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose';
import { layerVerdicts } from '../../src/diagnosis/layer-verdict';
import { missingMeasurements, unjudgedRules } from '../../src/diagnosis/needs';
import { verdictOf } from '../../src/diagnosis/verdict';
import type { RunHistory } from '../../src/record/run-history';
import type { StepRecord } from '../../src/record/step-record';
import { compileText, trainAndDiagnose } from './train-text';

const DENSE = compileText(`input: [8]
layers:
  - { name: hidden, type: dense, units: 16, activation: tanh }
  - { name: answer, type: dense, units: 3 }
loss: cross-entropy
data: { type: blobs }
optimizer: { type: adam, learning_rate: 0.01 }
steps: 150
`);
const { history: RUN } = trainAndDiagnose(DENSE);

/** The run as a recorder would have it that measures less. */
function without(history: RunHistory, blank: (record: StepRecord) => Partial<StepRecord>): RunHistory {
  const { layout, outcome, records } = history;
  return { layout, outcome, records: records.map(record => ({ ...record, ...blank(record) })) };
}

const NOT_MEASURED = (values: Float64Array): Float64Array => new Float64Array(values.length).fill(Number.NaN);

describe('a run of the engine', () => {
  it('lacks nothing', () => {
    expect([...missingMeasurements(DENSE, RUN)]).toEqual([]);
    expect(verdictOf({ model: DENSE, history: RUN, findings: [] })).toMatchObject({ label: 'Trains', unjudged: [] });
  });
});

describe('a run whose recorder measured no weights', () => {
  const history = without(RUN, ({ parameterNorms }) => ({ parameterNorms: NOT_MEASURED(parameterNorms) }));

  it('is not judged by the rules that live on them', () => {
    expect(unjudgedRules(DENSE, history).map(({ rule }) => rule)).toEqual([
      'over-regularization',
      'learning-rate-too-low',
      'diverging-parameters',
      'silent-death',
      'not-learning',
    ]);
    expect(diagnose(DENSE, history)).toEqual([]);
  });

  it('trains as far as it was judged, and no layer of it is called healthy', () => {
    const verdict = verdictOf({ model: DENSE, history, findings: [] })!;
    expect(verdict).toMatchObject({ verdict: 'trains', label: 'Trains, 5 rules not judged' });
    expect(verdict.summary).toContain('`diverging-parameters`');
    expect(verdict.summary).toContain('(needs the norms of the weights)');
    expect(layerVerdicts(history, [], verdict).map(({ text }) => text)).toEqual(['no finding', 'no finding']);
  });
});

describe('a run whose recorder measured the loss alone', () => {
  const history = without(RUN, record => ({
    gradientNorm: Number.NaN,
    clipFactor: Number.NaN,
    parameterGradientNorms: NOT_MEASURED(record.parameterGradientNorms),
    parameterNorms: NOT_MEASURED(record.parameterNorms),
    updateNorms: NOT_MEASURED(record.updateNorms),
    outputMean: NOT_MEASURED(record.outputMean),
    outputStd: NOT_MEASURED(record.outputStd),
    outputGradientNorms: NOT_MEASURED(record.outputGradientNorms),
    zeroShare: NOT_MEASURED(record.zeroShare),
    deadShare: NOT_MEASURED(record.deadShare),
    saturatedShare: NOT_MEASURED(record.saturatedShare),
    updateEffect: undefined,
    gradientPair: undefined,
  }));

  it('still trains, and says what it was not judged by', () => {
    expect(diagnose(DENSE, history)).toEqual([]);
    const verdict = verdictOf({ model: DENSE, history, findings: [] })!;
    expect(verdict.verdict).toBe('trains');
    expect(verdict.label).toMatch(/^Trains, \d+ rules not judged$/);
    expect(verdict.unjudged.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['exploding-gradient', 'vanishing-gradient', 'dead-relu', 'learning-rate-too-high']),
    );
    // Nothing is clipped and nothing is recurrent: these rules have nothing to judge.
    expect(verdict.unjudged.map(({ rule }) => rule)).not.toEqual(
      expect.arrayContaining(['clip-always-binds', 'exploding-through-time']),
    );
  });
});
