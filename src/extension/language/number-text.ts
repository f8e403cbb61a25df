/** Numbers as people read them in lenses and hovers. */

/** Three significant digits; powers of ten where there would be many zeros. "–" for what was not measured. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** A share of 1 as a whole percentage. */
export function percentText(share: number): string {
  return Number.isNaN(share) ? '–' : `${Math.round(share * 100)}%`;
}
