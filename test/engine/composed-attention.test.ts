/** Attention written by hand from tensor operators is the attention of the layer. */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { attend } from '../../src/engine/operators/attention';
import { affine } from '../../src/engine/operators/element-map';
import { einsum } from '../../src/engine/operators/einsum';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { lowerTriangle, numberTensor, where } from '../../src/engine/operators/mask';
import { matmul } from '../../src/engine/operators/matmul';
import { permute } from '../../src/engine/operators/permute';
import { reshape } from '../../src/engine/operators/reshape';
import { chunk } from '../../src/engine/operators/slice';
import { softmax } from '../../src/engine/operators/statistics';
import { Random } from '../../src/engine/random';
import { createSession } from '../../src/engine/session';
import type { Tensor } from '../../src/engine/tensor';

const [BATCH, TIME, HEADS, SIZE] = [3, 6, 2, 5];
const FEATURES = HEADS * SIZE;
type Attention = (graph: Graph, query: Tensor, key: Tensor, value: Tensor) => Tensor;

const ofLayer: Attention = (graph, query, key, value) =>
  attend(graph, query, key, value, { heads: HEADS, causal: true, scale: 1 / Math.sqrt(SIZE) });

const causal = (graph: Graph, scores: Tensor): Tensor =>
  where(graph, graph.constant([TIME, TIME], lowerTriangle(TIME, TIME)), scores, numberTensor(graph, -Infinity));

const byHand: Attention = (graph, query, key, value) => {
  const heads = (x: Tensor): Tensor => permute(graph, reshape(graph, x, [BATCH, TIME, HEADS, SIZE]), [0, 2, 1, 3]);
  const scores = affine(graph, matmul(graph, heads(query), heads(key), { transposed: true }), 1 / Math.sqrt(SIZE));
  const y = matmul(graph, softmax(graph, causal(graph, scores), 3), heads(value));
  return reshape(graph, permute(graph, y, [0, 2, 1, 3]), [BATCH, TIME, FEATURES]);
};

const byEinsum: Attention = (graph, query, key, value) => {
  const [q, k, v] = [query, key, value].map(x => reshape(graph, x, [BATCH, TIME, HEADS, SIZE]));
  const scores = affine(graph, einsum(graph, 'bqhd,bkhd->bhqk', [q, k]), 1 / Math.sqrt(SIZE));
  const y = einsum(graph, 'bhqk,bkhd->bqhd', [softmax(graph, causal(graph, scores), 3), v]);
  return reshape(graph, y, [BATCH, TIME, FEATURES]);
};

function run(attention: Attention): { readonly y: number[]; readonly gradient: number[] } {
  const graph = new Graph('training', BATCH);
  const both = graph.parameter('x', [BATCH, TIME, 3 * FEATURES]);
  const [query, key, value] = chunk(graph, both, 2, 3);
  const output = attention(graph, query, key, value);
  elementwiseLoss(graph, 'mse', output, graph.target('target', output.shape));
  const optimizer = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
  const session = createSession({ training: graph, optimizer, seed: 1, kernels: 'simd', precision: 'float32' });
  const random = new Random(8);
  session.parameter('x').forEach((_, i, all) => (all[i] = random.normal()));
  session.gradients();
  return { y: [...session.output('training')], gradient: [...session.gradient('x')] };
}

describe('attention by hand', () => {
  it.each([
    ['products of batches', byHand],
    ['einsum', byEinsum],
  ])('is that of the layer: %s', (_, attention) => {
    const [expected, got] = [run(ofLayer), run(attention)];
    got.y.forEach((value, i) => expect(Math.abs(value - expected.y[i])).toBeLessThan(2e-6));
    got.gradient.forEach((value, i) => expect(Math.abs(value - expected.gradient[i])).toBeLessThan(2e-7));
  });
});
