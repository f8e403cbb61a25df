/** Cases of the attention kernels. */
import {
  attendBackwardScratch,
  attendScratch,
  attendWeights,
  weightIndex,
  type AttentionKernels,
} from '../../../src/engine/kernels/attention-kernels';
import { randomSizes, type Cases, type Draw } from './draw';
import type { KernelCase } from './twin-run';

/**
 * batch, heads, time, places, size; the last ones long on each axis, and with rows too far apart to be multiplied in
 * place.
 */
const HEADS: readonly (readonly [number, number, number, number, number])[] = [
  ...randomSizes<readonly [number, number, number, number, number]>(4, 3, 3, 40, 40, 20),
  [1, 1, 1, 1, 1],
  [2, 3, 5, 7, 2],
  [2, 2, 9, 4, 8],
  [1, 2, 17, 33, 16],
  [3, 1, 30, 30, 12],
  [1, 1, 5, 270, 3],
  [1, 1, 4, 6, 261],
  [1, 2, 9, 10, 72],
];
const CAUSAL_HEADS: typeof HEADS = [
  ...HEADS.slice(0, 9),
  [2, 1, 20, 20, 16],
  [1, 2, 64, 64, 16],
  [1, 1, 267, 267, 5],
  [1, 1, 6, 6, 261],
  [1, 9, 19, 19, 16],
].map(([batch, heads, time, , size]) => [batch, heads, time, time, size]);

const attention =
  (make: (draw: Draw, sizes: (typeof HEADS)[number], causal: boolean) => KernelCase): Cases =>
  draw => [...HEADS.map(sizes => make(draw, sizes, false)), ...CAUSAL_HEADS.map(sizes => make(draw, sizes, true))];

export const ATTENTION_CASES: Readonly<Record<keyof AttentionKernels, Cases>> = {
  attend: attention((draw, [batch, heads, time, places, size], causal) => {
    const [n, m] = [batch * time * heads * size, batch * places * heads * size];
    const w = batch * heads * attendWeights(time, places, causal);
    return {
      args: [
        draw.numbers(n),
        draw.numbers(m),
        draw.numbers(m),
        draw.numbers(w),
        draw.numbers(n),
        draw.scratch(attendScratch(places, size)),
        batch,
        heads,
        time,
        places,
        size,
        1 / Math.sqrt(size),
        causal,
      ],
      tolerance: 5e-6,
    };
  }),
  attendBackward: attention((draw, [batch, heads, time, places, size], causal) => {
    const [n, m] = [batch * time * heads * size, batch * places * heads * size];
    const ofHead = attendWeights(time, places, causal);
    const [weights, shares] = [draw.numbers(batch * heads * ofHead), draw.probabilities(batch * heads * time, places)];
    weights.values.fill(0);
    shares.values.forEach((share, i) => {
      const [row, place] = [Math.floor(i / places), i % places];
      const [head, step] = [Math.floor(row / time), row % time];
      if (!causal || place <= step) weights.values[head * ofHead + weightIndex(time, causal, step, place)] = share;
    });
    return {
      args: [
        draw.numbers(n),
        draw.numbers(m),
        draw.numbers(m),
        weights,
        draw.numbers(n),
        draw.numbers(n),
        draw.numbers(m),
        draw.numbers(m),
        draw.scratch(attendBackwardScratch(time, places, size, causal)),
        batch,
        heads,
        time,
        places,
        size,
        0.7,
        causal,
      ],
      tolerance: 5e-6,
    };
  }),
};
