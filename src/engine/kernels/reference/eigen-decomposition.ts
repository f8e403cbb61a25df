/**
 * Eigenvalues and eigenvectors of a symmetric matrix, in `+ - * /` and square roots alone: the same bits everywhere.
 */

/** An element beside the diagonal that is smaller than this share of its neighbours is none. */
const NEGLIGIBLE = 2 ** -52;
/** Sweeps an eigenvalue takes at most; two are usual. Only numbers that are not finite take more. */
const SWEEPS = 60;

/**
 * matrix = Σ values[m] vectors[m] vectors[m]ᵀ: Householder's reduction to three diagonals, then implicit QL (Golub and
 * Van Loan 2013, 8.3). matrix [n, n] is overwritten; vectors [n, n] get one a row; scratch [2 n].
 */
export function eigenDecomposition(
  matrix: Float64Array,
  vectors: Float64Array,
  values: Float64Array,
  scratch: Float64Array,
  n: number,
): void {
  const beside = scratch.subarray(0, n);
  reduce(matrix, vectors, values, beside, scratch.subarray(n, 2 * n), n);
  diagonalize(values, beside, vectors, n);
}

/** Three diagonals T (`values` and, below, `beside`) and the rows Qᵀ of matrix = Q T Qᵀ. */
function reduce(
  a: Float64Array,
  vectors: Float64Array,
  values: Float64Array,
  beside: Float64Array,
  w: Float64Array,
  n: number,
): void {
  for (let k = 0; k < n - 2; k++) {
    // The reflection of the column below the diagonal onto its first element; its vector v stays in that column's row
    // k.
    const row = k * n;
    let squares = 0;
    for (let i = k + 1; i < n; i++) squares += a[row + i] * a[row + i];
    const first = a[row + k + 1];
    const onto = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    values[k] = a[row + k]!;
    beside[k] = onto;
    const factor = squares === 0 ? 0 : 1 / (squares - first * onto);
    a[row + k] = factor;
    if (factor === 0) continue;
    a[row + k + 1] = first - onto;
    let along = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j] * a[row + j];
      w[i] = factor * sum;
      along += w[i] * a[row + i];
    }
    for (let i = k + 1; i < n; i++) w[i] -= ((factor * along) / 2) * a[row + i];
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) a[i * n + j] -= a[row + i] * w[j] + w[i] * a[row + j];
    }
  }
  for (let k = Math.max(0, n - 2); k < n; k++) {
    values[k] = a[k * n + k]!;
    beside[k] = k < n - 1 ? a[k * n + k + 1] : 0;
  }
  for (let i = 0; i < n * n; i++) vectors[i] = i % (n + 1) === 0 ? 1 : 0;
  for (let k = n - 3; k >= 0; k--) {
    const factor = a[k * n + k];
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += vectors[i * n + j] * a[k * n + j];
      for (let j = k + 1; j < n; j++) vectors[i * n + j] -= factor * sum * a[k * n + j];
    }
  }
}

/** Makes `beside` vanish by rotations of neighbours, which the rows of `vectors` follow. */
function diagonalize(values: Float64Array, beside: Float64Array, vectors: Float64Array, n: number): void {
  for (let low = 0; low < n; low++) {
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      let high = low;
      while (
        high < n - 1 &&
        !(Math.abs(beside[high]) <= NEGLIGIBLE * (Math.abs(values[high]) + Math.abs(values[high + 1])))
      )
        high++;
      if (high === low) break;
      sweepUp(values, beside, vectors, n, low, high);
    }
  }
}

/** One implicit QL step with Wilkinson's shift over the block from `low` to `high`. */
function sweepUp(
  values: Float64Array,
  beside: Float64Array,
  vectors: Float64Array,
  n: number,
  low: number,
  high: number,
): void {
  const half = (values[low + 1] - values[low]) / (2 * beside[low]);
  const length = Math.sqrt(half * half + 1);
  let bulge = values[high] - values[low] + beside[low] / (half + (half < 0 ? -length : length));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const off = sine * beside[i];
    const kept = cosine * beside[i];
    const norm = Math.sqrt(off * off + bulge * bulge);
    beside[i + 1] = norm;
    if (norm === 0) {
      values[i + 1] -= shift;
      beside[high] = 0;
      return;
    }
    sine = off / norm;
    cosine = bulge / norm;
    const value = values[i + 1] - shift;
    const turn = (values[i] - value) * sine + 2 * cosine * kept;
    shift = sine * turn;
    values[i + 1] = value + shift;
    bulge = cosine * turn - kept;
    for (let upper = (i + 1) * n, lower = i * n; lower < (i + 1) * n; upper++, lower++) {
      const x = vectors[lower];
      const y = vectors[upper];
      vectors[upper] = sine * x + cosine * y;
      vectors[lower] = cosine * x - sine * y;
    }
  }
  values[low] -= shift;
  beside[low] = bulge;
  beside[high] = 0;
}
