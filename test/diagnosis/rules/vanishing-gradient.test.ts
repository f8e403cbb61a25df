import { describe, expect, it } from 'vitest';
import { isAlarm } from '../../../src/diagnosis/finding';
import { diagnose } from '../../../src/diagnosis/diagnose';
import type { InitializerSpec } from '../../../src/model/model-spec';
import { compileText, inShort, trainAndDiagnose } from '../train-text';
import { buildRun, learning, stuck, type LayerSituation, type Situation } from '../history-builder';

const SMALL: InitializerSpec = { type: 'normal', mean: 0, std: 0.01 };

function stack(layer: Omit<LayerSituation, 'name'>): LayerSituation[] {
  const hidden = Array.from({ length: 8 }, (_, index) => ({ ...layer, name: `hidden${index + 1}` }));
  return [...hidden, { name: 'answer', backward: 0.9 }];
}

function diagnoseOf(situation: Situation): ReturnType<typeof diagnose> {
  const { model, history } = buildRun(situation);
  return diagnose(model, history);
}

describe('vanishing-gradient', () => {
  it('blames the sigmoid, whatever its weights', () => {
    const findings = diagnoseOf({ layers: stack({ activation: 'sigmoid', backward: 0.2 }), loss: stuck });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'vanishing-gradient',
      severity: 'warning',
      layer: 'hidden8',
      at: { layer: 'hidden8', part: 'activation' },
      fixes: ['relu-activation', 'fitting-initializer'],
    });
    expect(findings[0].related).toHaveLength(7);
  });

  it('blames no layer for being where the gradient becomes too small to be kept', () => {
    const layers = '  - { type: dense, units: 16, activation: sigmoid }\n'.repeat(60);
    const { findings, history } = trainAndDiagnose(
      compileText(`input: [2]\nlayers:\n${layers}  - { type: dense, units: 3 }\ndata: blobs\nsteps: 60\n`),
    );
    expect(history.records.at(-1)!.outputGradientNorms[0]).toBe(0);
    expect(findings.map(inShort)).toEqual(['warning vanishing-gradient dense60 dense60 activation']);
  });

  it('blames weights too small for relu, forward as well as backward', () => {
    const findings = diagnoseOf({
      layers: stack({ activation: 'relu', backward: 0.06, forward: 0.06, kernelInitializer: SMALL }),
      loss: stuck,
    });
    expect(findings[0]).toMatchObject({
      layer: 'hidden8',
      at: { layer: 'hidden8', part: 'kernelInitializer' },
      fixes: ['fitting-initializer'],
    });
    expect(findings[0].measured.weightGain).toBeCloseTo(0.08);
    expect(findings[0].measured.criticalGain).toBeCloseTo(Math.SQRT2, 2);
  });

  it('sees a signal that dies forward where the gradient does not', () => {
    const findings = diagnoseOf({
      layers: stack({ activation: 'relu', forward: 0.06, kernelInitializer: SMALL }),
      loss: stuck,
    });
    expect(findings[0]).toMatchObject({ rule: 'vanishing-gradient', layer: 'hidden1' });
    expect(findings[0].message).toMatch(/signal .* forward/);
  });

  it('says nothing of a run that learns, of a mild decay, or of an output layer that starts at zero', () => {
    expect(diagnoseOf({ layers: stack({ activation: 'sigmoid', backward: 0.2 }), loss: learning })).toEqual([]);
    expect(diagnoseOf({ layers: stack({ activation: 'tanh', backward: 0.8 }), loss: stuck }).filter(isAlarm)).toEqual(
      [],
    );
    const output = { name: 'answer', backward: (step: number) => (step < 3 ? 0 : 1) };
    const zeroOutput = [...stack({ activation: 'tanh' }).slice(0, 8), output];
    expect(diagnoseOf({ layers: zeroOutput, loss: stuck }).filter(isAlarm)).toEqual([]);
  });
});
