/** A sample of a curve's line, for legends and the table of layers. */
import type { Stroke } from '../charts/color-ramp';
import { cssColor } from '../theme/color';
import { setAttributes, svg } from './dom';

export interface Swatch {
  readonly root: SVGSVGElement;
  readonly update: (stroke: Stroke) => void;
}

export function createSwatch(): Swatch {
  const line = svg('line', { x1: 1, y1: 5, x2: 23, y2: 5, 'stroke-width': 2.5 });
  return {
    root: svg('svg', { class: 'swatch', viewBox: '0 0 24 10', width: 24, height: 10, 'aria-hidden': 'true' }, line),
    update: ({ color, dash }) =>
      setAttributes(line, {
        stroke: cssColor(color),
        'stroke-dasharray': dash.length > 0 ? dash.join(' ') : undefined,
      }),
  };
}
