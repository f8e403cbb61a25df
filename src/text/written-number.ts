/**
 * The number as a person would write it: `0.8`, `300`, `1e-4`. Digits beyond the fifteenth, where binary fractions
 * show, are rounded away; numbers below a thousandth and from a million on get an exponent where that is shorter.
 */
export function writtenNumber(value: number): string {
  const rounded = Number(value.toPrecision(15));
  const plain = String(rounded).replace('e+', 'e');
  if (
    (Number.isSafeInteger(rounded) && Math.abs(rounded) < 1e6) ||
    (Math.abs(rounded) >= 1e-3 && Math.abs(rounded) < 1e6)
  ) {
    return plain;
  }
  const exponent = rounded.toExponential().replace('e+', 'e');
  return exponent.length < plain.length ? exponent : plain;
}
