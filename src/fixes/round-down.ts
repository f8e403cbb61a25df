/**
 * The number cut to so many significant digits, towards zero and never to it: a limit that is rounded must not be
 * exceeded by it.
 */
export function roundDown(value: number, digits: number): number {
  if (value === 0 || !Number.isFinite(value)) {
    return value;
  }
  const rounded = Number(value.toPrecision(digits));
  // Rounding in the last bits of a binary fraction does not make 0.6 exceed 0.6.
  if (Math.abs(rounded) <= Math.abs(value) * (1 + 1e-12)) {
    return rounded;
  }
  // Of the number itself: 0.00096 rounds up to 0.001, and is cut to 0.0009, a unit of its own below that.
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  return Number((rounded - Math.sign(value) * unit).toPrecision(digits));
}
