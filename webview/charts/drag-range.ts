/**
 * Choosing steps with the mouse: drag over a range to look closer, double click to see everything, click to pick a
 * curve.
 */
import type { LineChart } from './line-chart';
import { nearestItems } from './curves-at-step';

export interface DragActions {
  /** A range of values on the horizontal axis was dragged over. */
  readonly range: (from: number, to: number) => void;
  readonly reset: () => void;
  /** The curve with this key was clicked. */
  readonly pick: (key: string) => void;
}

/** Shorter drags are clicks. CSS pixels. */
const MINIMUM_DRAG = 5;
/** How near to a curve a click has to be. CSS pixels. */
const PICK_DISTANCE = 14;

/** Listens on the chart's canvas for as long as it exists. */
export function attachDrag({ chart, showDrag }: LineChart, actions: DragActions): void {
  const { canvas } = chart;
  let start: number | undefined;
  const end = (): void => {
    start = undefined;
    showDrag(undefined);
  };
  canvas.addEventListener('pointerdown', event => {
    const { left, right } = chart.chartArea;
    if (event.button !== 0 || event.offsetX < left || event.offsetX > right) return;
    start = event.offsetX;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    if (start !== undefined && Math.abs(event.offsetX - start) >= MINIMUM_DRAG)
      showDrag({ from: start, to: event.offsetX });
  });
  canvas.addEventListener('pointerup', event => {
    if (start === undefined) return;
    const from = Math.min(start, event.offsetX);
    const to = Math.max(start, event.offsetX);
    end();
    if (to - from >= MINIMUM_DRAG) chooseRange(from, to);
    else pickCurve(event);
  });
  canvas.addEventListener('pointercancel', end);
  canvas.addEventListener('dblclick', actions.reset);

  function chooseRange(from: number, to: number): void {
    const { min, max } = chart.scales.x;
    const value = (pixel: number): number => Math.round(chart.scales.x.getValueForPixel(pixel) ?? min);
    const first = Math.max(Math.ceil(min), value(from));
    const last = Math.min(Math.floor(max), value(to));
    if (last > first) actions.range(first, last);
  }

  function pickCurve(event: PointerEvent): void {
    const nearest = nearestItems(chart, { x: event.offsetX, y: event.offsetY }).at(0);
    if (nearest === undefined || Math.abs(nearest.element.y - event.offsetY) > PICK_DISTANCE) return;
    const label = chart.data.datasets[nearest.datasetIndex].label;
    if (label !== undefined) actions.pick(label);
  }
}
