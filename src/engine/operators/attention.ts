/** Attention: every place of a sequence gathers from places of a sequence what fits it (Vaswani et al. 2017). */
import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
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
 * query `[n, time, features]`, key and value `[n, places, features]` → `[n, time, features]`. Heads are laid out one after
 * another, `[heads, n, time, size]`, so that each is a matrix of its own.
 */
export function attend(
  graph: Graph, query: Tensor, key: Tensor, value: Tensor, { heads, causal, scale }: AttendOptions,
): Tensor {
  const [batch, time, features] = query.shape as readonly [number, number, number];
  const places = key.shape[1]!;
  const size = features / heads;
  const count = heads * batch;
  const [q, k, v] = [query, key, value].map(x => splitHeads(graph, x, heads)) as [Tensor, Tensor, Tensor];

  const scores = graph.tensor([count, time, places]);
  graph.emit('matmulEachTransposedB', q, k, scores, count, time, places, size);
  if (scale !== 1) graph.emit('scale', scores, scale);
  if (causal) graph.emit('maskFuture', scores, count, time);
  const weights = graph.tensor(scores.shape);
  graph.emit('softmax', scores, weights, count * time, places);
  const gathered = graph.tensor([count, time, size]);
  graph.emit('matmulEach', weights, v, gathered, count, time, size, places);
  const y = joinHeads(graph, gathered, query.shape, heads);

  return graph.node('attend', [query, key, value], y, (dy, gradients) => {
    const dGathered = splitHeads(graph, dy, heads);
    const dValue = graph.tensor([count, places, size]);
    graph.emit('matmulEachTransposedA', weights, dGathered, dValue, count, places, size, time);
    gradients.add(value, joinHeads(graph, dValue, value.shape, heads));

    const dWeights = graph.tensor(weights.shape);
    graph.emit('matmulEachTransposedB', dGathered, v, dWeights, count, time, places, size);
    // Where the future is masked the weight is 0, and so is the gradient.
    const dScores = graph.tensor(weights.shape);
    graph.emit('softmaxBackward', weights, dWeights, dScores, count * time, places);
    if (scale !== 1) graph.emit('scale', dScores, scale);

    const dQuery = graph.tensor([count, time, size]);
    graph.emit('matmulEach', dScores, k, dQuery, count, time, size, places);
    gradients.add(query, joinHeads(graph, dQuery, query.shape, heads));
    const dKey = graph.tensor([count, places, size]);
    graph.emit('matmulEachTransposedA', dScores, q, dKey, count, places, size, time);
    gradients.add(key, joinHeads(graph, dKey, key.shape, heads));
  });
}

/** The four linear layers of attention, PyTorch's: each weight `[features, features]`, each bias `[features]`. */
export type AttentionParameters = Readonly<
  Record<'query' | 'key' | 'value' | 'out', { readonly weight: Tensor; readonly bias: Tensor }>
>;

/** Multi-head self-attention with scores divided by the root of a head's size. x `[n, time, features]` → the same shape. */
export function attention(
  graph: Graph, x: Tensor, parameters: AttentionParameters, { heads, causal }: Omit<AttendOptions, 'scale'>,
): Tensor {
  const through = (input: Tensor, name: keyof AttentionParameters): Tensor =>
    dense(graph, input, parameters[name].weight, parameters[name].bias);
  const scale = 1 / Math.sqrt(x.shape.at(-1)! / heads);
  const [query, key, value] = [through(x, 'query'), through(x, 'key'), through(x, 'value')];
  return through(attend(graph, query, key, value, { heads, causal, scale }), 'out');
}

/** `[n, time, heads size]` to `[heads, n, time, size]`. */
function splitHeads(graph: Graph, x: Tensor, heads: number): Tensor {
  if (heads === 1) return x;
  const size = x.shape.at(-1)! / heads;
  const steps = sizeOf(x.shape) / x.shape.at(-1)!;
  const split = graph.tensor([heads, steps, size]);
  graph.emit('toTimeMajor', x, split, steps, heads, size, size, 0, false);
  return split;
}

/** The way back, to `shape`. */
function joinHeads(graph: Graph, split: Tensor, shape: readonly number[], heads: number): Tensor {
  if (heads === 1) return graph.view(split, shape);
  const size = shape.at(-1)! / heads;
  const joined = graph.tensor(shape);
  graph.emit('fromTimeMajor', split, joined, sizeOf(shape) / shape.at(-1)!, heads, size, size, 0, false, false);
  return joined;
}
