/** The previous run, in gray behind the current one. */
import type { Chart, Scale } from 'chart.js';
import { formatNumber } from '../format-number';
import { cssColor } from '../theme/color';
import type { Theme } from '../theme/theme';
import type { Curve, CurvePoint } from './curve';

/** Draws the curves, and tells where they go beyond the axis, which is made for the current run. */
export function drawGhosts(chart: Chart, ghosts: readonly Curve[], theme: Theme): void {
  const { ctx, chartArea, scales } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
  ctx.clip();
  ctx.strokeStyle = ctx.fillStyle = cssColor(theme.ghost);
  ctx.lineWidth = 1;
  ctx.globalAlpha = opacity(ghosts.length);
  for (const { points, marks } of ghosts) {
    tracePolyline(ctx, points, scales.x, scales.left);
    for (const { x, y, kind } of marks)
      if (kind === 'dot') drawDot(ctx, scales.x.getPixelForValue(x), scales.left.getPixelForValue(y));
  }
  ctx.restore();
  drawPeakBeyond(chart, ghosts, theme);
}

function opacity(count: number): number {
  return Math.max(0.35, Math.min(1, 8 / Math.max(1, count)));
}

function tracePolyline(context: CanvasRenderingContext2D, points: readonly CurvePoint[], x: Scale, y: Scale): void {
  context.beginPath();
  let drawing = false;
  for (const point of points) {
    if (Number.isNaN(point.y)) {
      drawing = false;
      continue;
    }
    const [px, py] = [x.getPixelForValue(point.x), y.getPixelForValue(point.y)];
    if (drawing) context.lineTo(px, py);
    else context.moveTo(px, py);
    drawing = true;
  }
  context.stroke();
}

function drawDot(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 2, 0, 2 * Math.PI);
  context.fill();
}

/** The highest point of all curves in sight; `undefined` where none is above `limit`. */
export function peakBeyond(ghosts: readonly Curve[], limit: number): CurvePoint | undefined {
  const highest = ghosts
    .filter(({ maximum }) => maximum > limit)
    .sort((a, b) => b.maximum - a.maximum)
    .at(0);
  return highest?.points.find(({ y }) => y === highest.maximum);
}

/** A triangle at the upper edge with the value that is out of sight. */
function drawPeakBeyond({ ctx, chartArea, scales }: Chart, ghosts: readonly Curve[], theme: Theme): void {
  const peak = peakBeyond(ghosts, scales.left.max);
  if (peak === undefined) return;
  const x = Math.min(chartArea.right, Math.max(chartArea.left, scales.x.getPixelForValue(peak.x)));
  const inLeftHalf = x < (chartArea.left + chartArea.right) / 2;
  ctx.save();
  ctx.fillStyle = cssColor(theme.ghost);
  ctx.beginPath();
  ctx.moveTo(x - 4, chartArea.top + 8);
  ctx.lineTo(x + 4, chartArea.top + 8);
  ctx.lineTo(x, chartArea.top + 1);
  ctx.fill();
  ctx.fillStyle = cssColor(theme.muted);
  ctx.font = `${theme.fontSize}px ${theme.fontFamily}`;
  ctx.textAlign = inLeftHalf ? 'left' : 'right';
  ctx.textBaseline = 'top';
  ctx.fillText(`previous run: up to ${formatNumber(peak.y)}`, inLeftHalf ? x + 8 : x - 8, chartArea.top + 1);
  ctx.restore();
}
