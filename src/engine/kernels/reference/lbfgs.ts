import type { Numbers } from './matrix';

/** Places in `memory`; after them 1 / y·s of every pair, then as many of scratch. */
const ITERATIONS = 0,
  KEPT = 1,
  OLDEST = 2,
  SCALE = 3,
  INVERSES = 4;

/** y·s of a pair that tells of curvature; PyTorch's. */
const LEAST_CURVATURE = 1e-10;

/** The kernel `lbfgs`: see `WholeOptimizerKernels`. */
export function lbfgs(
  g: Numbers,
  previous: Numbers,
  step: Numbers,
  steps: Numbers,
  changes: Numbers,
  memory: Float64Array,
  rate: number,
  toleranceGradient: number,
  toleranceChange: number,
): void {
  const n = g.length;
  let [largest, sum] = [0, 0];
  for (let i = 0; i < n; i++) {
    const size = Math.abs(g[i]);
    if (size > largest) largest = size;
    sum += size;
  }
  if (largest <= toleranceGradient) {
    step.fill(0);
    return;
  }
  const first = memory[ITERATIONS] === 0;
  memory[ITERATIONS]++;
  if (!first) keepPair(g, previous, step, steps, changes, memory);
  previous.set(g);
  // Into `step`, whose old numbers are kept as a pair or of no use any more.
  direction(g, step, steps, changes, memory);
  const length = first ? Math.min(1, 1 / sum) * rate : rate;
  const slope = dot(g, 0, step, 0, n);
  if (slope > -toleranceChange) step.fill(0);
  else for (let i = 0; i < n; i++) step[i] *= length;
}

/** Keeps the last step and the change of the gradient over it, in place of the oldest where there is no room. */
function keepPair(
  g: Numbers,
  previous: Numbers,
  step: Numbers,
  steps: Numbers,
  changes: Numbers,
  memory: Float64Array,
): void {
  const n = g.length;
  let [product, square] = [0, 0];
  for (let i = 0; i < n; i++) {
    const change = g[i] - previous[i];
    product += change * step[i];
    square += change * change;
  }
  if (!(product > LEAST_CURVATURE)) return;
  const pairs = steps.length / n;
  const place = (memory[OLDEST] + memory[KEPT]) % pairs;
  if (memory[KEPT] === pairs) memory[OLDEST] = (place + 1) % pairs;
  else memory[KEPT]++;
  steps.set(step, place * n);
  for (let i = 0; i < n; i++) changes[place * n + i] = g[i] - previous[i];
  memory[INVERSES + place] = 1 / product;
  memory[SCALE] = product / square;
}

/** The two-loop recursion: d = -H g. */
function direction(g: Numbers, d: Numbers, steps: Numbers, changes: Numbers, memory: Float64Array): void {
  const n = g.length;
  const pairs = steps.length / n;
  const kept = memory[KEPT];
  for (let i = 0; i < n; i++) d[i] = -g[i];
  for (let age = kept - 1; age >= 0; age--) {
    const place = (memory[OLDEST] + age) % pairs;
    const factor = dot(steps, place * n, d, 0, n) * memory[INVERSES + place];
    memory[INVERSES + pairs + place] = factor;
    for (let i = 0; i < n; i++) d[i] -= factor * changes[place * n + i];
  }
  if (kept > 0) for (let i = 0; i < n; i++) d[i] *= memory[SCALE];
  for (let age = 0; age < kept; age++) {
    const place = (memory[OLDEST] + age) % pairs;
    const factor = memory[INVERSES + pairs + place] - dot(changes, place * n, d, 0, n) * memory[INVERSES + place];
    for (let i = 0; i < n; i++) d[i] += factor * steps[place * n + i];
  }
}

function dot(a: Numbers, aStart: number, b: Numbers, bStart: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[aStart + i] * b[bStart + i];
  return sum;
}
