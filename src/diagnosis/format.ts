/** Numbers in messages: short, and readable at any size. */

/** Three significant digits: `0.25`, `3.2`, `1387`, `4.1e+12`; `infinity` and `NaN` in words. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'infinity' : '-infinity';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return trimZeros(value.toExponential(1));
  return size >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** A share in percent, without a decimal: `97 %`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function trimZeros(exponential: string): string {
  return exponential.replace('.0e', 'e').replace('e+', 'e');
}
