import { describe, expect, it } from 'vitest';
import { isAlarm } from '../../../src/diagnosis/finding';
import { diagnose } from '../../../src/diagnosis/diagnose';
import type { InitializerSpec } from '../../../src/model/model-spec';
import { buildRun, learning, stuck, type LayerSituation } from '../history-builder';
import { LEARNING_RATE_PLACE } from '../../../src/model/place';

const LARGE: InitializerSpec = { type: 'normal', mean: 0, std: 1 };
const stack = (gain: number, kernelInitializer?: InitializerSpec): LayerSituation[] => [
  ...Array.from({ length: 8 }, (_, index): LayerSituation => ({
    name: `layer${index + 1}`,
    activation: 'tanh',
    backward: gain,
    ...(kernelInitializer && { kernelInitializer }),
  })),
  { name: 'answer', backward: 1 },
];

describe('exploding-gradient', () => {
  it('blames the initializer of the first layer on the way back, and names the others', () => {
    const { model, history } = buildRun({ layers: stack(2.5, LARGE), loss: stuck });
    const findings = diagnose(model, history);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'exploding-gradient',
      severity: 'warning',
      layer: 'layer8',
      at: { layer: 'layer8', part: 'kernelInitializer' },
    });
    expect(findings[0].measured.totalGain).toBeCloseTo(2.5 ** 7, 6);
    expect(findings[0].measured.weightGain).toBe(8);
    expect(findings[0].related).toHaveLength(7);
    expect(findings[0].fixes[0]).toBe('fitting-initializer');
    expect(findings[0].message).toMatch(/610 times.*gain is 8 where 1\.\d+ keeps the norm/);
  });

  it('is a symptom of missing normalization where the weights are ordinary', () => {
    const { model, history } = buildRun({ layers: stack(2.5), loss: stuck });
    expect(diagnose(model, history)[0]).toMatchObject({
      rule: 'missing-normalization',
      layer: 'layer8',
      at: { layer: 'layer8' },
    });
    expect(diagnose(model, history)[0].related.at(-1)?.message).toMatch(/^exploding-gradient: /);
  });

  it('leaves a signal that grows on its way forward while the gradient does not to forward-explosion', () => {
    const layers = Array.from({ length: 6 }, (_, index) => ({
      name: `l${index}`,
      forward: 4,
      kernelInitializer: LARGE,
    }));
    const { model, history } = buildRun({ layers, loss: () => 1e6 });
    expect(diagnose(model, history)[0]).toMatchObject({ rule: 'forward-explosion', layer: 'l0' });
  });

  it('is a symptom of the rate where norms were ordinary and grew with the loss', () => {
    const grows = (step: number): number => 1.5 ** step;
    const { model, history } = buildRun({ layers: stack(1), loss: grows, norm: grows, steps: 60, learningRate: 0.5 });
    const [finding, ...rest] = diagnose(model, history);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'learning-rate-too-high',
      severity: 'warning',
      layer: undefined,
      at: LEARNING_RATE_PLACE,
      step: 6,
    });
    expect(finding.related[0].message).toMatch(/^exploding-gradient: The gradient norm grows from 1 to/);
    expect(finding.fixes[0]).toBe('lower-learning-rate');
  });

  it('is a symptom of unscaled data where standardizing alone would tame the steps', () => {
    const grows = (step: number): number => 3 ** step;
    const data = { inferred: false, type: 'teacher', examples: 10, noise: 0, scale: 100 } as const;
    const { model, history } = buildRun({
      layers: stack(1),
      loss: grows,
      norm: grows,
      steps: 60,
      data,
      input: { mean: 0, std: 100 },
    });
    expect(diagnose(model, history)[0]).toMatchObject({
      rule: 'unscaled-input',
      layer: 'layer1',
      at: { setting: 'data' },
    });
    expect(diagnose(model, history)[0].related[0].message).toMatch(/^exploding-gradient: /);
    expect(diagnose(model, history)[0].fixes[0]).toBe('standardize-input');
  });

  it('is an error, with the broken number as its symptom, where it destroyed the run', () => {
    const grows = (step: number): number => 1e3 ** step;
    const last = { loss: Number.NaN, nonFinite: { direction: 'forward', layer: 2, kind: 'infinity' } as const };
    const { model, history } = buildRun({
      layers: stack(1),
      loss: grows,
      norm: grows,
      steps: 8,
      last,
      outcome: { kind: 'not-finite', step: 7 },
    });
    const [finding, ...rest] = diagnose(model, history);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ rule: 'learning-rate-too-high', severity: 'error' });
    expect(finding.related.map(({ message }) => message.split(':')[0])).toEqual([
      'exploding-gradient',
      'diverging-loss',
      'non-finite',
    ]);
  });

  it('says nothing of a run that learns, of one tall spike, or of a layer that normalization makes up for', () => {
    const spike = (step: number): number => (step === 40 ? 1e4 : 1);
    expect(diagnoseOf({ layers: stack(2.5, LARGE), loss: learning })).toEqual([]);
    expect(diagnoseOf({ layers: stack(1), loss: stuck, norm: spike }).filter(isAlarm)).toEqual([]);
    const balanced = [1, 300, 1 / 300, 1].map((backward, index) => ({ name: `l${index}`, backward }));
    expect(diagnoseOf({ layers: balanced, loss: stuck }).filter(isAlarm)).toEqual([]);
  });
});

function diagnoseOf(situation: Parameters<typeof buildRun>[0]): ReturnType<typeof diagnose> {
  const { model, history } = buildRun(situation);
  return diagnose(model, history);
}
