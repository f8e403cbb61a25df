import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose';
import { layerVerdicts } from '../../src/diagnosis/layer-verdict';
import { verdictOf } from '../../src/diagnosis/verdict';
import { EXAMPLES, compileText, trainAndDiagnose } from './train-text';
import { readFileSync } from 'node:fs';

const train = (text: string) => {
  const model = compileText(text, 'yaml');
  return { model, ...trainAndDiagnose(model) };
};
const example = (name: string, edit: (text: string) => string = text => text) =>
  train(edit(readFileSync(`${EXAMPLES}${name}`, 'utf8')));

describe('verdict', () => {
  it('of a run at the loss of a constant is "Not learning", whatever the rules found', () => {
    const { model, history } = example('exploding-rnn.model.yaml', text =>
      text
        .replace(/ {4}recurrent_initializer.*\n/, '')
        .replace(/input: \[\d+/, 'input: [100')
        .replace(/steps: \d+/, 'steps: 80'),
    );
    const verdict = verdictOf({ model, history, findings: [] });
    expect(verdict).toMatchObject({ verdict: 'not-learning', label: 'Not learning' });
    expect(verdict?.summary).toMatch(
      /^Not learning: the loss ends at 0\.1\d+, where predicting a constant gives 0\.16/,
    );
  });

  it('of a run that moved no weight is not "Trains", though its first weights happen to be better than a constant', () => {
    const { model, history, findings } = train(
      'input: [4]\nlayers: [{ type: dense, units: 1 }]\nloss: mse\ndata: { type: teacher, noise: 0 }\n' +
        'optimizer: { type: sgd, learning_rate: 1e-9 }\nsteps: 100\n',
    );
    const { records, outcome, layout } = history;
    const lucky = { records, outcome, layout: { ...layout, trivialLoss: 2 * (records.at(-1)?.loss ?? Number.NaN) } };
    expect(verdictOf({ model, history: lucky, findings: [] })?.verdict).toBe('not-learning');
    expect(findings.map(({ rule }) => rule)).toEqual(['learning-rate-too-low']);
  });

  it('of a run with an alarm is "Faulty" and names it; silenced, it is no clean bill of health', () => {
    const { model, history, findings } = example('dead-relu.model.yaml');
    expect(verdictOf({ model, history, findings })?.summary).toMatch(/^Faulty \(rate too high\): the loss ends at/);
    expect(verdictOf({ model, history, findings: [], silenced: findings })).toMatchObject({
      verdict: 'not-learning',
      label: 'Not learning, 1 silenced',
      silenced: 1,
    });
  });

  it('of a run that learns is "Trains", unless other seeds fail', () => {
    const { model, history } = example('healthy-iris.model.yaml');
    expect(verdictOf({ model, history, findings: [] })?.verdict).toBe('trains');
    expect(verdictOf({ model, history, findings: [], seeds: { seeds: 3, trainsIn: 3 } })?.summary).toMatch(
      /; it trains with all 3 seeds tried\.$/,
    );
    expect(verdictOf({ model, history, findings: [], seeds: { seeds: 16, trainsIn: 11 } })).toMatchObject({
      verdict: 'not-learning',
    });
  });

  it('names a stand-in task that the product chose', () => {
    const { model, history } = train('input: [4]\nlayers:\n  - { type: dense, units: 3 }\n');
    expect(verdictOf({ model, history, findings: [] })?.summary).toMatch(/stand-in task/);
  });
});

describe('verdicts of layers', () => {
  it('call no layer healthy that is dead or gets no gradient, and say which root explains it', () => {
    const { model, history } = example('dead-relu.model.yaml');
    const findings = diagnose(model, history);
    const verdicts = layerVerdicts(history, findings, { verdict: 'faulty', unjudged: [] });
    const narrow = verdicts.find(({ layer }) => layer === 'narrow');
    expect(narrow).toMatchObject({ text: 'dead units', explainedBy: 'learning-rate-too-high' });
    expect(
      layerVerdicts(history, [], { verdict: 'trains', unjudged: [] }).find(({ layer }) => layer === 'narrow'),
    ).toMatchObject({
      text: 'dead units',
      tone: 'warning',
    });
    expect(
      layerVerdicts(history, [], { verdict: 'trains', unjudged: [] }).find(({ layer }) => layer === 'wide'),
    ).toMatchObject({
      text: 'no gradient',
      tone: 'warning',
    });
  });

  it('say healthy of the layers of a run that trains alone', () => {
    const { history } = example('healthy-iris.model.yaml');
    expect(
      layerVerdicts(history, [], { verdict: 'trains', unjudged: [] }).every(({ text }) => text === 'healthy'),
    ).toBe(true);
    expect(
      layerVerdicts(history, [], { verdict: 'not-learning', unjudged: [] }).every(({ text }) => text === 'no finding'),
    ).toBe(true);
  });
});
