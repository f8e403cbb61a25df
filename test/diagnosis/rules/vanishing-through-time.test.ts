import { describe, expect, it } from 'vitest';
import { isAlarm } from '../../../src/diagnosis/finding';
import { diagnose } from '../../../src/diagnosis/diagnose';
import type { RunHistory } from '../../../src/record/run-history';
import { buildRun, learning, stuck, type LayerSituation, type Situation } from '../history-builder';

const recurrent = (layer: Partial<LayerSituation>): LayerSituation[] => [
  { name: 'memory', type: 'rnn', ...layer },
  { name: 'answer' },
];

function diagnoseOf(
  situation: Situation,
  change: (history: RunHistory) => RunHistory = history => history,
): ReturnType<typeof diagnose> {
  const { model, history } = buildRun(situation);
  return diagnose(model, change(history));
}

describe('vanishing-through-time', () => {
  it('blames recurrent weights that start too small', () => {
    const [finding, ...rest] = diagnoseOf({
      layers: recurrent({ perTimeStep: 0.4, recurrentInitializer: { type: 'normal', mean: 0, std: 0.05 } }),
      loss: stuck,
    });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'vanishing-through-time',
      layer: 'memory',
      at: { layer: 'memory', part: 'recurrentInitializer' },
      fixes: ['orthogonal-recurrent-initializer', 'lstm-recurrent', 'gru-recurrent'],
    });
    expect(finding.measured.decayPerTimeStep).toBeCloseTo(0.4);
    expect(finding.message).toMatch(/reaches about 5 of 50 steps/);
  });

  it('points at the layer, without a cure by initializer, where weights are ordinary', () => {
    const [finding] = diagnoseOf({ layers: recurrent({ perTimeStep: 0.5 }), loss: stuck });
    expect(finding).toMatchObject({
      at: { layer: 'memory' },
      fixes: ['forget-bias', 'lstm-recurrent', 'gru-recurrent'],
    });
  });

  it('says nothing of a run that learns, of a moderate decay, or of one that recovers', () => {
    expect(diagnoseOf({ layers: recurrent({ perTimeStep: 0.4 }), loss: learning })).toEqual([]);
    expect(diagnoseOf({ layers: recurrent({ perTimeStep: 0.85 }), loss: stuck }).filter(isAlarm)).toEqual([]);
    expect(
      diagnoseOf({ layers: recurrent({ perTimeStep: step => (step < 60 ? 0.4 : 0.9) }), loss: stuck }).filter(isAlarm),
    ).toEqual([]);
  });

  it('counts what the cell of an lstm carries', () => {
    const carried = diagnoseOf({ layers: recurrent({ type: 'lstm', perTimeStep: 0.4 }), loss: stuck }, history => ({
      ...history,
      records: history.records.map(record => ({
        ...record,
        stateGradients: record.stateGradients.map(gradients => ({
          ...gradients,
          cell: gradients.hidden.map(() => 0.1),
        })),
      })),
    }));
    expect(carried.filter(isAlarm)).toEqual([]);
  });
});
