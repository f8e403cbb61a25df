import { describe, expect, it } from 'vitest';
import { gradientFrames, rangeOf, strokesByPath } from '../../webview/charts/gradient-frame';
import { buildCurve } from '../../webview/charts/curve';
import { peakBeyond } from '../../webview/charts/ghosts';
import { lossFrame } from '../../webview/charts/loss-frame';
import { timeFrame } from '../../webview/charts/time-frame';
import { runView } from '../../webview/state/run-view';
import { INITIAL_VIEW } from '../../webview/state/view-state';
import { themeFrom } from '../../webview/theme/theme';
import { panelLayer, panelRecord, panelRun } from './run-builder';

const theme = themeFrom(() => '', ['vscode-dark']);
const run = runView(
  panelRun(2, 20, {
    layers: [panelLayer('first'), panelLayer('drop', { type: 'dropout', isTrained: false }), panelLayer('last')],
    records: Array.from({ length: 20 }, (_, step) => panelRecord(step, [0.1 * (step + 1), 'nan', step === 5 ? 0 : 3])),
    clipNorm: 1.5,
  }),
);
const previous = runView(panelRun(1, 40));

describe('the frame of gradient norms', () => {
  it('draws layers with parameters only, by their own index', () => {
    const { curves } = gradientFrames()(run, undefined, INITIAL_VIEW, theme, undefined);
    expect(curves.map(({ key }) => key)).toEqual(['first', 'last']);
    expect(curves[1].curve.points[0]).toEqual({ x: 0, y: 3 });
    expect(curves[1].curve.marks).toEqual([{ x: 5, y: 0, kind: 'zero' }]);
  });

  it('leaves out hidden layers, and adds the whole gradient with its limit on request', () => {
    const { curves, thresholds } = gradientFrames()(
      run,
      undefined,
      { ...INITIAL_VIEW, hiddenLayers: ['first'], showWhole: true },
      theme,
      undefined,
    );
    expect(curves.map(({ key }) => key)).toEqual(['last', ':whole']);
    expect(thresholds.map(({ value }) => value)).toEqual([1.5]);
  });

  it('brings one curve out and dims the others', () => {
    const { curves } = gradientFrames()(run, undefined, INITIAL_VIEW, theme, 'last');
    const [first, last] = curves;
    expect(last.width).toBeGreaterThan(first.width);
    expect([first.color.a < 0.5, last.color.a, last.front]).toEqual([true, 1, true]);
  });

  it('dims nothing for a layer without a curve', () => {
    const { curves } = gradientFrames()(run, undefined, INITIAL_VIEW, theme, 'drop');
    expect(curves.every(({ color }) => color.a === 1)).toBe(true);
  });

  it('shows the previous run, and reaches to its end, until it is switched off', () => {
    const frames = gradientFrames();
    const shown = frames(run, previous, INITIAL_VIEW, theme, undefined);
    expect(shown.ghosts).toHaveLength(2);
    expect(shown.x.max).toBe(39);
    const without = frames(run, previous, { ...INITIAL_VIEW, showPrevious: false }, theme, undefined);
    expect(without.ghosts).toHaveLength(0);
    expect(without.x.max).toBe(19);
  });

  it('looks closer at a range, with a record on either side', () => {
    const { x, curves } = gradientFrames()(
      run,
      undefined,
      { ...INITIAL_VIEW, window: { kind: 'range', from: 8, to: 12 } },
      theme,
      undefined,
    );
    expect([x.min, x.max]).toEqual([8, 12]);
    expect(curves[0].curve.points.map(point => point.x)).toEqual([7, 8, 9, 10, 11, 12, 13]);
  });

  it('builds the curves once for frames that differ in what is brought out', () => {
    const frames = gradientFrames();
    const [plain] = frames(run, undefined, INITIAL_VIEW, theme, undefined).curves;
    expect(frames(run, undefined, INITIAL_VIEW, theme, 'first').curves[0].curve).toBe(plain.curve);
  });

  it('gives a layer the same stroke in every place', () => {
    expect([...strokesByPath(run, theme).keys()]).toEqual(['first', 'last']);
  });
});

describe('rangeOf', () => {
  const curve = (...values: number[]) =>
    buildCurve(
      values.map((_, index) => index),
      values,
      true,
      10,
    );

  it('is not stretched beyond use by a previous run that exploded', () => {
    const { max } = rangeOf([curve(1, 2)], [curve(1, 1e30)]);
    expect(max).toBeGreaterThanOrEqual(1e12);
    expect(max).toBeLessThan(1e15);
  });

  it('shows the previous run alone where the current one has nothing to show', () => {
    expect(rangeOf([curve(Number.NaN)], [curve(1, 1e9)]).max).toBeGreaterThanOrEqual(1e9);
  });
});

describe('peakBeyond', () => {
  const curve = (...values: number[]) =>
    buildCurve(
      values.map((_, index) => index),
      values,
      true,
      10,
    );

  it('finds what of the previous run is out of sight', () => {
    expect(peakBeyond([curve(1, 5e9, 2), curve(1, 7), curve(3e7)], 1e6)).toEqual({ x: 1, y: 5e9 });
    expect(peakBeyond([curve(1, 5)], 10)).toBeUndefined();
    expect(peakBeyond([], 10)).toBeUndefined();
  });
});

describe('the frame of losses', () => {
  const trained = runView(
    panelRun(1, 10, {
      records: Array.from({ length: 10 }, (_, step) =>
        panelRecord(step, [1, 1], {
          loss: 2 - step / 10,
          accuracy: step / 10,
          ...(step % 5 === 0 && { validationLoss: 3, validationAccuracy: 0.5 }),
        }),
      ),
    }),
  );

  it('has validation dashed, and accuracy on an axis of its own', () => {
    const frame = lossFrame(trained, undefined, INITIAL_VIEW, theme);
    expect(frame.curves.map(({ key, axis, dash }) => [key, axis, dash.length > 0])).toEqual([
      ['loss', 'left', false],
      ['validation loss', 'left', true],
      ['accuracy', 'right', false],
      ['validation accuracy', 'right', true],
    ]);
    expect(frame.right).toBeDefined();
    expect(frame.curves[1].curve.points.map(({ x }) => x)).toEqual([0, 5]);
  });

  it('needs neither', () => {
    const frame = lossFrame(runView(panelRun(1, 10)), undefined, INITIAL_VIEW, theme);
    expect(frame.curves.map(({ key }) => key)).toEqual(['loss']);
    expect(frame.right).toBeUndefined();
  });

  it('keeps what was measured, faintly, when it smooths', () => {
    const { curves } = lossFrame(trained, undefined, { ...INITIAL_VIEW, smooth: true }, theme);
    expect(curves.slice(0, 2).map(({ key, color }) => [key, color.a])).toEqual([
      ['loss', 1],
      ['loss of the batch', 0.3],
    ]);
  });

  it('starts a linear axis at zero', () => {
    expect(lossFrame(trained, undefined, { ...INITIAL_VIEW, lossScale: 'linear' }, theme).left).toMatchObject({
      min: 0,
      log: false,
    });
  });
});

describe('the frame through time', () => {
  it('counts time steps from 1, and draws the cell state beside the hidden state', () => {
    const recurrent = runView(
      panelRun(1, 3, {
        throughTime: [
          { layer: 'first', direction: 'forward', hidden: [1, 2, 'inf'], cell: [1, 1, 1] },
          { layer: 'first', direction: 'reverse', hidden: [3, 2, 1] },
        ],
      }),
    );
    const { curves, x } = timeFrame(recurrent, theme);
    expect(curves.map(({ key }) => key)).toEqual([
      'first, hidden state',
      'first, cell state',
      'first (reverse), hidden state',
    ]);
    expect([x.min, x.max]).toEqual([1, 3]);
    expect(curves[0].curve.marks).toEqual([{ x: 3, y: Number.POSITIVE_INFINITY, kind: 'not-finite' }]);
  });

  it('draws the first measured step faintly, on the same axis', () => {
    const recurrent = runView(
      panelRun(1, 3, {
        throughTime: [
          { layer: 'first', direction: 'forward', step: 0, hidden: [1e9, 1] },
          { layer: 'first', direction: 'forward', step: 2, hidden: [0, 1] },
        ],
      }),
    );
    const { curves, left } = timeFrame(recurrent, theme);
    expect(curves.map(({ key, color }) => [key, color.a])).toEqual([
      ['first, hidden state', 1],
      ['first, step 0', 0.5],
    ]);
    expect(left.max).toBeGreaterThanOrEqual(1e9);
  });
});
