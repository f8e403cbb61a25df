import { describe, expect, it } from 'vitest';
import { INITIAL_VIEW, readSaved, type ViewState, windowRange } from '../../webview/state/view-state';
import { toggled } from '../../webview/views/layer-table';

describe('readSaved', () => {
  it('gives back what was saved, also through JSON', () => {
    const view: ViewState = {
      hiddenLayers: ['first'],
      selectedLayer: 'last',
      lossScale: 'linear',
      smooth: true,
      showPrevious: false,
      showWhole: true,
      window: { kind: 'range', from: 10, to: 60 },
    };
    const saved = { uri: 'file:///a.model.yaml', view };
    expect(readSaved(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
    expect(readSaved({ view: { ...view, window: { kind: 'last', steps: 50 } } }).view.window).toEqual({
      kind: 'last',
      steps: 50,
    });
  });

  it('falls back, piece by piece, where the saved state is of another kind', () => {
    for (const saved of [
      undefined,
      null,
      3,
      'x',
      [],
      {},
      { view: null },
      { view: { window: { kind: 'range', from: 5, to: 5 }, hiddenLayers: 'all' } },
    ]) {
      expect(readSaved(saved)).toEqual({ uri: undefined, view: INITIAL_VIEW });
    }
    expect(readSaved({ view: { smooth: true, lossScale: 7, hiddenLayers: ['a', 4] } }).view).toEqual({
      ...INITIAL_VIEW,
      smooth: true,
      hiddenLayers: ['a'],
    });
  });
});

describe('windowRange', () => {
  it('shows everything, the latest steps, or a range', () => {
    expect(windowRange({ kind: 'all' }, 0, 299)).toEqual({ from: 0, to: 299 });
    expect(windowRange({ kind: 'last', steps: 50 }, 0, 299)).toEqual({ from: 249, to: 299 });
    expect(windowRange({ kind: 'last', steps: 50 }, 0, 20)).toEqual({ from: 0, to: 20 });
    expect(windowRange({ kind: 'range', from: 7, to: 9 }, 0, 299)).toEqual({ from: 7, to: 9 });
  });

  it('is never empty, also with a single step', () => {
    expect(windowRange({ kind: 'all' }, 0, 0)).toEqual({ from: 0, to: 1 });
  });
});

describe('toggled', () => {
  it('adds and takes out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
