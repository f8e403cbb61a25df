/** The view that the user chose. Saved by the page, so that hiding the panel or reloading the window brings it back. */

/** Which steps the charts show. */
export type StepWindow =
  | { readonly kind: 'all' }
  /** The latest steps, moving along with the run. */
  | { readonly kind: 'last'; readonly steps: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number };

export interface ViewState {
  /** Paths of layers whose curves are switched off. */
  readonly hiddenLayers: readonly string[];
  /** Path of the layer that the user last went to. */
  readonly selectedLayer: string | undefined;
  readonly lossScale: 'log' | 'linear';
  readonly smooth: boolean;
  readonly showPrevious: boolean;
  /** The whole gradient's norm, and the limit it is clipped to. */
  readonly showWhole: boolean;
  readonly window: StepWindow;
}

export const INITIAL_VIEW: ViewState = {
  hiddenLayers: [],
  selectedLayer: undefined,
  lossScale: 'log',
  smooth: false,
  showPrevious: true,
  showWhole: false,
  window: { kind: 'all' },
};

/**
 * The state that the page saves. The panel's serializer gets it too, and finds the model file by `uri` when the window
 * is reloaded.
 */
export interface SavedState {
  readonly uri: string | undefined;
  readonly view: ViewState;
}

/** Reads the saved state as far as it is usable: it may come from another version of the page. */
export function readSaved(saved: unknown): SavedState {
  const { uri, view } = (typeof saved === 'object' && saved !== null ? saved : {}) as Readonly<Record<string, unknown>>;
  return { uri: typeof uri === 'string' ? uri : undefined, view: readViewState(view) };
}

function readViewState(saved: unknown): ViewState {
  if (typeof saved !== 'object' || saved === null) return INITIAL_VIEW;
  const from = saved as Readonly<Record<keyof ViewState, unknown>>;
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  return {
    hiddenLayers: Array.isArray(from.hiddenLayers) ? from.hiddenLayers.filter(path => typeof path === 'string') : [],
    selectedLayer: typeof from.selectedLayer === 'string' ? from.selectedLayer : undefined,
    lossScale: from.lossScale === 'linear' ? 'linear' : 'log',
    smooth: flag(from.smooth, INITIAL_VIEW.smooth),
    showPrevious: flag(from.showPrevious, INITIAL_VIEW.showPrevious),
    showWhole: flag(from.showWhole, INITIAL_VIEW.showWhole),
    window: readWindow(from.window),
  };
}

/** First and last step to show of a run whose records reach from `first` to `last` of `steps` planned. */
export function windowRange(
  window: StepWindow,
  first: number,
  last: number,
): { readonly from: number; readonly to: number } {
  switch (window.kind) {
    case 'all':
      return { from: first, to: Math.max(last, first + 1) };
    case 'last':
      return { from: Math.max(first, last - window.steps), to: Math.max(last, first + 1) };
    case 'range':
      return { from: window.from, to: window.to };
  }
}

function readWindow(saved: unknown): StepWindow {
  if (typeof saved !== 'object' || saved === null) return { kind: 'all' };
  const { kind, steps, from, to } = saved as Readonly<Record<string, unknown>>;
  if (kind === 'last' && typeof steps === 'number' && steps > 0) return { kind, steps };
  if (kind === 'range' && typeof from === 'number' && typeof to === 'number' && to > from) return { kind, from, to };
  return { kind: 'all' };
}
