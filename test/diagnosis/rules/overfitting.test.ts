import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose';
import type { Finding } from '../../../src/diagnosis/finding';
import { buildRun } from '../history-builder';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const RELU = '  - { type: dense, units: 32, activation: relu, kernel_initializer: he-normal }\n';
const net = (optimizer: string, more = '', layers = RELU + RELU): string =>
  `input: [2]\nlayers:\n${layers}  - { type: dense, units: 2 }\nloss: cross-entropy\ndata: { type: spirals, examples: 60, noise: 0.5 }\noptimizer: ${optimizer}\n${more}`;
const findingsOf = (text: string, seed = 1): readonly Finding[] =>
  trainAndDiagnose({ ...compileText(text), seed }).findings;

const HALF = 'validation: 0.5\nsteps: 400\n';

describe('overfitting', () => {
  it('sees the validation loss turn while the training loss falls', () => {
    for (const seed of [1, 2]) {
      const [finding, ...rest] = findingsOf(net('{ type: adam, learning_rate: 0.01 }', HALF), seed);
      expect(rest).toEqual([]);
      expect(finding).toMatchObject({ rule: 'overfitting', at: { setting: 'validation' } });
      const { bestValidation, lateValidation, trainingThen, trainingNow } = finding.measured;
      expect(lateValidation).toBeGreaterThan(1.2 * bestValidation);
      expect(trainingNow).toBeLessThan(trainingThen);
    }
  });

  it('is a warning where held-back targets are predicted worse than by a constant, and tells whether norms grew with it', () => {
    const validated = (norm: (step: number) => number): readonly Finding[] => {
      const { model, history } = buildRun({ layers: [{ name: 'a' }], loss: step => Math.exp(-step / 20), norm });
      const records = history.records.map(record => ({
        ...record,
        validation: { loss: 0.5 + Math.abs(record.step - 40) / 50 },
      }));
      return diagnose(model, { ...history, records });
    };
    expect(validated(() => 1).map(inShort)).toEqual(['warning overfitting - validation:']);
    expect(validated(() => 1)[0].message).toContain('Take more data');
    expect(validated(step => (step < 40 ? 1 : 20))[0].message).toContain('as the gradient norm grew 20 times');
  });

  it('sees examples that were memorized though the validation loss never turned', () => {
    const memorized = (held: number, training = 1e-6): readonly Finding[] => {
      const { model, history } = buildRun({
        layers: [{ name: 'a' }],
        loss: step => Math.max(training, Math.exp(-step / 2)),
      });
      const records = history.records.map(record => ({ ...record, validation: { loss: held } }));
      return diagnose(model, { ...history, layout: { ...history.layout, trivialLoss: 1 }, records });
    };
    expect(memorized(0.5).map(inShort)).toEqual(['information overfitting - validation:']);
    expect(memorized(1.1).map(inShort)).toEqual(['warning overfitting - validation:']);
    expect(memorized(0.5)[0].message).toContain('the examples were memorized');
    expect(memorized(0.2)).toEqual([]);
    expect(memorized(0.5, 0.02)).toEqual([]);
  });

  it('says nothing with regularization, or without validation', () => {
    expect(
      findingsOf(net('{ type: adam, learning_rate: 0.01 }', `${HALF}regularization: { l2: 0.05 }\n`)).map(inShort),
    ).toEqual([]);
    expect(findingsOf(net('{ type: adam, learning_rate: 0.01 }', 'steps: 400\n')).map(inShort)).toEqual([]);
  });
});
