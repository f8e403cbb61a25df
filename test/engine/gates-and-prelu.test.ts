/** Gated units and prelu against their definitions, on features, over time and on maps, in both kernel sets. */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { gate } from '../../src/engine/operators/gate';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { prelu } from '../../src/engine/operators/prelu';
import { Random } from '../../src/engine/random';
import { createSession } from '../../src/engine/session';
import type { Tensor } from '../../src/engine/tensor';

const PLAIN_DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
type NumberSet = [kernels: 'reference' | 'simd', precision: 'float32' | 'float64', digits: number];
const SETS: readonly NumberSet[] = [
  ['reference', 'float64', 12],
  ['simd', 'float32', 5],
];

const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
const GATES = { glu: (a: number, b: number) => a * sigmoid(b), swiglu: (a: number, b: number) => a * sigmoid(a) * b };

/** The input that was fed and what the operator makes of it. */
function run(
  shape: readonly number[],
  build: (graph: Graph, x: Tensor) => Tensor,
  [kernels, precision]: NumberSet,
  parameters: Readonly<Record<string, readonly number[]>> = {},
): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const graph = new Graph('training', shape[0]);
  const y = build(graph, graph.input('x', shape));
  elementwiseLoss(graph, 'mse', y, graph.target('target', y.shape));
  const session = createSession({ training: graph, optimizer: PLAIN_DESCENT, seed: 1, kernels, precision });
  const random = new Random(5);
  const x = Array.from({ length: shape.reduce((a, b) => a * b) }, () => Math.fround(2 * random.normal()));
  session.feed('x', x);
  session.feed('target', new Array<number>(y.storage.length).fill(0));
  for (const [name, values] of Object.entries(parameters)) session.parameter(name).set(values);
  session.gradients();
  return { x, y: [...session.output('training')] };
}

const closeTo = (got: readonly number[], expected: readonly number[], digits: number): void => {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => expect(got[i]).toBeCloseTo(value, digits));
};

describe.each(SETS)('%s', (...set) => {
  it.each(['glu', 'swiglu'] as const)('%s parts the last axis over time', name => {
    const { x, y } = run([2, 3, 10], (graph, input) => gate(graph, input, name, 2), set);
    const expected = Array.from({ length: 30 }, (_, i) => {
      const at = Math.floor(i / 5) * 10 + (i % 5);
      return GATES[name](x[at], x[at + 5]);
    });
    closeTo(y, expected, set[2]);
  });

  it.each(['glu', 'swiglu'] as const)('%s parts the channels of maps', name => {
    const { x, y } = run([2, 4, 3, 2], (graph, input) => gate(graph, input, name, 1), set);
    const expected = Array.from({ length: 24 }, (_, i) => {
      const at = Math.floor(i / 12) * 24 + (i % 12);
      return GATES[name](x[at], x[at + 12]);
    });
    closeTo(y, expected, set[2]);
  });

  it('prelu has a slope for each channel, or one for all', () => {
    const slopes = [0.5, -1, 0.25];
    const each = run([2, 3, 4], (graph, input) => prelu(graph, input, graph.parameter('slope', [3]), 1), set, {
      slope: slopes,
    });
    closeTo(
      each.y,
      each.x.map((v, i) => (v > 0 ? v : slopes[Math.floor(i / 4) % 3] * v)),
      set[2],
    );
    const one = run([2, 3, 4], (graph, input) => prelu(graph, input, graph.parameter('slope', [1]), 2), set, {
      slope: [0.25],
    });
    closeTo(
      one.y,
      one.x.map(v => (v > 0 ? v : v / 4)),
      set[2],
    );
  });
});
