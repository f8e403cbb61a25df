/** Cases of the attention kernels. */
import type { AttentionKernels } from '../../../src/engine/kernels/attention-kernels';
import { randomSizes, type Cases, type Draw } from './draw';
import type { KernelCase } from './twin-run';

/** batch, heads, time, places, size; the last ones beyond a block of the summed axis. */
const HEADS: readonly (readonly [number, number, number, number, number])[] = [
  ...randomSizes<readonly [number, number, number, number, number]>(4, 3, 3, 40, 40, 20),
  [1, 1, 1, 1, 1], [2, 3, 5, 7, 2], [2, 2, 9, 4, 8], [1, 2, 17, 33, 16], [3, 1, 30, 30, 12], [1, 1, 5, 270, 3], [1, 1, 4, 6, 261],
];
const CAUSAL_HEADS: typeof HEADS = [
  ...HEADS.slice(0, 9), [2, 1, 20, 20, 16], [1, 2, 64, 64, 16], [1, 1, 267, 267, 5], [1, 1, 6, 6, 261],
].map(([batch, heads, time, , size]) => [batch!, heads!, time!, time!, size!]);

const attention = (make: (draw: Draw, sizes: (typeof HEADS)[number], causal: boolean) => KernelCase): Cases => draw => [
  ...HEADS.map(sizes => make(draw, sizes, false)), ...CAUSAL_HEADS.map(sizes => make(draw, sizes, true)),
];

export const ATTENTION_CASES: Readonly<Record<keyof AttentionKernels, Cases>> = {
  attend: attention((draw, [batch, heads, time, places, size], causal) => {
    const [n, m, w] = [batch * time * heads * size, batch * places * heads * size, batch * heads * time * places];
    return {
      args: [
        draw.numbers(n), draw.numbers(m), draw.numbers(m), draw.numbers(w), draw.numbers(n), batch, heads, time, places, size,
        1 / Math.sqrt(size), causal,
      ],
      tolerance: 5e-6,
    };
  }),
  attendBackward: attention((draw, [batch, heads, time, places, size], causal) => {
    const [n, m] = [batch * time * heads * size, batch * places * heads * size];
    const weights = draw.probabilities(batch * heads * time, places);
    if (causal) weights.values.forEach((_, i) => { if (i % places > Math.floor(i / places) % time) weights.values[i] = 0; });
    return {
      args: [
        draw.numbers(n), draw.numbers(m), draw.numbers(m), weights, draw.numbers(n), draw.numbers(n), draw.numbers(m),
        draw.numbers(m), draw.scratch(time * places), batch, heads, time, places, size, 0.7, causal,
      ],
      tolerance: 5e-6,
    };
  }),
};
