/**
 * Drawings under and over the curves: the previous run in gray, marks at floor and ceiling, thresholds, a dragged
 * range.
 */
import type { Chart, Plugin } from 'chart.js';
import { cssColor } from '../theme/color';
import type { Theme } from '../theme/theme';
import type { ChartFrame, DrawnCurve } from './frame';
import { drawGhosts } from './ghosts';

/** State that the overlay reads at every drawing. */
export interface OverlayState {
  frame: ChartFrame;
  theme: Theme;
  /** Pixels from and to, while the user drags over the chart. */
  drag: { readonly from: number; readonly to: number } | undefined;
}

/** Marks of one curve closer than this many pixels are drawn as one. */
const MARK_SPACING = 7;
const MARK_INSET = 5;

/** A Chart.js plugin that reads `state` when it draws. */
export function overlayPlugin(state: OverlayState): Plugin<'line'> {
  return {
    id: 'overlay',
    beforeDatasetsDraw: chart => drawGhosts(chart, state.frame.ghosts, state.theme),
    afterDatasetsDraw: chart => {
      chart.ctx.save();
      drawThresholds(chart, state);
      for (const curve of state.frame.curves) drawMarks(chart, curve, state.theme);
      drawDrag(chart, state);
      chart.ctx.restore();
    },
  };
}

function drawThresholds(chart: Chart, { frame, theme }: OverlayState): void {
  const { ctx, chartArea, scales } = chart;
  ctx.font = `${theme.fontSize}px ${theme.fontFamily}`;
  for (const { value, label, color } of frame.thresholds) {
    const y = scales.left.getPixelForValue(value);
    if (y < chartArea.top || y > chartArea.bottom) continue;
    ctx.strokeStyle = ctx.fillStyle = cssColor(color);
    ctx.lineWidth = 1;
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(chartArea.left, y);
    ctx.lineTo(chartArea.right, y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.textAlign = 'right';
    ctx.textBaseline = y - chartArea.top > 16 ? 'bottom' : 'top';
    ctx.fillText(label, chartArea.right - 4, ctx.textBaseline === 'bottom' ? y - 2 : y + 3);
  }
}

function drawMarks(chart: Chart, drawn: DrawnCurve, theme: Theme): void {
  const { ctx, chartArea, scales } = chart;
  const axis = scales[drawn.axis];
  const lastAt: Record<string, number> = {};
  for (const { x: step, y, kind } of drawn.curve.marks) {
    const x = scales.x.getPixelForValue(step);
    if (x < chartArea.left - 0.5 || x > chartArea.right + 0.5) continue;
    if (x - (lastAt[kind] ?? Number.NEGATIVE_INFINITY) < MARK_SPACING && kind !== 'dot') continue;
    lastAt[kind] = x;
    ctx.strokeStyle = ctx.fillStyle = cssColor(kind === 'not-finite' ? theme.error : drawn.color);
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    if (kind === 'dot') {
      ctx.arc(x, axis.getPixelForValue(y), drawn.width + 1.5, 0, 2 * Math.PI);
      ctx.fill();
    } else if (kind === 'zero') {
      const floor = chartArea.bottom - MARK_INSET;
      ctx.moveTo(x - 3.5, floor - 3);
      ctx.lineTo(x + 3.5, floor - 3);
      ctx.lineTo(x, floor + 3);
      ctx.closePath();
      ctx.stroke();
    } else {
      const ceiling = chartArea.top + MARK_INSET;
      ctx.moveTo(x - 3.5, ceiling - 3.5);
      ctx.lineTo(x + 3.5, ceiling + 3.5);
      ctx.moveTo(x - 3.5, ceiling + 3.5);
      ctx.lineTo(x + 3.5, ceiling - 3.5);
      ctx.stroke();
    }
  }
}

function drawDrag({ ctx, chartArea }: Chart, { drag, theme }: OverlayState): void {
  if (drag === undefined) return;
  const left = Math.max(chartArea.left, Math.min(drag.from, drag.to));
  const right = Math.min(chartArea.right, Math.max(drag.from, drag.to));
  ctx.fillStyle = cssColor({ ...theme.selection, a: 0.18 });
  ctx.strokeStyle = cssColor(theme.selection);
  ctx.lineWidth = 1;
  ctx.fillRect(left, chartArea.top, right - left, chartArea.height);
  ctx.strokeRect(left, chartArea.top, right - left, chartArea.height);
}
