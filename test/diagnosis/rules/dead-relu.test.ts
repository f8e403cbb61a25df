import { describe, expect, it } from 'vitest';
import { isAlarm } from '../../../src/diagnosis/finding';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { buildRun, learning, stuck, type LayerSituation, type Situation } from '../history-builder';
import { LEARNING_RATE_PLACE } from '../../../src/model/place';

const relus = (dead: LayerSituation['dead'], more: Partial<LayerSituation> = {}): LayerSituation[] => [
  { name: 'first', activation: 'relu', dead: 0.1 },
  { name: 'second', activation: 'relu', dead, ...more },
  { name: 'third', activation: 'relu', dead },
  { name: 'answer' },
];

function diagnoseOf(situation: Situation): ReturnType<typeof diagnose> {
  const { model, history } = buildRun(situation);
  return diagnose(model, history);
}

describe('dead-relu', () => {
  it('blames the rate where units died in training, at the first layer that did', () => {
    const findings = diagnoseOf({ layers: relus(step => (step < 7 ? 0.1 : 1)), loss: stuck, learningRate: 1 });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'dead-relu',
      layer: 'second',
      at: LEARNING_RATE_PLACE,
      step: 7,
      measured: { deadShare: 1, deadShareAtStart: 0.1 },
    });
    expect(findings[0].fixes).toEqual(['lower-learning-rate', 'leaky-relu-activation']);
    expect(findings[0].related[0].message).toMatch(/100 % of the units of `third`/);
  });

  it.each<[string, Partial<LayerSituation>, string, string]>([
    ['biases below zero', { biasInitializer: { type: 'constant', value: -2 } }, 'biasInitializer', 'zero-bias'],
    ['weights of zero', { kernelInitializer: { type: 'zeros' } }, 'kernelInitializer', 'fitting-initializer'],
  ])('blames %s where units never lived', (_, more, part, fix) => {
    const [finding] = diagnoseOf({ layers: relus(1, more), loss: stuck });
    expect(finding).toMatchObject({ rule: 'dead-relu', at: { layer: 'second', part } });
    expect(finding.fixes[0]).toBe(fix);
  });

  it('is a symptom of biases far below zero', () => {
    const [finding] = diagnoseOf({
      layers: relus(1, { biasInitializer: { type: 'constant', value: -9 } }),
      loss: stuck,
    });
    expect(finding).toMatchObject({
      rule: 'poor-initialization',
      layer: 'second',
      at: { layer: 'second', part: 'biasInitializer' },
    });
    expect(finding.related[0].message).toMatch(/^dead-relu: /);
  });

  it('is the root of the gradient that vanishes behind it', () => {
    const layers = relus(1);
    layers[2] = { ...layers[2], backward: 0, forward: 0 };
    const findings = diagnoseOf({ layers, loss: stuck });
    expect(findings.map(finding => finding.rule)).toEqual(['dead-relu']);
    expect(findings[0].related.at(-1)?.message).toMatch(/^vanishing-gradient: /);
  });

  it('says nothing of a run that learns with many sparse units, or of a stuck one with few dead ones', () => {
    expect(diagnoseOf({ layers: relus(0.7), loss: learning })).toEqual([]);
    expect(diagnoseOf({ layers: relus(0.3), loss: stuck }).filter(isAlarm)).toEqual([]);
  });
});
