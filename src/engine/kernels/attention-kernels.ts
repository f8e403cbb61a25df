/**
 * Attention as one kernel each way: every head of every sequence by itself, head h owning features h size to (h + 1) size - 1.
 *
 * Shapes: N = batch, T = time, P = places. query, y and their gradients [N, T, heads size], key, value and theirs
 * [N, P, heads size], weights [N, heads, T, P]. With `causal` (T = P) step t sees places 0 to t: the others' weights are 0.
 */
import type { NumberBuffer } from './kernels';

export interface AttentionKernels {
  /** weights = softmax(scale query keyᵀ) over the places seen, y = weights value. */
  attend(
    query: NumberBuffer, key: NumberBuffer, value: NumberBuffer, weights: NumberBuffer, y: NumberBuffer, batch: number,
    heads: number, time: number, places: number, size: number, scale: number, causal: boolean,
  ): void;
  /**
   * dValue = weightsᵀ dy; with g = dy valueᵀ and s = scale weights (g - Σ g weights): dQuery = s key, dKey = sᵀ query.
   * scratch [T, P]
   */
  attendBackward(
    query: NumberBuffer, key: NumberBuffer, value: NumberBuffer, weights: NumberBuffer, dy: NumberBuffer, dQuery: NumberBuffer,
    dKey: NumberBuffer, dValue: NumberBuffer, scratch: NumberBuffer, batch: number, heads: number, time: number, places: number,
    size: number, scale: number, causal: boolean,
  ): void;
}
