import { describe, expect, it } from 'vitest';
import { HistoryRecorder } from '../../src/record/recorder';
import { ordinaryRecord, stackLayout } from './run-builder';

const layout = stackLayout(3);

/** Records of a run with uneven norms, so that every step is some small peak. */
function noisyRecord(step: number): ReturnType<typeof ordinaryRecord> {
  const wave = 1 + 0.3 * Math.sin(step * 1.7);
  return ordinaryRecord(layout, step, {
    loss: wave,
    gradientNorm: wave,
    parameterGradientNorms: Float64Array.of(wave, 2 - wave, wave * wave),
  });
}

describe('HistoryRecorder', () => {
  it('holds a short run whole, in order', () => {
    const history = new HistoryRecorder(layout);
    history.append([noisyRecord(0), noisyRecord(1)]);
    history.append([noisyRecord(2)]);
    history.finish({ kind: 'completed' });
    expect(history.records.map(record => record.step)).toEqual([0, 1, 2]);
    expect(history.outcome).toEqual({ kind: 'completed' });
  });

  it('stays bounded over a long run and keeps first, last and the planted spikes', () => {
    const history = new HistoryRecorder(layout, 20_000);
    const steps = 60_000;
    for (let step = 0; step < steps; step++) {
      const record = noisyRecord(step);
      if (step === 777) record.parameterGradientNorms[1] = 50;
      if (step === 40_001) record.outputGradientNorms[2] = 9;
      if (step === 50_000) record.updateNorms[0] = 3;
      history.append([record]);
      expect(history.records.length).toBeLessThanOrEqual(history.maximumRecords);
    }
    const kept = history.records.map(record => record.step);
    expect(kept).toEqual(expect.arrayContaining([0, 777, 40_001, 50_000, steps - 1]));
    expect([...kept].sort((a, b) => a - b)).toEqual(kept);
    expect(kept.slice(-64)).toEqual(Array.from({ length: 64 }, (_, index) => steps - 64 + index));
  });

  it('thins old steps no more than later ones', () => {
    const history = new HistoryRecorder(layout, 20_000);
    for (let step = 0; step < 60_000; step++) history.append([noisyRecord(step)]);
    const kept = history.records.map(record => record.step).filter(step => step >= 32 && step < 50_000);
    const [early, late] = [kept.filter(step => step < 25_000).length, kept.filter(step => step >= 25_000).length];
    expect(early / late).toBeGreaterThan(0.8);
  });

  it('gives a smaller sample with the same peaks, and holds what it held', () => {
    const history = new HistoryRecorder(layout);
    for (let step = 0; step < 3000; step++) history.append([noisyRecord(step)]);
    history.records[1777].updateNorms[1] = 3;
    const spiked = new HistoryRecorder(layout);
    spiked.append(history.records);
    const sample = spiked.sample(300).map(record => record.step);
    expect(sample.length).toBeLessThanOrEqual(300);
    expect(sample.length).toBeGreaterThan(120);
    expect(sample).toEqual(expect.arrayContaining([0, 1777, 2999]));
    expect(spiked.records).toHaveLength(3000);
    expect(spiked.sample(3000)).toBe(spiked.records);
  });

  it('keeps every record that is not finite', () => {
    const history = new HistoryRecorder(layout, 1);
    const broken = [500, 501, 1200];
    for (let step = 0; step < 5000; step++) {
      const changes = step === 500 ? { loss: Number.NaN } : step === 501 ? { gradientNorm: Infinity } : {};
      const origin = step === 1200 ? { nonFinite: { direction: 'backward', layer: 1, kind: 'nan' } as const } : {};
      history.append([{ ...noisyRecord(step), ...changes, ...origin }]);
    }
    expect(history.records.map(record => record.step)).toEqual(expect.arrayContaining(broken));
    expect(history.records.length).toBeLessThanOrEqual(history.maximumRecords + broken.length);
  });

  it('keeps sparse measurements at their best and worst without keeping every one', () => {
    const history = new HistoryRecorder(layout, 1);
    for (let step = 0; step < 5000; step++) {
      const measured = step % 2 === 0 ? { validation: { loss: step === 2500 ? 0.01 : 1 } } : {};
      history.append([{ ...noisyRecord(step), ...measured }]);
    }
    expect(history.records.map(record => record.step)).toContain(2500);
    expect(history.records.length).toBeLessThanOrEqual(history.maximumRecords);
  });
});
