/**
 * Gradient clipping, between the backward pass and the update: PyTorch's `clip_grad_norm_` and `clip_grad_value_`, and
 * adaptive clipping.
 */
import type { Graph } from './graph';
import { autoClipLimit, zClipLimit } from './norm-limits';
import type { MeasureTensor, Tensor } from './tensor';

/**
 * `norm`: all gradients are scaled by min(1, max / (norm + 1e-6)), norm being that of all together (Pascanu et al.
 * 2013); `per-parameter-norm`: the same for each parameter alone; `value`: every element is clipped to [-max, max];
 * `adaptive` (Brock et al. 2021): the gradient of each unit whose norm exceeds limit = factor max(norm of its weights,
 * 1e-3) is scaled to that limit, a unit being a row `[i, ...]` of a parameter of two or more axes, or the whole of a
 * vector; `auto-clip` and `z-clip`: as `norm`, with a limit from the norms so far (`norm-limits.ts`).
 */
export type ClipOptions =
  | { readonly type: 'norm' | 'per-parameter-norm' | 'value'; readonly max: number }
  | { readonly type: 'adaptive'; readonly factor: number }
  | { readonly type: 'auto-clip'; readonly percentile: number }
  | { readonly type: 'z-clip'; readonly threshold: number; readonly decay: number; readonly warmup: number };

/**
 * Appends the clipping of every gradient and the measurement of what is left (`after`, one norm a parameter). The
 * factors by which gradients are scaled come from `factors`, filled by a `Clipper` before these instructions run;
 * `index`: place of the parameter in `factors` and `after`.
 */
export function emitClipping(
  graph: Graph,
  options: ClipOptions,
  clipped: readonly { readonly index: number; readonly parameter: Tensor; readonly gradient: Tensor }[],
  factors: Float64Array,
  after: MeasureTensor,
): void {
  clipped.forEach(({ index, parameter, gradient }) => {
    if (options.type === 'value') {
      graph.emit('clamp', gradient, options.max);
    } else if (options.type === 'adaptive') {
      const units = parameter.shape.length >= 2 ? parameter.shape[0] : 1;
      graph.emit('clipRows', parameter, gradient, units, gradient.storage.length / units, options.factor);
    } else {
      graph.emit('scale', gradient, () => factors[index]);
    }
    graph.emitResult(graph.entry(after, index), 'norm', gradient);
  });
}

/**
 * Fills in each parameter's factor, given every gradient's norm and that of all; returns whether any gradient may have
 * to be changed. Called once a step, since some limits depend on the norms of the steps before.
 */
export type Clipper = (norms: Float64Array, total: number, factors: Float64Array) => boolean;

/** The clipping of a run that is about to begin. */
export function openClipper(options: ClipOptions): Clipper {
  switch (options.type) {
    case 'value':
    case 'adaptive':
      return () => true;
    case 'per-parameter-norm':
      return (norms, _total, factors) => {
        norms.forEach((norm, index) => (factors[index] = factorOf(options.max, norm)));
        return factors.some(factor => factor < 1);
      };
    case 'norm':
      return byNorm(() => options.max);
    case 'auto-clip':
      return byNorm(autoClipLimit(options.percentile));
    case 'z-clip':
      return byNorm(zClipLimit(options));
  }
}

/** PyTorch's `clip_grad_norm_` to a limit that is asked for once a step. */
function byNorm(limitOf: (norm: number) => number): Clipper {
  return (_norms, total, factors) => {
    factors.fill(factorOf(limitOf(total), total));
    return factors.some(factor => factor < 1);
  };
}

function factorOf(limit: number, norm: number): number {
  return limit === Infinity ? 1 : Math.min(1, limit / (norm + 1e-6));
}
