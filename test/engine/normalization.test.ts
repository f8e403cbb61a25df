/** What each normalisation promises of its output, whatever its input. */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { groupNorm } from '../../src/engine/operators/group-norm';
import { layerNorm } from '../../src/engine/operators/layer-norm';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { rmsNorm } from '../../src/engine/operators/rms-norm';
import { flatten } from '../../src/engine/operators/reshape';
import { weightNorm } from '../../src/engine/operators/weight-norm';
import { Random } from '../../src/engine/random';
import { createSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';
import type { Tensor } from '../../src/engine/tensor';

const BATCH = 3;

/** The output for random parameters, but for those of `fixed`, which are the same number throughout. */
function run(build: (graph: Graph) => Tensor, fixed: Readonly<Record<string, number>>, scale = 1): Session {
  const graph = new Graph('training', BATCH);
  const output = build(graph);
  elementwiseLoss(graph, 'mse', output, graph.target('target', output.shape));
  const optimizer = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
  const session = createSession({ training: graph, optimizer, seed: 1, kernels: 'reference', precision: 'float64' });
  const random = new Random(5);
  for (const name of graph.parameters.keys()) {
    const values = session.parameter(name);
    for (let i = 0; i < values.length; i++) values[i] = fixed[name] ?? scale * (2 + random.normal());
  }
  session.gradients();
  return session;
}

const norms = (values: Float32Array | Float64Array, size: number): number[] =>
  Array.from({ length: values.length / size }, (_, row) =>
    Math.hypot(...values.subarray(row * size, (row + 1) * size)),
  );

describe('group normalisation', () => {
  it('with one group is layer normalisation of the whole example', () => {
    const fixed = { weight: 1, bias: 0 };
    const grouped = run(
      graph =>
        groupNorm(
          graph,
          graph.parameter('x', [BATCH, 4, 5]),
          graph.parameter('weight', [4]),
          graph.parameter('bias', [4]),
          1,
          1e-5,
        ),
      fixed,
    );
    const whole = run(
      graph =>
        layerNorm(
          graph,
          flatten(graph, graph.parameter('x', [BATCH, 4, 5])),
          graph.parameter('weight', [20]),
          graph.parameter('bias', [20]),
          1e-5,
        ),
      fixed,
    );
    expect([...grouped.output('training')]).toEqual([...whole.output('training')]);
    grouped.gradient('x').forEach((value, i) => expect(value).toBeCloseTo(whole.gradient('x')[i], 14));
  });

  it('gives each group of each example mean 0 and deviation 1', () => {
    const session = run(
      graph =>
        groupNorm(
          graph,
          graph.parameter('x', [BATCH, 6, 4]),
          graph.parameter('weight', [6]),
          graph.parameter('bias', [6]),
          2,
          1e-12,
        ),
      { weight: 1, bias: 0 },
    );
    const output = session.output('training');
    for (const norm of norms(output, 12)) expect(norm).toBeCloseTo(Math.sqrt(12), 8);
    for (let part = 0; part < 6; part++) {
      expect([...output.subarray(part * 12, (part + 1) * 12)].reduce((sum, value) => sum + value, 0)).toBeCloseTo(
        0,
        10,
      );
    }
  });
});

describe('root mean square normalisation', () => {
  it('gives each row a root mean square of 1 and keeps its direction', () => {
    const session = run(
      graph => rmsNorm(graph, graph.parameter('x', [BATCH, 7]), graph.parameter('weight', [7]), 1e-12),
      {
        weight: 1,
      },
    );
    const [x, y] = [session.parameter('x'), session.output('training')];
    for (const norm of norms(y, 7)) expect(norm).toBeCloseTo(Math.sqrt(7), 8);
    expect(y[1] / y[0]).toBeCloseTo(x[1] / x[0], 10);
  });
});

describe('weight normalisation', () => {
  const build = (graph: Graph): Tensor =>
    weightNorm(graph, graph.parameter('v', [BATCH, 2, 3]), graph.parameter('g', [BATCH, 1, 1]));

  it('gives each unit the length g, whatever the length of v', () => {
    const [one, other] = [run(build, { g: 1.5 }), run(build, { g: 1.5 }, 1000)];
    for (const norm of norms(one.output('training'), 6)) expect(norm).toBeCloseTo(1.5, 12);
    one.output('training').forEach((value, i) => expect(value).toBeCloseTo(other.output('training')[i], 12));
  });

  it('has a gradient by v that is orthogonal to v', () => {
    const session = run(build, {});
    const [v, dv] = [session.parameter('v'), session.gradient('v')];
    for (let unit = 0; unit < BATCH; unit++) {
      let product = 0;
      for (let i = unit * 6; i < (unit + 1) * 6; i++) product += v[i] * dv[i];
      expect(product).toBeCloseTo(0, 12);
    }
  });
});
