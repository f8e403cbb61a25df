/** Numbers as people who train networks read them: three significant digits, scientific where plain digits would be many. */

const DIGITS = 3;

/** `0.0123`, `1.23`, `1230`, `1.23e-7`, `NaN`, `∞`; zeros at the end stay, so that a column keeps its precision. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(DIGITS));
  const size = Math.abs(rounded);
  if (size < 1e-3 || size >= 1e4) return rounded.toExponential(DIGITS - 1).replace('e+', 'e');
  return size >= 100 ? String(rounded) : rounded.toPrecision(DIGITS);
}

/** What does not exist for a layer, or was not measured. */
export const NOTHING = '—';

/** A number that is NaN where it does not apply, e.g. the gain of the first layer. */
export function formatMeasure(value: number): string {
  return Number.isNaN(value) ? NOTHING : formatNumber(value);
}

/** A gain, as a factor: `×1.05`. */
export function formatGain(value: number): string {
  return Number.isNaN(value) ? NOTHING : `×${formatNumber(value)}`;
}

/** A share in percent, with a digit after the point below 10 %: `0 %`, `2.5 %`, `38 %`. */
export function formatShare(share: number): string {
  if (Number.isNaN(share)) return NOTHING;
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  if (percent > 99.9 && percent < 100) return '>99.9 %';
  return `${percent === 0 || percent >= 9.95 ? Math.round(percent) : Number(percent.toFixed(1))} %`;
}

/** A label of an axis: round numbers without needless zeros, `0.01`, `100`, `1e-7`. */
export function formatTick(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(6)));
  return Number(value.toPrecision(6)).toExponential().replace('e+', 'e');
}
