/** Numbers in messages that travel as JSON, which turns NaN and both infinities into null. */
import type { WireNumber } from './panel-messages';

/** A number as it travels: itself where it is finite, else its name. */
export function toWire(n: number): WireNumber {
  if (Number.isFinite(n)) return n;
  if (Number.isNaN(n)) return 'nan';
  return n > 0 ? 'inf' : '-inf';
}

/** The number that traveled as `w`. */
export function fromWire(w: WireNumber): number {
  switch (w) {
    case 'nan':
      return Number.NaN;
    case 'inf':
      return Number.POSITIVE_INFINITY;
    case '-inf':
      return Number.NEGATIVE_INFINITY;
    default:
      return w;
  }
}
