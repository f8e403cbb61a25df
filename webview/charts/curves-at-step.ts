/**
 * Which points a tooltip speaks of: of every curve the point nearest in step, the curves nearest to the pointer first.
 */
import { type Chart, type ChartEvent, Interaction, type InteractionItem } from 'chart.js';

declare module 'chart.js' {
  interface InteractionModeMap {
    curvesAtStep: (chart: Chart, event: ChartEvent) => InteractionItem[];
  }
}

/** More lines would cover the chart. */
const MAXIMUM_ITEMS = 8;

/** Makes the interaction mode known to Chart.js. */
export function registerCurvesAtStep(): void {
  Interaction.modes.curvesAtStep = (chart, event) => {
    const { x, y } = event;
    if (x === null || y === null || !inside(chart, x, y)) return [];
    return nearestItems(chart, event).slice(0, MAXIMUM_ITEMS);
  };
}

/** The nearest drawn point of every visible curve, the curve nearest to the pointer first. */
export function nearestItems(chart: Chart, { x, y }: Pick<ChartEvent, 'x' | 'y'>): InteractionItem[] {
  if (x === null || y === null) return [];
  return chart
    .getSortedVisibleDatasetMetas()
    .flatMap((meta): InteractionItem[] => {
      const index = nearestIndex(meta.data, x);
      return index < 0 ? [] : [{ element: meta.data[index], datasetIndex: meta.index, index }];
    })
    .sort((a, b) => Math.abs(a.element.y - y) - Math.abs(b.element.y - y));
}

/** Binary search over elements in ascending order of `x`, then past those that are a gap; -1 when there is none. */
function nearestIndex(elements: readonly { readonly x: number; readonly y: number }[], x: number): number {
  let low = 0;
  let high = elements.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (elements[middle].x < x) low = middle;
    else high = middle;
  }
  const nearest = x - elements[low].x <= elements[high].x - x ? low : high;
  const drawn = (index: number): boolean => index >= 0 && index < elements.length && !Number.isNaN(elements[index].y);
  return [nearest, nearest - 1, nearest + 1].find(drawn) ?? -1;
}

function inside({ chartArea }: Chart, x: number, y: number): boolean {
  return x >= chartArea.left && x <= chartArea.right && y >= chartArea.top - 4 && y <= chartArea.bottom + 4;
}
