import { describe, expect, it } from 'vitest';
import { isAlarm } from '../../../src/diagnosis/finding';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { buildRun, learning, stuck, type LayerSituation, type Situation } from '../history-builder';
import { LEARNING_RATE_PLACE } from '../../../src/model/place';

const tanhs = (saturated: LayerSituation['saturated'], more: Partial<LayerSituation> = {}): LayerSituation[] => [
  { name: 'first', activation: 'tanh', saturated, ...more },
  { name: 'second', activation: 'tanh', saturated },
  { name: 'answer', activation: 'sigmoid', saturated: 0.9 },
];

function diagnoseOf(situation: Situation): ReturnType<typeof diagnose> {
  const { model, history } = buildRun(situation);
  return diagnose(model, history);
}

describe('saturated-activation', () => {
  it('blames weights too large for the activation', () => {
    const kernelInitializer = { type: 'normal', mean: 0, std: 0.4 } as const;
    const findings = diagnoseOf({ layers: tanhs(0.8, { kernelInitializer }), loss: stuck });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'saturated-activation',
      layer: 'first',
      at: { layer: 'first', part: 'kernelInitializer' },
      measured: { saturatedShare: 0.8 },
    });
    expect(findings[0].fixes[0]).toBe('fitting-initializer');
    expect(findings[0].related).toHaveLength(1);
  });

  it('is a symptom of unscaled input', () => {
    const data = {
      inferred: false,
      type: 'csv',
      path: 'a.csv',
      target: 'b',
      standardize: false,
      standardizeTarget: false,
    } as const;
    const [finding] = diagnoseOf({ layers: tanhs(0.9), loss: stuck, data, input: { mean: 50, std: 20 } });
    expect(finding).toMatchObject({ rule: 'unscaled-input', at: { setting: 'data' } });
    expect(finding.fixes[0]).toBe('standardize-input');
  });

  it('blames the rate where it came with the updates', () => {
    const [finding] = diagnoseOf({ layers: tanhs(step => (step < 30 ? 0.05 : 0.95)), loss: stuck, learningRate: 2 });
    expect(finding).toMatchObject({ at: LEARNING_RATE_PLACE, step: 30 });
  });

  it('is the root of the gradient that vanishes behind it', () => {
    const layers = tanhs(0.99);
    layers[1] = { ...layers[1], backward: 1e-5 };
    const findings = diagnoseOf({ layers, loss: stuck });
    expect(findings.map(finding => finding.rule)).toEqual(['saturated-activation']);
    expect(findings[0].related.at(-1)?.message).toMatch(/^vanishing-gradient: /);
  });

  it('says nothing of a run that learns, of half-open units, or of a sure output', () => {
    expect(diagnoseOf({ layers: tanhs(0.8), loss: learning })).toEqual([]);
    expect(diagnoseOf({ layers: tanhs(0.3), loss: stuck }).filter(isAlarm)).toEqual([]);
  });
});
