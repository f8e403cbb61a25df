/** Small pictures, told apart by shape as well as by color. Drawn here, so that no icon font has to be loaded. */
import type { Severity } from '../../src/diagnosis/finding';
import { svg } from './dom';

export type IconName = Severity | 'healthy' | 'neutral' | 'running' | 'stopped' | 'idle' | 'close';

const CIRCLE = 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13Z';

/** Outlines on a grid of 16, drawn with lines of 1.3. */
const PATHS: Readonly<Record<IconName, readonly string[]>> = {
  error: [CIRCLE, 'M5.5 5.5l5 5M10.5 5.5l-5 5'],
  warning: ['M8 1.8L15 14H1Z', 'M8 6.2v3.6M8 11.6v.9'],
  information: [CIRCLE, 'M8 7v4.5M8 4.4v.9'],
  hint: ['M5.8 10.4a4.3 4.3 0 1 1 4.4 0v1.8h-4.4ZM6.3 14.3h3.4'],
  healthy: [CIRCLE, 'M5 8.2l2.2 2.2l4-4.6'],
  neutral: [CIRCLE, 'M5 8h6'],
  running: ['M4.5 2.5l8 5.5l-8 5.5Z'],
  stopped: ['M3.5 3.5h9v9h-9Z'],
  idle: [CIRCLE],
  close: ['M3.5 3.5l9 9M12.5 3.5l-9 9'],
};

/** An icon of the text's size and color. It says nothing to a screen reader unless it is given a label. */
export function icon(name: IconName, label?: string): SVGSVGElement {
  return svg(
    'svg',
    {
      class: `icon icon-${name}`,
      viewBox: '0 0 16 16',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.3,
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
      ...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label }),
    },
    ...PATHS[name].map(d => svg('path', { d })),
  );
}
