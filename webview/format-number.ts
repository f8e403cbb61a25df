/** Numbers of the panel's tables and charts. */
import { formatInColumn, NOTHING } from '../src/record/number-text';

export { formatInColumn as formatNumber, formatMeasure, formatShare, NOTHING } from '../src/record/number-text';

/** A gain, as a factor: `×1.05`. */
export function formatGain(value: number): string {
  return Number.isNaN(value) ? NOTHING : `×${formatInColumn(value)}`;
}

/** A label of an axis: round numbers without needless zeros, `0.01`, `100`, `1e-7`. */
export function formatTick(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(6)));
  return Number(value.toPrecision(6)).toExponential().replace('e+', 'e');
}
