const SQRT_PI = Math.sqrt(Math.PI);

/** erfc(x) = 1 - erf(x) to about 1e-15, relative in the positive tail too. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2.5) return 1 - erfBySeries(x);
  return erfcByFraction(x);
}

/** erf(x) = 2 / sqrt(pi) exp(-x²) Σ 2^n x^(2n+1) / (2n+1)!!, whose terms are all of one sign. */
function erfBySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / SQRT_PI) * Math.exp(-x * x) * sum;
}

/** erfc(x) = exp(-x²) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...)))), from the inside out. */
function erfcByFraction(x: number): number {
  if (x > 27) return x === x ? 0 : x;
  let fraction = x;
  for (let n = 60; n >= 1; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / SQRT_PI / fraction;
}
