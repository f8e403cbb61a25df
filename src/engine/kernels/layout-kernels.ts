import type { IdBuffer, NumberBuffer, Out } from './buffers';

export interface LayoutKernels {
  /**
   * y[yStart + r yStride + c] = x[xStart + r xStride + c] for r < rows, c < columns; starts and strides in elements.
   */
  copyRows(
    x: NumberBuffer,
    xStart: number,
    xStride: number,
    y: Out<NumberBuffer>,
    yStart: number,
    yStride: number,
    rows: number,
    columns: number,
  ): void;
  /**
   * y[t, b, :] = x[b, τ, xColumn .. xColumn + columns], τ = reverse ? time - 1 - t : t.
   * x[batch, time, xColumns], y[time, batch, columns].
   */
  toTimeMajor(
    x: NumberBuffer,
    y: Out<NumberBuffer>,
    batch: number,
    time: number,
    columns: number,
    xColumns: number,
    xColumn: number,
    reverse: boolean,
  ): void;
  /**
   * The way back: y[b, τ, yColumn + c] = x[t, b, c]; `accumulate`: +=. x[time, batch, columns], y[batch, time,
   * yColumns].
   */
  fromTimeMajor(
    x: NumberBuffer,
    y: Out<NumberBuffer>,
    batch: number,
    time: number,
    columns: number,
    yColumns: number,
    yColumn: number,
    reverse: boolean,
    accumulate: boolean,
  ): void;
  /** y[o, c] = (1 / middle) Σ_m x[o, m, c]. x[outer, middle, inner], y[outer, inner]. */
  meanOverMiddle(x: NumberBuffer, y: Out<NumberBuffer>, outer: number, middle: number, inner: number): void;
  /** dx[o, m, c] = dy[o, c] / middle */
  meanOverMiddleBackward(dy: NumberBuffer, dx: Out<NumberBuffer>, outer: number, middle: number, inner: number): void;
  /** y[i, :] = weight[ids[i], :]. weight[vocabulary, units], y[ids, units]. The session has checked that ids fit. */
  embed(ids: IdBuffer, weight: NumberBuffer, y: Out<NumberBuffer>, units: number): void;
  /** dWeight[ids[i], :] += dy[i, :] in order of i, on what is there. */
  embedBackward(ids: IdBuffer, dy: NumberBuffer, dWeight: Out<NumberBuffer>, units: number): void;
}
