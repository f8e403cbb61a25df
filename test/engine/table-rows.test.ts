/**
 * Networks that multiply an embedding's table in place of the rows that are gathered from it, against the same networks
 * with a reshape that changes nothing after the embedding: behind it, nobody sees that the rows are a table's, and they
 * are multiplied one by one.
 */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import type { Instruction } from '../../src/engine/instruction';
import { observeLayer } from '../../src/engine/observe';
import { add } from '../../src/engine/operators/add';
import { dense } from '../../src/engine/operators/dense';
import { dropout } from '../../src/engine/operators/dropout';
import { embedding } from '../../src/engine/operators/embedding';
import { inputRows } from '../../src/engine/operators/input-rows';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { recurrent, type RecurrentParameters } from '../../src/engine/operators/recurrent';
import { GATES } from '../../src/engine/operators/recurrent-cell';
import { relay } from '../../src/engine/operators/relay';
import { reshape } from '../../src/engine/operators/reshape';
import { Profile } from '../../src/engine/profile';
import { Random } from '../../src/engine/random';
import { createSession, planSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';
import type { SessionOptions } from '../../src/engine/session-options';
import type { Tensor } from '../../src/engine/tensor';
import { completeTraining } from '../../src/engine/training-graph';

const [BATCH, TIME, FEATURES, UNITS] = [4, 7, 5, 3];
const TOKENS = 6;
const ENCODER_TIME = 2;
/** Of all rows, and of those of encoder and decoder. */
const ROW_COUNTS = [TIME, ENCODER_TIME, TIME - ENCODER_TIME].map(time => BATCH * time);
const DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
const FLOAT64 = { optimizer: DESCENT, kernels: 'reference', precision: 'float64', seed: 1 } as const;
const SIMD = { ...FLOAT64, kernels: 'simd', precision: 'float32' } as const;

function cell(graph: Graph, kind: keyof typeof GATES, name: string): RecurrentParameters {
  const rows = GATES[kind] * UNITS;
  return {
    weightIh: graph.parameter(`${name}.ih`, [rows, FEATURES]),
    weightHh: graph.parameter(`${name}.hh`, [rows, UNITS]),
    biasIh: graph.parameter(`${name}.bih`, [rows]),
    biasHh: graph.parameter(`${name}.bhh`, [rows]),
  };
}

function layerOf(kind: keyof typeof GATES, directions: readonly string[]) {
  return (graph: Graph, x: Tensor): Tensor =>
    recurrent(
      graph,
      x,
      directions.map(name => cell(graph, kind, name)),
      { cell: kind, nonlinearity: 'tanh', output: 'sequence' },
    );
}

/** Has two readers of the embedding, one of which wants the rows. */
const READS_ROWS = 'two readers';

const LAYERS: Readonly<Record<string, (graph: Graph, x: Tensor) => Tensor>> = {
  dense: (graph, x) =>
    dense(graph, x, graph.parameter('weight', [UNITS, FEATURES]), graph.parameter('bias', [UNITS]), 'gelu'),
  rnn: layerOf('rnn', ['forward']),
  'gru, both directions': layerOf('gru', ['forward', 'reverse']),
  'lstm, both directions': layerOf('lstm', ['forward', 'reverse']),
  'encoder and decoder': (graph, x) => {
    const parts = [ENCODER_TIME, TIME - ENCODER_TIME].map((time, index) => ({
      time,
      parameters: cell(graph, 'gru', `part${index}`),
    }));
    return relay(graph, x, parts, { cell: 'gru', nonlinearity: 'tanh' });
  },
  [READS_ROWS]: (graph, x) => {
    const weight = graph.parameter('weight', [FEATURES, FEATURES]);
    return add(graph, dense(graph, x, weight, undefined, 'tanh'), x);
  },
  'the table as the weight too': (graph, x) => dense(graph, x, graph.parameters.get('table')!, undefined),
};

type Rows = 'table' | 'one by one';

function build(
  layer: (graph: Graph, x: Tensor) => Tensor,
  rows: Rows,
  mode: 'training' | 'evaluation' = 'training',
): Graph {
  const graph = new Graph(mode, BATCH);
  const ids = graph.ids('ids', [BATCH, TIME], TOKENS);
  const x = graph.within('letters', () => embedding(graph, ids, graph.parameter('table', [TOKENS, FEATURES])));
  observeLayer(graph, 'letters', x, 'identity');
  const y = graph.within('layer', () => layer(graph, rows === 'table' ? x : reshape(graph, x, x.shape)));
  observeLayer(graph, 'layer', y, 'identity');
  elementwiseLoss(graph, 'mse', y, graph.target('target', y.shape));
  return graph;
}

function open(graph: Graph, options: Omit<SessionOptions, 'training'>): Session {
  const session = createSession({ training: graph, ...options });
  const random = new Random(5);
  for (const name of graph.parameters.keys()) {
    const own = random.fork(name);
    session.parameter(name).forEach((_, i, all) => {
      all[i] = own.normal();
    });
  }
  for (const [name, input] of graph.inputs) {
    const own = random.fork(name);
    const draw = (): number => (input.kind === 'id' ? own.integer(input.below) : own.normal());
    session.feed(name, Array.from({ length: input.storage.length }, draw));
  }
  return session;
}

function expectClose(got: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(got.length, what).toBe(expected.length);
  const largest = Math.hypot(...Array.from(expected));
  Array.from(got).forEach((value, i) =>
    expect(Math.abs(value - expected[i]), `${what}[${i}]`).toBeLessThanOrEqual(1e-13 * (1 + largest)),
  );
}

describe.each(Object.entries(LAYERS))('%s', (name, layer) => {
  it('has the output, the gradients and the statistics of the rows multiplied one by one', () => {
    const graph = build(layer, 'table');
    const [session, reference] = [open(graph, FLOAT64), open(build(layer, 'one by one'), FLOAT64)];
    const [measured, expected] = [session.gradients(), reference.gradients()];
    expectClose(session.output('training'), reference.output('training'), 'output');
    for (const parameter of graph.parameters.keys())
      expectClose(session.gradient(parameter), reference.gradient(parameter), parameter);
    for (const statistic of ['outputMean', 'outputStd', 'outputLargest', 'outputGradientNorms'] as const) {
      expectClose(measured[statistic], expected[statistic], statistic);
      expect(Math.min(...measured[statistic].map(Math.abs)), statistic).toBeGreaterThan(0);
    }
  });

  it('multiplies no row that was gathered, unless a step measures the gradient by it', () => {
    const { pass } = completeTraining({ training: build(layer, 'table'), ...FLOAT64 });
    const sizes = ({ args }: Instruction): unknown[] => args.slice(3, 6);
    const products = pass.filter(call => call.kernel.startsWith('matmul') && sizes(call).includes(FEATURES));
    const ofRows = products.filter(call => ROW_COUNTS.some(count => sizes(call).includes(count)));
    expect(new Set(ofRows.map(({ group }) => group))).toEqual(new Set(['output-gradients']));
    const ofTable = products.filter(({ group }) => !group);
    expect(ofTable.length).toBeGreaterThanOrEqual(3);
    for (const call of ofTable) expect(sizes(call)).toContain(TOKENS);
    const gathers = pass.find(({ kernel }) => kernel === 'embed');
    expect(gathers?.group).toBe(name === READS_ROWS ? undefined : 'outputs');
  });

  it.each([
    ['reference', FLOAT64],
    ['simd', SIMD],
  ] as const)('learns the same bits whether steps measure or not (%s)', (_, options) => {
    const graph = build(layer, 'table');
    const [measuring, plain] = [open(graph, options), open(build(layer, 'table'), options)];
    for (let step = 0; step < 3; step++) {
      expect(measuring.step(0.05).gradientNorm).toBe(plain.step(0.05, []).gradientNorm);
    }
    for (const parameter of graph.parameters.keys())
      expect(measuring.parameter(parameter)).toEqual(plain.parameter(parameter));
  });

  it('takes no more memory than the rows', () => {
    const bytes = (rows: Rows): number => planSession({ training: build(layer, rows), ...FLOAT64 }).plan.bytes;
    expect(bytes('table')).toBeLessThanOrEqual(bytes('one by one'));
  });
});

describe('the choice', () => {
  it('is the table where its products take fewer operations', () => {
    const rowsOf = (tokens: number, products = 1): string => {
      const graph = new Graph('training', 2);
      const table = graph.parameter('table', [tokens, 4]);
      return inputRows(graph, embedding(graph, graph.ids('ids', [2, 12], tokens), table), products).kind;
    };
    // 24 rows of 24 operations a unit, against as many a row of the table and an addition for each row
    expect([1, 22, 23, 24, 25, 100].map(tokens => rowsOf(tokens))).toEqual([
      'table',
      'table',
      'number',
      'number',
      'number',
      'number',
    ]);
    expect([11, 12].map(tokens => rowsOf(tokens, 2))).toEqual(['table', 'number']);
  });

  it('is the rows where something comes between table and product', () => {
    const graph = new Graph('training', 2);
    const x = embedding(graph, graph.ids('ids', [2, 12], 3), graph.parameter('table', [3, 4]));
    expect(inputRows(graph, x)).toMatchObject({ kind: 'table' });
    expect(inputRows(graph, dropout(graph, x, 0.5)).kind).toBe('number');
    expect(inputRows(graph, graph.parameter('x', [2, 4])).kind).toBe('number');
  });
});

describe('an evaluation', () => {
  it('gathers no rows that it does not multiply', () => {
    const graph = (mode: 'training' | 'evaluation'): Graph => build(LAYERS.dense, 'table', mode);
    const profile = new Profile(() => 0);
    const session = open(graph('training'), { ...SIMD, watcher: profile, evaluation: graph('evaluation') });
    session.feedEvaluation('ids', new Array<number>(BATCH * TIME).fill(1));
    session.evaluate(BATCH);
    expect(Object.fromEntries(profile.kernels.map(({ kernel, calls }) => [kernel, calls]))).toEqual({
      matmulTransposedB: 1,
      embed: 1,
      activate: 1,
      elementwiseLoss: 1,
    });
  });
});
