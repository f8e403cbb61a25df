/**
 * Attention as one kernel each way: every head of every sequence by itself, head h owning features h size to (h + 1)
 * size - 1.
 *
 * Shapes: N = batch, T = time, P = places. query, y and their gradients [N, T, heads size], key, value and theirs [N,
 * P, heads size]. With `causal` (T = P) step t sees places 0 to t: the others' weights are 0. The weights of a head lie
 * in fours of places, [P / 4, T, 4], the last filled up with zeros; with `causal` each four begins with the first step
 * that sees one of them.
 */
import type { NumberBuffer, Out } from './buffers';

export interface AttentionKernels {
  /**
   * weights = softmax(scale query keyᵀ) over the places seen, y = weights value; scratch of `attendScratch` numbers.
   */
  attend(
    query: NumberBuffer,
    key: NumberBuffer,
    value: NumberBuffer,
    weights: Out<NumberBuffer>,
    y: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    batch: number,
    heads: number,
    time: number,
    places: number,
    size: number,
    scale: number,
    causal: boolean,
  ): void;
  /**
   * dValue = weightsᵀ dy; with g = dy valueᵀ and s = scale weights (g - Σ g weights): dQuery = s key, dKey = sᵀ query.
   * Scratch of `attendBackwardScratch` numbers.
   */
  attendBackward(
    query: NumberBuffer,
    key: NumberBuffer,
    value: NumberBuffer,
    weights: NumberBuffer,
    dy: NumberBuffer,
    dQuery: Out<NumberBuffer>,
    dKey: Out<NumberBuffer>,
    dValue: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    batch: number,
    heads: number,
    time: number,
    places: number,
    size: number,
    scale: number,
    causal: boolean,
  ): void;
}

const upTo = (multiple: number, n: number): number => Math.ceil(n / multiple) * multiple;

/** Numbers in the weights of one head. */
export function attendWeights(time: number, places: number, causal: boolean): number {
  return weightIndex(time, causal, time, upTo(4, places) - 4);
}

/** Where the weight of a place for a step stands among those of its head. */
export function weightIndex(time: number, causal: boolean, step: number, place: number): number {
  const four = Math.floor(place / 4);
  const skipped = causal ? 4 * four : 0;
  const stepsBefore = four * time - (causal ? 2 * four * (four - 1) : 0);
  return 4 * (stepsBefore + step - skipped) + (place % 4);
}

/**
 * Numbers of scratch that one head's forward pass needs: keys and values packed, the scores of sixteen steps, the
 * weights of four.
 */
export function attendScratch(places: number, size: number): number {
  return upTo(4, places) * (size + 16 + 4) + places * upTo(8, size) + 16 * size;
}

/**
 * Numbers of scratch that one head's backward pass needs: its four operands packed, dy twice; of four steps the
 * gradients by weights and by scores; gradients by scores of all.
 */
export function attendBackwardScratch(time: number, places: number, size: number, causal: boolean): number {
  const packed = upTo(4, time) * size + (2 * time + places) * upTo(8, size) + size * upTo(8, places);
  return packed + 4 * upTo(8, places) + 4 * upTo(4, places) + attendWeights(time, places, causal);
}
