/** A Chart.js line chart that is told what to draw, frame by frame. The only module that makes Chart.js charts. */
import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { formatNumber, formatShare, formatTick } from '../format-number';
import { cssColor } from '../theme/color';
import type { Theme } from '../theme/theme';
import { countTicks, linearTicks, logTicks } from './axis';
import type { CurvePoint } from './curve';
import { registerCurvesAtStep } from './curves-at-step';
import type { ChartFrame, DrawnCurve } from './frame';
import { overlayPlugin, type OverlayState } from './overlay';

type LineDataset = ChartDataset<'line', CurvePoint[]>;

export interface LineChart {
  readonly chart: Chart<'line', CurvePoint[]>;
  readonly draw: (frame: ChartFrame, theme: Theme) => void;
  /** Shows the range of pixels being dragged over; `undefined` ends it. */
  readonly showDrag: (drag: OverlayState['drag']) => void;
  readonly destroy: () => void;
}

export const EMPTY_FRAME: ChartFrame = {
  curves: [],
  ghosts: [],
  thresholds: [],
  x: { min: 0, max: 1, title: '' },
  left: { min: 0.1, max: 10, title: '', log: true },
  right: undefined,
};

/** Registers with Chart.js the parts that are used, and nothing else. Call once. */
export function registerCharts(): void {
  Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);
  registerCurvesAtStep();
}

/** Makes a chart in `canvas`, which fills its positioned parent. `describeX` heads the tooltip: "Step 12". */
export function createLineChart(canvas: HTMLCanvasElement, theme: Theme, describeX: (x: number) => string): LineChart {
  const overlay: OverlayState = { frame: EMPTY_FRAME, theme, drag: undefined };
  const chart = new Chart<'line', CurvePoint[]>(canvas, configuration(overlay, describeX));
  const datasets = new Map<string, LineDataset>();
  return {
    chart,
    draw: (frame, currentTheme) => {
      overlay.frame = frame;
      overlay.theme = currentTheme;
      chart.data.datasets = frame.curves.map(drawn => refresh(datasets, drawn));
      applyScales(chart, frame, currentTheme);
      chart.update('none');
    },
    showDrag: drag => {
      overlay.drag = drag;
      chart.draw();
    },
    destroy: () => chart.destroy(),
  };
}

function configuration(
  overlay: OverlayState,
  describeX: (x: number) => string,
): ChartConfiguration<'line', CurvePoint[]> {
  return {
    type: 'line',
    data: { datasets: [] },
    plugins: [overlayPlugin(overlay)],
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: ['mousemove', 'mouseout'],
      interaction: { mode: 'curvesAtStep', intersect: false },
      elements: { point: { radius: 0, hitRadius: 0, hoverRadius: 3 }, line: { tension: 0, borderJoinStyle: 'bevel' } },
      layout: { padding: { top: 4, right: 6 } },
      scales: {
        x: {
          type: 'linear',
          afterBuildTicks: axis => setTicks(axis, countTicks(axis, Math.max(3, Math.min(9, axis.width / 50)))),
        },
        left: {
          type: 'logarithmic',
          position: 'left',
          afterBuildTicks: axis => setTicks(axis, overlay.frame.left.log ? logTicks(axis) : linearTicks(axis)),
        },
        right: {
          type: 'linear',
          position: 'right',
          display: false,
          min: 0,
          max: 1,
          afterBuildTicks: axis => setTicks(axis, [0, 0.25, 0.5, 0.75, 1]),
        },
      },
      plugins: {
        tooltip: {
          animation: false,
          usePointStyle: false,
          boxWidth: 10,
          boxHeight: 2,
          itemSort: (a, b) => (b.element.y < a.element.y ? 1 : -1),
          callbacks: {
            title: items => describeX(items[0]?.parsed.x ?? 0),
            label: ({ dataset, parsed }) => {
              const value =
                dataset.yAxisID === 'right'
                  ? formatShare(parsed.y ?? Number.NaN)
                  : formatNumber(parsed.y ?? Number.NaN);
              return `${dataset.label ?? ''}  ${value}`;
            },
            labelColor: ({ dataset }) => ({
              borderColor: String(dataset.borderColor),
              backgroundColor: String(dataset.borderColor),
              borderWidth: 0,
            }),
          },
        },
      },
    },
  };
}

function setTicks(axis: { ticks: { value: number }[] }, values: readonly number[]): void {
  axis.ticks = values.map(value => ({ value }));
}

/**
 * One dataset object a curve for as long as the chart lives: Chart.js keeps what it computed for the objects it knows.
 */
function refresh(datasets: Map<string, LineDataset>, drawn: DrawnCurve): LineDataset {
  const dataset = datasets.get(drawn.key) ?? { data: [] };
  datasets.set(drawn.key, dataset);
  dataset.label = drawn.label;
  dataset.data = drawn.curve.points as CurvePoint[];
  dataset.borderColor = cssColor(drawn.color);
  dataset.pointHoverBackgroundColor = dataset.borderColor;
  dataset.borderWidth = drawn.width;
  dataset.borderDash = [...drawn.dash];
  dataset.yAxisID = drawn.axis;
  dataset.order = drawn.front ? -1 : 0;
  return dataset;
}

function applyScales(chart: Chart<'line', CurvePoint[]>, frame: ChartFrame, theme: Theme): void {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  const [muted, grid] = [cssColor(theme.muted), cssColor(theme.grid)];
  const shared = {
    border: { color: grid },
    grid: { color: grid, tickColor: grid, tickLength: 4 },
    ticks: {
      color: muted,
      font,
      maxRotation: 0,
      autoSkip: false,
      padding: 2,
      callback: (value: number | string) => formatTick(Number(value)),
    },
  };
  const title = (text: string) => ({ display: text !== '', text, color: muted, font, padding: 0 });
  const scales = chart.options.scales!;
  Object.assign(scales.x!, shared, { min: frame.x.min, max: frame.x.max, title: title(frame.x.title) });
  Object.assign(scales.left!, shared, {
    type: frame.left.log ? 'logarithmic' : 'linear',
    min: frame.left.min,
    max: frame.left.max,
    title: title(frame.left.title),
  });
  Object.assign(scales.right!, shared, {
    display: frame.right !== undefined,
    title: title(frame.right?.title ?? ''),
    grid: { drawOnChartArea: false, tickColor: grid },
    ticks: { ...shared.ticks, callback: (value: number | string) => `${Number(value) * 100} %` },
  });
  Object.assign(chart.options.plugins!.tooltip!, {
    backgroundColor: cssColor(theme.tooltip.background),
    titleColor: cssColor(theme.tooltip.foreground),
    bodyColor: cssColor(theme.tooltip.foreground),
    borderColor: cssColor(theme.tooltip.border),
    borderWidth: 1,
    cornerRadius: 3,
    padding: 6,
    titleFont: { ...font, weight: 'bold' },
    bodyFont: font,
  });
}
