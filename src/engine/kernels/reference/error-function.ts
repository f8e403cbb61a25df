const SQRT_PI = Math.sqrt(Math.PI);

/** erf and erfc with an exponential of one's own. */
export interface ErrorFunctions {
  /** To about 1e-15, relative around 0 too. */
  readonly erf: (x: number) => number;
  /** 1 - erf(x) to about 1e-15, relative in the positive tail too. */
  readonly erfc: (x: number) => number;
}

export function errorFunctions(exp: (x: number) => number): ErrorFunctions {
  const erfc = (x: number): number => {
    if (x < 0) return 2 - erfc(-x);
    if (x < 2.5) return 1 - erfBySeries(x, exp);
    return erfcByFraction(x, exp);
  };
  const erf = (x: number): number => (x < 0 ? -erf(-x) : x < 2.5 ? erfBySeries(x, exp) : 1 - erfcByFraction(x, exp));
  return { erf, erfc };
}

export const { erfc } = errorFunctions(Math.exp);

/** erf(x) = 2 / sqrt(pi) exp(-x²) Σ 2^n x^(2n+1) / (2n+1)!!, whose terms are all of one sign. */
function erfBySeries(x: number, exp: (x: number) => number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / SQRT_PI) * exp(-x * x) * sum;
}

/** erfc(x) = exp(-x²) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...)))), from the inside out. */
function erfcByFraction(x: number, exp: (x: number) => number): number {
  if (x > 27) return x === x ? 0 : x;
  let fraction = x;
  for (let n = 60; n >= 1; n--) fraction = x + n / 2 / fraction;
  return exp(-x * x) / SQRT_PI / fraction;
}
