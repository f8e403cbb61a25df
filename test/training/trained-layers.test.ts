/**
 * Layers with a rate of their own, and layers that are not trained: what a run of them records, and what is said of it.
 */
import { ModelFileSource } from '../../src/frontends/model-file/model-file-source';
import { writeFixes } from '../../src/verification/change-source';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose';
import { otherFixes, proposeFixes } from '../../src/fixes/propose';
import { summarizeLayers } from '../../src/record/layer-summary';
import type { RunHistory } from '../../src/record/run-history';
import { encodeRun } from '../../src/protocol/encode-run';
import { compileModel } from '../../src/frontends/model-file/compile';
import { applyEdits } from '../../src/frontends/model-file/edit';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { OPTIMIZERS } from '../../src/model/vocabulary/optimizers';
import { createJob } from '../../src/training/job';
import { runToEnd } from '../../src/training/run-in-process';
import { runView } from '../../webview/state/run-view';
import { model } from '../frontends/model-file/compile-text';
import { arenaBytes } from './arena-bytes';

const LIMIT = { memoryLimitBytes: 2 ** 28, precision: 'float64' } as const;
const run = (text: string): RunHistory => runToEnd(model(text), LIMIT);

/** Three layers, each with these keys, in turn. */
const text = (keys: readonly string[], optimizer: string, rest = ''): string => `
input: [6]
layers:
  - { name: first, type: dense, units: 12, activation: tanh${keys[0] ?? ''} }
  - { name: second, type: dense, units: 8, activation: tanh${keys[1] ?? ''} }
  - { name: answer, type: dense, units: 1${keys[2] ?? ''} }
loss: mse
data: { type: teacher, examples: 200 }
optimizer: ${optimizer}
steps: 40
${rest}`;
const all = (key: string): readonly string[] => [key, key, key];
const FROZEN = ', trainable: false';

describe('a multiplier of the learning rate', () => {
  it.each(OPTIMIZERS.variants.map(({ name }) => name).filter(name => name !== 'lbfgs'))(
    'is the rate times it, of %s',
    name => {
      const options = name === 'sgd' ? ', momentum: 0.9' : '';
      const multiplied = run(
        text(
          all(', learning_rate_multiplier: 0.25'),
          `{ type: ${name}, learning_rate: 0.02, weight_decay: 0.1${options} }`,
        ),
      );
      const plain = run(text([], `{ type: ${name}, learning_rate: 0.005, weight_decay: 0.1${options} }`));
      expect(plain.records).toHaveLength(40);
      plain.records.forEach((record, step) => {
        const { learningRate, updateEffect, ...same } = multiplied.records[step];
        const { learningRate: plainRate, updateEffect: plainEffect, ...expected } = record;
        expect(same).toEqual(expected);
        expect(learningRate).toBe(4 * plainRate);
        // So that rate times curvature over it, which decides on stability, is the same.
        if (plainEffect === undefined) expect(updateEffect).toBeUndefined();
        else expect(updateEffect!.preconditionedSquare / 4).toBe(plainEffect.preconditionedSquare);
      });
    },
  );

  it('is under the schedule, its warm-up and minimum included', () => {
    const schedule = 'schedule: { type: cosine, minimum: 0.001, warmup: 5 }';
    const { records } = run(text([', learning_rate_multiplier: 0.5'], '{ type: sgd, learning_rate: 0.02 }', schedule));
    for (const { learningRate, updateNorms, parameterGradientNorms } of records) {
      expect(updateNorms[0] / parameterGradientNorms[0]).toBeCloseTo(0.5 * learningRate, 12);
      expect(updateNorms[2] / parameterGradientNorms[2]).toBeCloseTo(learningRate, 12);
    }
  });

  it.each([
    ['too high', '0.3', '30', 'learning-rate-too-high', 'lower-learning-rate'],
    ['too low', '0.000001', '0.0001', 'learning-rate-too-low', 'raise-learning-rate'],
  ])("is counted in where the rate is %s, and the cure changes the optimizer's", (_, rate, whole, rule, cure) => {
    // The example of the page on learning-rate-too-low.
    const spec = (keys: string, learningRate: string): string => `
input: [16]
layers:
  - { type: dense, units: 32, activation: tanh${keys} }
  - { type: dense, units: 32, activation: tanh${keys} }
  - { type: dense, units: 1${keys} }
loss: mse
data: { type: teacher }
optimizer: { type: sgd, learning_rate: ${learningRate} }
`;
    const cured = [spec(', learning_rate_multiplier: 100', rate), spec('', whole)].map(written => {
      const history = run(written);
      const findings = diagnose(model(written), history);
      const document = parseModelFile(written, 'yaml');
      const context = { finding: findings[0], model: model(written), history };
      const fix = writeFixes(
        new ModelFileSource(document, { fileName: 'a.model.yaml', language: 'yaml' }),
        proposeFixes(context),
      ).find(({ id }) => id === cure);
      const edited = model(applyEdits(written, fix?.edits ?? []));
      expect(findings.map(finding => finding.rule)).toContain(rule);
      expect(edited.layers).toEqual(model(written).layers);
      return { findings: findings.map(finding => finding.rule), rate: edited.optimizer.learningRate };
    });
    expect(cured[0].findings).toEqual(cured[1].findings);
    expect((cured[0].rate * 100) / cured[1].rate).toBeCloseTo(1, 9);
    expect(cured[0].rate).not.toBe(Number(rate));
  });
});

describe('a layer that is not trained', () => {
  const history = run(text(['', FROZEN], 'adam', 'regularization: { l2: 0.001 }\n'));
  const [first] = history.records;

  it('has no gradient and makes no update, but passes the gradient on', () => {
    expect(history.layout.parameters.map(({ trainable }) => trainable)).toEqual([true, true, false, false, true, true]);
    for (const record of history.records) {
      expect([...record.parameterGradientNorms.subarray(2, 4)]).toEqual([Number.NaN, Number.NaN]);
      expect([...record.updateNorms.subarray(2, 4)]).toEqual([0, 0]);
      expect(record.parameterNorms[2]).toBe(first.parameterNorms[2]);
      expect(record.outputGradientNorms[1]).toBeGreaterThan(0);
      expect(record.gradientNorm).toBeCloseTo(
        Math.hypot(...[0, 1, 4, 5].map(index => record.parameterGradientNorms[index])),
        12,
      );
    }
    expect(first.parameterGradientNorms[0]).toBeGreaterThan(0);
    expect(history.records.at(-1)!.parameterNorms[0]).not.toBe(first.parameterNorms[0]);
    // Not the penalty of its weights either.
    expect(first.penalty).toBeCloseTo(0.001 * (first.parameterNorms[0] ** 2 + first.parameterNorms[4] ** 2), 12);
  });

  it('costs no state of the optimizer, and no product for the gradient by its weights', () => {
    const bytes = (keys: readonly string[]): number => arenaBytes(createJob(model(text(keys, 'adam')), LIMIT).layout);
    expect(bytes([])).toBeGreaterThan(bytes(['', FROZEN]) + 2 * 8 * 12 * 8);
  });

  it('is no fault: nothing is found in a run that learns around it', () => {
    const keys = [FROZEN, ''];
    const learning = text(keys, '{ type: adam, learning_rate: 0.01 }').replace('steps: 40', 'steps: 300');
    const learned = run(learning);
    expect(learned.records.at(-1)!.loss).toBeLessThan(0.3 * learned.layout.trivialLoss!);
    expect(diagnose(model(learning), learned)).toEqual([]);
  });

  it('has no row of numbers that it does not have, and no curve', () => {
    const summary = summarizeLayers(history)[1];
    expect([summary.gradientNorm, summary.updateRatio]).toEqual([Number.NaN, Number.NaN]);
    expect(summary.backwardGain).toBeGreaterThan(0);
    const spec = model(text(['', FROZEN], 'adam'));
    const view = runView(JSON.parse(JSON.stringify(encodeRun(history, { id: 1, label: 'Run 1', model: spec }))));
    expect(view.layers.map(({ kind, isTrained }) => [kind, isTrained])).toEqual([
      ['dense · tanh', true],
      ['dense · tanh · not trained', false],
      ['dense', true],
    ]);
  });

  it('and layers with multipliers come through every cure as they are, which says nothing of what is not there', () => {
    const keys = [', learning_rate_multiplier: 3', FROZEN, ', lr_mult: 0.5'];
    const written = text(keys, '{ type: sgd, learning_rate: 5 }', 'gradient_accumulation: 2\n');
    const spec = model(written);
    const failed = run(written);
    const [finding] = diagnose(spec, failed);
    const context = { finding, model: spec, history: failed };
    const source = new ModelFileSource(parseModelFile(written, 'yaml'), { fileName: 'a.model.yaml', language: 'yaml' });
    const fixes = writeFixes(source, [...proposeFixes(context), ...otherFixes(context)]);
    expect(fixes.length).toBeGreaterThan(12);
    for (const { id, title, detail, edits } of fixes) {
      expect(`${title} ${detail ?? ''}`, id).not.toMatch(/NaN|Infinity/);
      const { model: cured, problems } = compileModel(parseModelFile(applyEdits(written, edits), 'yaml'));
      expect(problems, id).toEqual([]);
      expect(cured!.gradientAccumulation, id).toBe(2);
      const training = new Map(
        cured!.layers
          .flatMap(layer => [layer, ...('layers' in layer ? layer.layers : [])])
          .map(({ name, trainable, learningRateMultiplier }) => [name, [trainable, learningRateMultiplier]]),
      );
      expect([training.get('first'), training.get('second'), training.get('answer')], id).toEqual([
        [true, 3],
        [false, 1],
        [true, 0.5],
      ]);
    }
  });
});
