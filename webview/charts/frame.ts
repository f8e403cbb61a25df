/** One drawing of a chart, as plain data: what a chart's own module builds and `line-chart` draws. */
import type { Color } from '../theme/color';
import type { AxisRange } from './axis';
import type { Curve } from './curve';

export interface DrawnCurve {
  /** Stays the same from frame to frame. */
  readonly key: string;
  readonly label: string;
  readonly curve: Curve;
  readonly color: Color;
  readonly dash: readonly number[];
  /** CSS pixels. */
  readonly width: number;
  readonly axis: 'left' | 'right';
  /** Drawn over the others. */
  readonly front: boolean;
}

/** A horizontal line with a name, e.g. the limit that gradients are clipped to. */
export interface Threshold {
  readonly value: number;
  readonly label: string;
  readonly color: Color;
}

export interface ChartFrame {
  readonly curves: readonly DrawnCurve[];
  /** Curves of the previous run, on the left axis. */
  readonly ghosts: readonly Curve[];
  readonly thresholds: readonly Threshold[];
  readonly x: AxisRange & { readonly title: string };
  readonly left: AxisRange & { readonly title: string; readonly log: boolean };
  /** A share from 0 to 1, shown in percent. */
  readonly right: { readonly title: string } | undefined;
}
