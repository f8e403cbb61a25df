import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { moveAlong, type Move } from './move-along';

/** What stands beyond the edges: PyTorch's modes of `pad`. */
export type PadMode = 'constant' | 'reflect' | 'replicate' | 'circular';

/** Entries put before and after those of an axis; negative numbers cut entries off (`constant` alone). */
export interface AxisPadding {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
}

/** x with entries put around it. `value`: theirs, where the mode is `constant`. */
export function pad(
  graph: Graph,
  x: Tensor,
  paddings: readonly AxisPadding[],
  { mode = 'constant', value = 0 }: { readonly mode?: PadMode; readonly value?: number } = {},
): Tensor {
  return paddings.reduce((padded, padding) => {
    const { axis, before, after } = padding;
    if (before === 0 && after === 0) return padded;
    const size = padded.shape[axis];
    return moveAlong(graph, padded, axis, { size: before + size + after, moves: movesOf(mode, size, padding), value });
  }, x);
}

function movesOf(mode: PadMode, size: number, { before, after }: AxisPadding): readonly Move[] {
  const [cutBefore, cutAfter] = [Math.max(0, -before), Math.max(0, -after)];
  const whole = { from: cutBefore, step: 1, to: Math.max(0, before), count: size - cutBefore - cutAfter };
  if (mode === 'constant') return [whole];
  const longest = mode === 'reflect' ? size - 1 : mode === 'circular' ? size : Infinity;
  if (before < 0 || after < 0 || before > longest || after > longest) {
    throw new Error(`An axis of ${size} cannot be padded by ${before} and ${after} with the mode ${mode}.`);
  }
  const beyond = before + size;
  switch (mode) {
    case 'reflect':
      return [
        { from: before, step: -1, to: 0, count: before },
        whole,
        { from: size - 2, step: -1, to: beyond, count: after },
      ];
    case 'replicate':
      return [{ from: 0, step: 0, to: 0, count: before }, whole, { from: size - 1, step: 0, to: beyond, count: after }];
    case 'circular':
      return [
        { from: size - before, step: 1, to: 0, count: before },
        whole,
        { from: 0, step: 1, to: beyond, count: after },
      ];
  }
}
