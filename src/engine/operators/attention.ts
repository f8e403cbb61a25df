/** Attention: every place of a sequence gathers from places of a sequence what fits it (Vaswani et al. 2017). */
import type { Graph } from '../graph';
import { attendBackwardScratch, attendScratch, attendWeights } from '../kernels/attention-kernels';
import type { Tensor } from '../tensor';
import { dense } from './dense';

export interface AttendOptions {
  /** Parts of the features that attend each by itself: head h owns features h size to (h + 1) size - 1. */
  readonly heads: number;
  /** Whether step t sees steps 0 to t only; query and key are then of one length. */
  readonly causal: boolean;
  /** Factor of the scores before their softmax. */
  readonly scale: number;
}

/**
 * For each head: y = softmax(scale query keyᵀ) value, the softmax over the places of key.
 * query `[n, time, features]`, key and value `[n, places, features]` → `[n, time, features]`.
 */
export function attend(
  graph: Graph,
  query: Tensor,
  key: Tensor,
  value: Tensor,
  { heads, causal, scale }: AttendOptions,
): Tensor {
  const [batch, time, features] = query.shape as readonly [number, number, number];
  const places = key.shape[1];
  const size = features / heads;
  const sizes = [batch, heads, time, places, size, scale, causal] as const;
  const weights = graph.tensor([batch, heads, attendWeights(time, places, causal)]);
  const y = graph.tensor(query.shape);
  graph.emit('attend', query, key, value, weights, y, graph.tensor([attendScratch(places, size)]), ...sizes);

  return graph.node('attend', [query, key, value], y, (dy, gradients) => {
    const [dQuery, dKey, dValue] = [graph.tensor(query.shape), graph.tensor(key.shape), graph.tensor(value.shape)];
    const scratch = graph.tensor([attendBackwardScratch(time, places, size, causal)]);
    graph.emit('attendBackward', query, key, value, weights, dy, dQuery, dKey, dValue, scratch, ...sizes);
    gradients.add(query, dQuery);
    gradients.add(key, dKey);
    gradients.add(value, dValue);
  });
}

/** The four linear layers of attention, PyTorch's: each weight `[features, features]`, each bias `[features]`. */
export type AttentionParameters = Readonly<
  Record<'query' | 'key' | 'value' | 'out', { readonly weight: Tensor; readonly bias: Tensor }>
>;

/**
 * Multi-head self-attention with scores divided by the root of a head's size. x `[n, time, features]` → the same shape.
 */
export function attention(
  graph: Graph,
  x: Tensor,
  parameters: AttentionParameters,
  { heads, causal }: Omit<AttendOptions, 'scale'>,
): Tensor {
  const through = (input: Tensor, name: keyof AttentionParameters): Tensor =>
    dense(graph, input, parameters[name].weight, parameters[name].bias);
  const scale = 1 / Math.sqrt(x.shape.at(-1)! / heads);
  const [query, key, value] = [through(x, 'query'), through(x, 'key'), through(x, 'value')];
  return through(attend(graph, query, key, value, { heads, causal, scale }), 'out');
}
