/**
 * The numbers of a run as people read them, the same in messages, titles, lenses, hovers, the panel and the terminal.
 */

/** Significant digits: more would only look exact. */
const DIGITS = 3;
/** Sizes from which on plain digits would be many zeros. */
const SCIENTIFIC_FROM = 1e5;
const SCIENTIFIC_BELOW = 1e-3;

/** Sign for a number that a layer does not have, or that was not measured. */
export const NOTHING = '—';

/** A number in a sentence: `0.25`, `3.2`, `1390`, `54300`, `4.1e12`, `∞`, `NaN`. */
export function formatNumber(value: number): string {
  return written(
    value,
    rounded => String(rounded),
    rounded => rounded.toExponential(),
  );
}

/** The same in a table or beside others: zeros at the end stay, as in `0.250`, so that a column keeps its precision. */
export function formatInColumn(value: number): string {
  return written(
    value,
    rounded => (Math.abs(rounded) >= 10 ** (DIGITS - 1) ? String(rounded) : rounded.toPrecision(DIGITS)),
    rounded => rounded.toExponential(DIGITS - 1),
  );
}

/** A number in a column that is NaN where it does not apply, such as the gain of the first layer. */
export function formatMeasure(value: number): string {
  return Number.isNaN(value) ? NOTHING : formatInColumn(value);
}

/** A share in percent, with a digit after the point below 10 %: `0 %`, `2.5 %`, `38 %`. */
export function formatShare(share: number): string {
  if (Number.isNaN(share)) return NOTHING;
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  if (percent > 99.9 && percent < 100) return '>99.9 %';
  return `${percent === 0 || percent >= 9.95 ? Math.round(percent) : Number(percent.toFixed(1))} %`;
}

function written(value: number, plain: (rounded: number) => string, scientific: (rounded: number) => string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(DIGITS));
  const size = Math.abs(rounded);
  if (size >= SCIENTIFIC_BELOW && size < SCIENTIFIC_FROM) return plain(rounded);
  return scientific(rounded).replace('e+', 'e');
}
