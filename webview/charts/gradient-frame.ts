/** The chart of gradient norms: a curve a layer by step, on a log axis. */
import type { RunView } from '../state/run-view';
import type { StepWindow, ViewState } from '../state/view-state';
import { withOpacity } from '../theme/color';
import type { Theme } from '../theme/theme';
import { type AxisRange, logRange } from './axis';
import { layerStrokes, type Stroke } from './color-ramp';
import { buildCurve, type Curve } from './curve';
import type { ChartFrame, DrawnCurve } from './frame';
import { rememberLast } from './remember';
import { bucketsFor, recordsInside, stepRange } from './step-range';

/** Opacity of the other curves while one is brought out. */
const DIMMED = 0.22;

/** Powers of ten by which the previous run may widen the axis beyond the current run's own range. */
const GHOST_REACH = 12;

/** A layer with parameters that are trained, with its place in `RunView.layers` and in `StepView.layerNorms`. */
export interface ChartedLayer {
  readonly index: number;
  readonly path: string;
}

/** Layers that have a gradient of their own, in forward order. */
export function chartedLayers(run: RunView): readonly ChartedLayer[] {
  return run.layers.flatMap(({ path, isTrained }, index) => (isTrained ? [{ index, path }] : []));
}

/** Strokes by path of layer: the same in chart, legend, table and the chart through time. */
export function strokesByPath(run: RunView | undefined, theme: Theme): ReadonlyMap<string, Stroke> {
  const layers = run === undefined ? [] : chartedLayers(run);
  const strokes = layerStrokes(layers.length, theme);
  return new Map(layers.map(({ path }, index) => [path, strokes[index]]));
}

export interface GradientCurves {
  readonly layers: readonly { readonly path: string; readonly curve: Curve }[];
  readonly whole: Curve;
}

/** The curves of a run inside a range of steps. */
export function gradientCurves(run: RunView, range: AxisRange): GradientCurves {
  const layers = chartedLayers(run);
  const records = recordsInside(run.records, range);
  const steps = records.map(({ step }) => step);
  const buckets = bucketsFor(layers.length + 1);
  return {
    layers: layers.map(({ index, path }) => ({
      path,
      curve: buildCurve(
        steps,
        Float64Array.from(records, ({ layerNorms }) => layerNorms[index]),
        true,
        buckets,
      ),
    })),
    whole: buildCurve(
      steps,
      Float64Array.from(records, ({ gradientNorm }) => gradientNorm),
      true,
      buckets,
    ),
  };
}

/** Builds frames; remembers the curves between calls that differ in nothing but what is brought out. */
export function gradientFrames(): (
  current: RunView,
  previous: RunView | undefined,
  view: ViewState,
  theme: Theme,
  highlighted: string | undefined,
) => ChartFrame {
  const curvesOf = (
    run: RunView | undefined,
    _records: unknown,
    min: number,
    max: number,
  ): GradientCurves | undefined => run && gradientCurves(run, { min, max });
  const currentCurves = rememberLast(curvesOf);
  const previousCurves = rememberLast(curvesOf);
  return (current, previous, view, theme, highlighted) => {
    const x = stepRange(longer(current, previous, view.window, view.showPrevious), view.window);
    const curves = currentCurves(current, current.records, x.min, x.max) ?? {
      layers: [],
      whole: buildCurve([], [], true, 1),
    };
    const ghosts = view.showPrevious ? previousCurves(previous, previous?.records, x.min, x.max) : undefined;
    return frame(curves, ghosts, current, x, view, theme, highlighted);
  };
}

/** While a new run is shorter than the one before it, the axis reaches to the end of that one. */
function longer(current: RunView, previous: RunView | undefined, window: StepWindow, shown: boolean): RunView {
  if (previous === undefined || !shown || window.kind !== 'all') return current;
  return (previous.records.at(-1)?.step ?? 0) > (current.records.at(-1)?.step ?? 0) ? previous : current;
}

function frame(
  { layers, whole }: GradientCurves,
  ghosts: GradientCurves | undefined,
  run: RunView,
  x: AxisRange,
  view: ViewState,
  theme: Theme,
  highlighted: string | undefined,
): ChartFrame {
  const strokes = strokesByPath(run, theme);
  const width = theme.highContrast ? 2 : 1.5;
  const visible = layers.filter(({ path }) => !view.hiddenLayers.includes(path));
  const broughtOut = visible.some(({ path }) => path === highlighted) ? highlighted : undefined;
  const curves = visible.map(({ path, curve }): DrawnCurve => {
    const { color, dash } = strokes.get(path)!;
    const dimmed = broughtOut !== undefined && path !== broughtOut;
    const front = path === broughtOut || path === view.selectedLayer;
    return {
      key: path,
      label: path,
      curve,
      dash: path === broughtOut ? [] : dash,
      front,
      axis: 'left',
      width: front ? width + 1.5 : width,
      color: dimmed ? withOpacity(color, DIMMED) : color,
    };
  });
  if (view.showWhole) {
    curves.push({
      key: ':whole',
      label: 'whole gradient',
      curve: whole,
      color: theme.foreground,
      dash: [],
      width: width + 0.5,
      axis: 'left',
      front: false,
    });
  }
  const drawnGhosts = (ghosts?.layers ?? []).map(({ curve }) => curve);
  const clip = view.showWhole && run.clipNorm !== undefined ? run.clipNorm : undefined;
  return {
    curves,
    ghosts: drawnGhosts,
    thresholds: clip === undefined ? [] : [{ value: clip, label: 'clip limit', color: theme.warning }],
    x: { ...x, title: '' },
    left: {
      ...rangeOf(
        curves.map(({ curve }) => curve),
        drawnGhosts,
        clip,
      ),
      title: '',
      log: true,
    },
    right: undefined,
  };
}

/**
 * Range around the current curves; the previous run widens it, but not so far that the current curves become one line.
 */
export function rangeOf(curves: readonly Curve[], ghosts: readonly Curve[], clip?: number): AxisRange {
  const finite = (value: number): boolean => Number.isFinite(value) && value > 0;
  const own = [...curves.flatMap(({ minimum, maximum }) => [minimum, maximum]), clip ?? Number.NaN].filter(finite);
  const others = ghosts.flatMap(({ minimum, maximum }) => [minimum, maximum]).filter(finite);
  const [low, high] = bounds(own.length > 0 ? own : others);
  const reach = 10 ** GHOST_REACH;
  const [ghostLow, ghostHigh] = others.length > 0 ? bounds(others) : [low, high];
  const room = curves.some(({ marks }) => marks.some(({ kind }) => kind === 'zero'));
  return logRange(
    Math.min(low, Math.max(ghostLow, low / reach)),
    Math.max(high, Math.min(ghostHigh, high * reach)),
    room,
  );
}

function bounds(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
