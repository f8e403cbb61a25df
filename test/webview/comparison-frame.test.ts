import { describe, expect, it } from 'vitest';
import { comparisonFrame, cureStrokes, drawnCures } from '../../webview/charts/comparison-frame';
import { comparisonView } from '../../webview/state/comparison-view';
import { themeFrom } from '../../webview/theme/theme';
import type { PanelCure } from '../../src/protocol/panel-messages';

const theme = themeFrom(() => '', []);
const row = (id: string, effect: PanelCure['effect'], seeds = 2): PanelCure => ({
  id,
  effect,
  cells: [id === '' ? 'Original' : id, '2 of 2'],
  curves: Array.from({ length: seeds }, (_, seed) => ({
    seed,
    steps: [0, 5, 10],
    loss: [1, 'nan', 0.5],
    gradientNorm: [3, 2, 'inf'],
  })),
});
const view = comparisonView({
  state: 'done',
  message: '',
  columns: ['cure', 'trains in'],
  applicable: true,
  rows: [
    row('', 'original'),
    ...['a', 'b', 'c', 'd', 'e', 'f'].map(id => row(id, 'cures')),
    row('untried', 'unknown', 0),
  ],
});

describe('the curves of compared cures', () => {
  it('are those of the original and the best five', () => {
    expect(drawnCures(view, undefined).map(({ id }) => id)).toEqual(['', 'a', 'b', 'c', 'd', 'e']);
  });

  it('make room for the row that the pointer is on', () => {
    expect(drawnCures(view, 'f').map(({ id }) => id)).toEqual(['', 'a', 'b', 'c', 'd', 'f']);
    const frame = comparisonFrame(view, 'loss', theme, 'f');
    expect(frame.curves.filter(({ front }) => front).map(({ label }) => label)).toEqual(['f, seed 0', 'f, seed 1']);
  });

  it('are one line a seed, with gaps and marks for what is not finite', () => {
    const { curves, x } = comparisonFrame(view, 'gradientNorm', theme, undefined);
    expect(curves).toHaveLength(12);
    expect(new Set(curves.map(({ key }) => key)).size).toBe(12);
    expect(x).toMatchObject({ min: 0, max: 10 });
    expect(curves[0].curve.marks.map(({ kind }) => kind)).toContain('not-finite');
    expect(curves[0].dash).not.toEqual([]);
  });

  it('have a color of their own each', () => {
    const strokes = [...cureStrokes(drawnCures(view, undefined), theme).values()];
    expect(new Set(strokes.map(({ color, dash }) => JSON.stringify([color, dash.length]))).size).toBeGreaterThan(1);
    expect(strokes).toHaveLength(6);
  });
});
