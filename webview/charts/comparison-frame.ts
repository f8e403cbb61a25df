/** The overlaid curves of compared cures: one color a cure, one line a seed, the original dashed. */
import type { ComparisonView, CureView } from '../state/comparison-view';
import type { Color } from '../theme/color';
import type { Theme } from '../theme/theme';
import type { Stroke } from './color-ramp';
import { buildCurve } from './curve';
import type { ChartFrame, DrawnCurve } from './frame';
import { rangeOf } from './gradient-frame';

export type ComparedQuantity = 'loss' | 'gradientNorm';

/** More colors could not be told apart. */
const MAXIMUM_CURED = 5;
const ORIGINAL_DASH: readonly number[] = [5, 3];
/** Curves come thinned; nothing more is left out. */
const BUCKETS = 400;

/** The rows that are drawn: the original, the best cures and, where it is none of them, the selected one. */
export function drawnCures({ rows }: ComparisonView, selected: string | undefined): readonly CureView[] {
  const measured = rows.filter(({ curves }) => curves.length > 0);
  const original = measured.filter(({ effect }) => effect === 'original');
  const cures = measured.filter(({ effect }) => effect !== 'original');
  const chosen = cures.find(({ id }) => id === selected);
  const best = cures.slice(0, MAXIMUM_CURED);
  return [...original, ...(chosen && !best.includes(chosen) ? [...best.slice(0, -1), chosen] : best)];
}

/** The stroke of each drawn row, by id. */
export function cureStrokes(drawn: readonly CureView[], theme: Theme): ReadonlyMap<string, Stroke> {
  const colors: readonly Color[] = [theme.green, theme.blue, theme.ramp[0], theme.ramp[3], theme.ramp[4]];
  let next = 0;
  return new Map(
    drawn.map(({ id, effect }) => [
      id,
      effect === 'original'
        ? { color: theme.foreground, dash: ORIGINAL_DASH }
        : { color: colors[next++ % colors.length], dash: [] },
    ]),
  );
}

export function comparisonFrame(
  comparison: ComparisonView,
  quantity: ComparedQuantity,
  theme: Theme,
  selected: string | undefined,
): ChartFrame {
  const drawn = drawnCures(comparison, selected);
  const strokes = cureStrokes(drawn, theme);
  const width = theme.highContrast ? 2 : 1.5;
  const curves = drawn.flatMap(row =>
    row.curves.map((curve): DrawnCurve => ({
      key: `${row.id} ${curve.seed}`,
      label: `${row.cells[0]}, seed ${curve.seed}`,
      curve: buildCurve(curve.steps, curve[quantity], true, BUCKETS),
      color: strokes.get(row.id)!.color,
      dash: strokes.get(row.id)!.dash,
      width: row.id === selected ? width + 1.5 : width,
      axis: 'left',
      front: row.id === selected,
    })),
  );
  const last = Math.max(1, ...drawn.flatMap(({ curves: each }) => each.map(({ steps }) => steps.at(-1) ?? 0)));
  return {
    curves,
    ghosts: [],
    thresholds: [],
    x: { min: 0, max: last, title: '' },
    left: {
      ...rangeOf(
        curves.map(({ curve }) => curve),
        [],
      ),
      title: '',
      log: true,
    },
    right: undefined,
  };
}
