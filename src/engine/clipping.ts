/** Gradient clipping, between the backward pass and the update. PyTorch's `clip_grad_norm_` and `clip_grad_value_`. */
import type { Graph } from './graph';
import type { MeasureTensor, Tensor } from './tensor';

/**
 * `norm`: all gradients are scaled by min(1, max / (norm + 1e-6)), norm being that of all together (Pascanu et al. 2013);
 * `per-parameter-norm`: the same for each parameter alone; `value`: every element is clipped to [-max, max].
 */
export interface ClipOptions {
  readonly type: 'norm' | 'per-parameter-norm' | 'value';
  readonly max: number;
}

/**
 * Appends the clipping of every gradient and the measurement of what is left (`after`, one norm a parameter). The factors by
 * which gradients are scaled come from `factors`, filled by `clipFactors` before these instructions run.
 */
export function emitClipping(
  graph: Graph, options: ClipOptions, gradients: readonly Tensor[], factors: Float64Array, after: MeasureTensor,
): void {
  gradients.forEach((gradient, index) => {
    if (options.type === 'value') graph.emit('clamp', gradient, options.max);
    else graph.emit('scale', gradient, () => factors[index]!);
    graph.emitResult(graph.entry(after, index), 'norm', gradient);
  });
}

/**
 * Fills in each parameter's factor, given every gradient's norm and that of all; returns whether any gradient has to be changed.
 */
export function clipFactors(options: ClipOptions, norms: Float64Array, total: number, factors: Float64Array): boolean {
  let clips = options.type === 'value';
  for (let i = 0; i < norms.length; i++) {
    const norm = options.type === 'norm' ? total : norms[i]!;
    factors[i] = Math.min(1, options.max / (norm + 1e-6));
    clips ||= factors[i]! < 1;
  }
  return clips;
}
