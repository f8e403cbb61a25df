import { describe, expect, it } from 'vitest';
import { inputOf } from '../../src/history/layer-input';
import { summarizeLayers } from '../../src/history/layer-summary';
import type { RunLayout } from '../../src/training/step-record';
import { ordinaryRecord, stackLayout } from './run-builder';

/** dense, residual [up, down | shortcut: skip], dense; the residual stands after what it holds. */
function residualLayout(): RunLayout {
  const stack = stackLayout(6);
  const inputs = [[-1], [0], [1], [0], [2, 3], [4]];
  const paths = ['first', 'block.up', 'block.down', 'block.shortcut.skip', 'block', 'last'];
  return {
    ...stack,
    layers: stack.layers.map((layer, index) => ({
      ...layer, path: paths[index], type: index === 4 ? 'residual' : 'dense', parameters: index === 4 ? [] : [index],
      inputs: inputs[index], parent: index >= 1 && index <= 3 ? 4 : -1,
    })),
  };
}

describe('inputOf', () => {
  it('follows branches of a residual', () => {
    const layout = residualLayout();
    expect(layout.layers.map((_, index) => inputOf(layout, index))).toEqual([-1, 0, 1, 0, 0, 4]);
  });
});

describe('summarizeLayers', () => {
  it('measures gains against the layer before', () => {
    const layout = stackLayout(3);
    const record = ordinaryRecord(layout, 0, {
      outputStd: Float64Array.of(2, 1, 0.25), outputGradientNorms: Float64Array.of(8, 2, 1), inputGradientNorm: 4,
    });
    const rows = summarizeLayers({ layout, records: [record], outcome: undefined });
    expect(rows.map((row) => row.forwardGain)).toEqual([2, 0.5, 0.25]);
    expect(rows.map((row) => row.backwardGain)).toEqual([0.5, 4, 2]);
    expect(rows.map((row) => row.updateRatio)).toEqual([0.005, 0.005, 0.005]);
  });

  it('gives no backward gain where a residual shares its input, and no forward gain without the input', () => {
    const layout = { ...residualLayout(), inputStatistics: undefined };
    const rows = summarizeLayers({ layout, records: [ordinaryRecord(layout, 0)], outcome: undefined });
    expect(rows.map((row) => Number.isNaN(row.backwardGain))).toEqual([false, true, false, true, false, false]);
    expect(rows.map((row) => Number.isNaN(row.forwardGain))).toEqual([true, false, false, false, false, false]);
    expect(rows[4].gradientNorm).toBeNaN();
  });

  it('is not moved by one odd step, and leaves out steps that are not finite', () => {
    const layout = stackLayout(2);
    const odd = ordinaryRecord(layout, 3, { parameterGradientNorms: Float64Array.of(1e6, 1e6) });
    const broken = ordinaryRecord(layout, 5, { loss: Number.NaN, parameterGradientNorms: Float64Array.of(NaN, NaN) });
    const records = [0, 1, 2].map((step) => ordinaryRecord(layout, step)).concat(odd, ordinaryRecord(layout, 4), broken);
    expect(summarizeLayers({ layout, records, outcome: undefined })[0].gradientNorm).toBe(0.5);
  });

  it('is all NaN before the first record', () => {
    const [row] = summarizeLayers({ layout: stackLayout(1), records: [], outcome: undefined });
    expect(Object.values(row).filter((value) => typeof value === 'number').every(Number.isNaN)).toBe(true);
  });

  it('takes the norm over all parameters of a layer', () => {
    const layout = { ...stackLayout(1), layers: [{ ...stackLayout(1).layers[0], parameters: [0, 1] }] };
    const two = { ...layout, parameters: [layout.parameters[0], { ...layout.parameters[0], role: 'bias' as const }] };
    const record = ordinaryRecord(two, 0, { parameterGradientNorms: Float64Array.of(3, 4) });
    expect(summarizeLayers({ layout: two, records: [record], outcome: undefined })[0].gradientNorm).toBe(5);
  });
});
