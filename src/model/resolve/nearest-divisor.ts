/** The divisor of `size` that is nearest to the wanted one. */
export function nearestDivisor(size: number, wanted: number): number {
  const divisors = Array.from({ length: size }, (_, index) => index + 1).filter(divisor => size % divisor === 0);
  return divisors.reduce((best, divisor) => (Math.abs(divisor - wanted) < Math.abs(best - wanted) ? divisor : best), 1);
}
