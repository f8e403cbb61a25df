/**
 * Elementary functions with the same bits everywhere: `+ - * /` only, which IEEE 754 defines exactly. `Math.pow`,
 * `Math.exp`, `Math.sin` and `Math.cos` are left to each JavaScript engine, so nothing that a run's records depend on
 * uses them. (The reference kernels do, where they define what the WebAssembly ones compute; those have functions of
 * their own.)
 */

/** log 2 and pi / 2 as a part whose product with a whole number below 2^20 is exact, and the rest. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const HALF_PI_HIGH = 1.57079632673412561417;
const HALF_PI_LOW = 6.07710050650619224932e-11;

/** x² */
export function square(x: number): number {
  return x * x;
}

/** base^exponent for a whole exponent from 0 on, by squaring. */
export function power(base: number, exponent: number): number {
  let result = 1;
  let factor = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}

/** The cube root of a positive number, to about 3e-16: x = m 8^k with m in [1, 8), and Newton's steps for m. */
export function cubeRoot(x: number): number {
  if (!(x > 0 && x < Infinity)) return x;
  let mantissa = x;
  let scale = 1;
  for (; mantissa >= 8; mantissa /= 8) scale *= 2;
  for (; mantissa < 1; mantissa *= 8) scale /= 2;
  let root = 1.5;
  for (let step = 0; step < 6; step++) root -= (root - mantissa / (root * root)) / 3;
  return root * scale;
}

/** e^x, to about 3e-16 for |x| < 700 and 0 or infinity far beyond: x = k log 2 + r, and the series of e^r. */
export function exponential(x: number): number {
  const k = Math.round(x / Math.LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let series = 1;
  for (let n = 16; n >= 1; n--) series = 1 + (r / n) * series;
  return series * (k < 0 ? 1 / power(2, -k) : power(2, k));
}

/**
 * log x to about 1e-16: x = m 2^-k with m in [0.7, 1.4], log m = 2 artanh z, z = (m - 1) / (m + 1). -Infinity at 0, NaN
 * below.
 */
export function logarithm(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  let mantissa = x;
  let exponent = 0;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent++;
  }
  while (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent--;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const zz = z * z;
  let series = 0;
  for (let n = 23; n >= 1; n -= 2) series = series * zz + 1 / n;
  return 2 * z * series - exponent * Math.LN2;
}

/** sin x for |x| < 1e5, to about 2e-16. */
export function sine(x: number): number {
  const { quarter, sin, cos } = reduced(x);
  return [sin, cos, -sin, -cos][quarter];
}

/** cos x for |x| < 1e5, to about 2e-16. */
export function cosine(x: number): number {
  const { quarter, sin, cos } = reduced(x);
  return [cos, -sin, -cos, sin][quarter];
}

/** Sine and cosine of what is left of x after whole quarter turns, by their series, and which quarter that is. */
function reduced(x: number): { readonly quarter: number; readonly sin: number; readonly cos: number } {
  const turns = Math.round(x / (Math.PI / 2));
  const r = x - turns * HALF_PI_HIGH - turns * HALF_PI_LOW;
  const rr = r * r;
  let sin = 1;
  let cos = 1;
  for (let n = 18; n >= 2; n -= 2) {
    sin = 1 - (rr / (n * (n + 1))) * sin;
    cos = 1 - (rr / (n * (n - 1))) * cos;
  }
  return { quarter: ((turns % 4) + 4) % 4, sin: r * sin, cos };
}
