import { logarithm } from './elementary';

/** Below this the series of artanh converges quickly. */
const SMALL = 0.5;

/** log(1 + x) for x >= 0, to about 2e-16 of its value, also where x is tiny: log(1 + x) = 2 artanh(x / (2 + x)). */
export function logarithmOfOnePlus(x: number): number {
  if (!(x < SMALL)) return Number.isFinite(x) ? -logarithm(1 / (1 + x)) : x;
  const z = x / (2 + x);
  const zz = z * z;
  let series = 0;
  for (let n = 23; n >= 1; n -= 2) series = series * zz + 1 / n;
  return 2 * z * series;
}
