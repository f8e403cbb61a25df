import { describe, expect, it } from 'vitest';
import { inputOf, isTopLevel, layersBetween, readsInputAlone } from '../../src/record/layer-input';
import { summarizeLayers } from '../../src/record/layer-summary';
import type { RunLayout } from '../../src/record/step-record';
import { ordinaryRecord, stackLayout } from './run-builder';

/** dense, residual [up, down | shortcut: skip], dense; the residual stands after what it holds. */
function residualLayout(): RunLayout {
  const stack = stackLayout(6);
  const inputs = [[-1], [0], [1], [0], [2, 3], [4]];
  const paths = ['first', 'block.up', 'block.down', 'block.shortcut.skip', 'block', 'last'];
  return {
    ...stack,
    layers: stack.layers.map((layer, index) => ({
      ...layer,
      path: paths[index],
      type: index === 4 ? 'residual' : 'dense',
      parameters: index === 4 ? [] : [index],
      inputs: inputs[index],
      parent: index >= 1 && index <= 3 ? 4 : -1,
    })),
  };
}

describe('inputOf', () => {
  it('follows branches of a residual', () => {
    const layout = residualLayout();
    expect(layout.layers.map((_, index) => inputOf(layout, index))).toEqual([-1, 0, 1, 0, 0, 4]);
  });
});

describe('the way through a graph', () => {
  /** A layout of layers that read these. */
  const graphOf = (...inputs: number[][]): RunLayout => {
    const stack = stackLayout(inputs.length);
    return { ...stack, layers: stack.layers.map((layer, index) => ({ ...layer, inputs: inputs[index] })) };
  };
  const read = (layout: RunLayout): readonly string[] =>
    layout.layers.map(
      (_, index) =>
        `${inputOf(layout, index)}${readsInputAlone(layout, index) ? ' alone' : ''}${isTopLevel(layout, index) ? ' top' : ''}`,
    );

  it('of a chain is the chain', () => {
    expect(read(graphOf([-1], [0], [1]))).toEqual(['-1 alone top', '0 alone top', '1 alone top']);
  });
  it('of a U-Net passes where the skips begin and end', () => {
    // outline, down, deeper, up, skip(up, down), up, skip(up, outline), answer
    const layout = graphOf([-1], [0], [1], [2], [3, 1], [4], [5, 0], [6]);
    expect(read(layout)).toEqual([
      '-1 alone top',
      '0',
      '1',
      '2 alone',
      '1 alone',
      '4 alone',
      '0 alone top',
      '6 alone top',
    ]);
    expect(layersBetween(layout, 6)).toEqual([1, 2, 3, 4, 5]);
    expect(layersBetween(layout, 4)).toEqual([2, 3]);
  });
  it('of two towers begins where they part', () => {
    expect(read(graphOf([-1], [-1], [0], [1], [2, 3], [4]))).toEqual([
      '-1',
      '-1',
      '0 alone',
      '1 alone',
      '-1 alone top',
      '4 alone top',
    ]);
    expect(read(graphOf([-1], [0], [0], [1, 2]))).toEqual(['-1 alone top', '0', '0', '0 alone top']);
  });
  it('of a layer that is read twice by one reader, and of one that looks into a branch', () => {
    expect(read(graphOf([-1], [0, 0], [1]))).toEqual(['-1 alone top', '0 alone top', '1 alone top']);
    // x, up, down, sum(down, x), peek(up), end(sum, peek)
    expect(read(graphOf([-1], [0], [1], [2, 0], [1], [3, 4]))).toEqual([
      '-1 alone top',
      '0',
      '1',
      '0',
      '1',
      '0 alone top',
    ]);
  });
});

describe('summarizeLayers', () => {
  it('measures gains against the layer before', () => {
    const layout = stackLayout(3);
    const record = ordinaryRecord(layout, 0, {
      outputStd: Float64Array.of(2, 1, 0.25),
      outputGradientNorms: Float64Array.of(8, 2, 1),
      inputGradientNorm: 4,
    });
    const rows = summarizeLayers({ layout, records: [record], outcome: undefined });
    expect(rows.map(row => row.forwardGain)).toEqual([2, 0.5, 0.25]);
    expect(rows.map(row => row.backwardGain)).toEqual([0.5, 4, 2]);
    expect(rows.map(row => row.updateRatio)).toEqual([0.005, 0.005, 0.005]);
  });

  it('gives no gain of what is too small to be kept whole', () => {
    const layout = stackLayout(4);
    const record = ordinaryRecord(layout, 0, {
      outputStd: Float64Array.of(1, 1e-20, 1e-28, 0),
      outputGradientNorms: Float64Array.of(0, 1e-29, 1e-23, 1),
      inputGradientNorm: 0,
    });
    const rows = summarizeLayers({ layout, records: [record], outcome: undefined });
    expect(rows.map(row => row.forwardGain)).toEqual([1, 1e-20, 1e-28 / 1e-20, NaN]);
    expect(rows.map(row => row.backwardGain)).toEqual([NaN, NaN, 1e-29 / 1e-23, 1e-23]);
  });

  it('gives no backward gain where a residual shares its input, and no forward gain without the input', () => {
    const layout = { ...residualLayout(), inputStatistics: undefined };
    const rows = summarizeLayers({ layout, records: [ordinaryRecord(layout, 0)], outcome: undefined });
    expect(rows.map(row => Number.isNaN(row.backwardGain))).toEqual([false, true, false, true, false, false]);
    expect(rows.map(row => Number.isNaN(row.forwardGain))).toEqual([true, false, false, false, false, false]);
    expect(rows[4].gradientNorm).toBeNaN();
  });

  it('is not moved by one odd step, and leaves out steps that are not finite', () => {
    const layout = stackLayout(2);
    const odd = ordinaryRecord(layout, 3, { parameterGradientNorms: Float64Array.of(1e6, 1e6) });
    const broken = ordinaryRecord(layout, 5, { loss: Number.NaN, parameterGradientNorms: Float64Array.of(NaN, NaN) });
    const records = [0, 1, 2].map(step => ordinaryRecord(layout, step)).concat(odd, ordinaryRecord(layout, 4), broken);
    expect(summarizeLayers({ layout, records, outcome: undefined })[0].gradientNorm).toBe(0.5);
  });

  it('is all NaN before the first record', () => {
    const [row] = summarizeLayers({ layout: stackLayout(1), records: [], outcome: undefined });
    expect(
      Object.values(row)
        .filter(value => typeof value === 'number')
        .every(Number.isNaN),
    ).toBe(true);
  });

  it('takes the norm over all parameters of a layer', () => {
    const layout = { ...stackLayout(1), layers: [{ ...stackLayout(1).layers[0], parameters: [0, 1] }] };
    const two = { ...layout, parameters: [layout.parameters[0], { ...layout.parameters[0], role: 'bias' as const }] };
    const record = ordinaryRecord(two, 0, { parameterGradientNorms: Float64Array.of(3, 4) });
    expect(summarizeLayers({ layout: two, records: [record], outcome: undefined })[0].gradientNorm).toBe(5);
  });
});
