import type { Graph } from '../../../src/engine/graph';
import type { Tensor } from '../../../src/engine/tensor';
import { add } from '../../../src/engine/operators/add';
import { attend, attention, type AttendOptions } from '../../../src/engine/operators/attention';
import { dense } from '../../../src/engine/operators/dense';
import { embedding } from '../../../src/engine/operators/embedding';
import { lastStep, meanOverTime, sliceOverTime } from '../../../src/engine/operators/over-time';
import { positionEmbedding } from '../../../src/engine/operators/position-embedding';
import { recurrent, type RecurrentOptions, type RecurrentParameters } from '../../../src/engine/operators/recurrent';
import { GATES } from '../../../src/engine/operators/recurrent-cell';
import { relay } from '../../../src/engine/operators/relay';
import { seq2seq } from '../../../src/engine/operators/seq2seq';
import type { OperatorExample, OperatorExamples } from './operator-example';

/** Operators over sequences `[batch, time, features]`, and over token ids. */
export const SEQUENCE_OPERATORS: OperatorExamples = {
  'last-step': { sequence: graph => lastStep(graph, graph.parameter('x', [3, 4, 2])) },
  'mean-over-time': { sequence: graph => meanOverTime(graph, graph.parameter('x', [3, 4, 2])) },
  'slice-over-time': { 'the middle': graph => sliceOverTime(graph, graph.parameter('x', [3, 5, 2]), 1, 3) },
  embedding: {
    tokens: graph => tokens(graph, 5),
    'its small table multiplied': graph =>
      dense(graph, tokens(graph, 5), graph.parameter('weight', [3, 2]), graph.parameter('bias', [3]), 'tanh'),
    'more tokens than rows': graph =>
      dense(graph, tokens(graph, 14), graph.parameter('weight', [3, 2]), undefined, 'tanh'),
    'read twice, once multiplied': graph => {
      const x = tokens(graph, 5);
      return add(graph, dense(graph, x, graph.parameter('weight', [2, 2]), undefined, 'gelu'), x);
    },
    'multiplied by its own table': graph => {
      const table = graph.parameter('table', [5, 2]);
      return dense(graph, embedding(graph, graph.ids('ids', [3, 4], 5), table), table, undefined, 'softmax');
    },
  },
  'position-embedding': {
    'whole length': graph =>
      positionEmbedding(graph, graph.parameter('x', [3, 4, 2]), graph.parameter('weight', [4, 2])),
    'longer table': graph =>
      positionEmbedding(graph, graph.parameter('x', [3, 4, 2]), graph.parameter('weight', [6, 2])),
  },
  attend: {
    'one head, other places': graph => attendExample(graph, 4, 5, { heads: 1, causal: false, scale: 1 }),
    'heads, other places': graph => attendExample(graph, 5, 3, { heads: 2, causal: false, scale: 0.7 }),
    'heads, causal': graph => attendExample(graph, 5, 5, { heads: 3, causal: true, scale: 0.7 }),
    'a sequence to itself': graph => {
      const x = graph.parameter('x', [3, 4, 6]);
      return attend(graph, x, x, x, { heads: 2, causal: true, scale: 0.5 });
    },
    'as a layer': graph => {
      const part = (name: string): { readonly weight: Tensor; readonly bias: Tensor } => ({
        weight: graph.parameter(`${name}.weight`, [4, 4]),
        bias: graph.parameter(`${name}.bias`, [4]),
      });
      const parameters = { query: part('query'), key: part('key'), value: part('value'), out: part('out') };
      return attention(graph, graph.parameter('x', [3, 5, 4]), parameters, { heads: 2, causal: true });
    },
  },
  rnn: {
    'tanh, last': recurrentExample({ cell: 'rnn', nonlinearity: 'tanh', output: 'last' }, 1),
    'sigmoid, last': recurrentExample({ cell: 'rnn', nonlinearity: 'sigmoid', output: 'last' }, 1),
    'relu, sequence': recurrentExample({ cell: 'rnn', nonlinearity: 'relu', output: 'sequence' }, 1),
    'bidirectional, last': recurrentExample({ cell: 'rnn', nonlinearity: 'tanh', output: 'last' }, 2),
    'bidirectional, sequence': recurrentExample({ cell: 'rnn', nonlinearity: 'tanh', output: 'sequence' }, 2),
    'bidirectional, a small table': recurrentExample({ cell: 'rnn', nonlinearity: 'tanh', output: 'sequence' }, 2, 4),
  },
  gru: {
    last: recurrentExample({ cell: 'gru', nonlinearity: 'tanh', output: 'last' }, 1),
    relu: recurrentExample({ cell: 'gru', nonlinearity: 'relu', output: 'sequence' }, 1),
    'linear, hard gates': recurrentExample(
      { cell: 'gru', nonlinearity: 'identity', gate: 'hard-sigmoid', output: 'last' },
      1,
    ),
    'bidirectional, sequence': recurrentExample({ cell: 'gru', nonlinearity: 'tanh', output: 'sequence' }, 2),
    'bidirectional, a small table': recurrentExample({ cell: 'gru', nonlinearity: 'tanh', output: 'last' }, 2, 4),
    'a large table': recurrentExample({ cell: 'gru', nonlinearity: 'tanh', output: 'last' }, 1, 14),
  },
  lstm: {
    last: recurrentExample({ cell: 'lstm', nonlinearity: 'tanh', output: 'last' }, 1),
    relu: recurrentExample({ cell: 'lstm', nonlinearity: 'relu', output: 'sequence' }, 1),
    'sigmoid, hard gates': recurrentExample(
      { cell: 'lstm', nonlinearity: 'sigmoid', gate: 'hard-sigmoid', output: 'last' },
      1,
    ),
    'bidirectional, sequence': recurrentExample({ cell: 'lstm', nonlinearity: 'tanh', output: 'sequence' }, 2),
    'a small table': recurrentExample({ cell: 'lstm', nonlinearity: 'tanh', output: 'sequence' }, 1, 4),
  },
  relay: {
    rnn: relayExample('rnn', [3, 2]),
    gru: relayExample('gru', [3, 2]),
    lstm: relayExample('lstm', [3, 2]),
    'lstm, three parts': relayExample('lstm', [1, 2, 1]),
    'gru, a small table': relayExample('gru', [3, 2], 4),
    'lstm, a small table': relayExample('lstm', [2, 3], 3),
    seq2seq: graph => seq2seqExample(graph, 'lstm', false),
    'seq2seq with attention': graph => seq2seqExample(graph, 'gru', true),
  },
};

function attendExample(graph: Graph, time: number, places: number, options: AttendOptions): Tensor {
  const [query, key, value] = (['query', 'key', 'value'] as const).map(name =>
    graph.parameter(name, [3, name === 'query' ? time : places, 6]),
  ) as [Tensor, Tensor, Tensor];
  return attend(graph, query, key, value, options);
}

/** Vectors of two numbers for 3 × `time` tokens. */
function tokens(graph: Graph, vocabulary: number, time = 4): Tensor {
  return embedding(graph, graph.ids('ids', [3, time], vocabulary), graph.parameter('table', [vocabulary, 2]));
}

/** `[3, time, 2]`, rows of a table where the number of these is given. */
function sequence(graph: Graph, time: number, vocabulary?: number): Tensor {
  return vocabulary === undefined ? graph.parameter('x', [3, time, 2]) : tokens(graph, vocabulary, time);
}

function recurrentExample(options: RecurrentOptions, directions: 1 | 2, vocabulary?: number): OperatorExample {
  return graph => {
    const parameters = ['', '_reverse']
      .slice(0, directions)
      .map(suffix => recurrentParameters(graph, options.cell, '', suffix));
    return recurrent(graph, sequence(graph, 4, vocabulary), parameters, options);
  };
}

function relayExample(cell: RecurrentOptions['cell'], times: readonly number[], vocabulary?: number): OperatorExample {
  return graph => {
    const parts = times.map((time, index) => ({ time, parameters: recurrentParameters(graph, cell, `part${index}.`) }));
    return relay(
      graph,
      sequence(
        graph,
        times.reduce((sum, time) => sum + time),
        vocabulary,
      ),
      parts,
      { cell, nonlinearity: 'tanh' },
    );
  };
}

function seq2seqExample(graph: Graph, cell: 'gru' | 'lstm', attention: boolean): Tensor {
  const parameters = {
    embedding: graph.parameter('embedding', [4, 2]),
    encoder: recurrentParameters(graph, cell, 'encoder.'),
    decoder: recurrentParameters(graph, cell, 'decoder.'),
    out: { weight: graph.parameter('out.weight', [4, attention ? 6 : 3]), bias: graph.parameter('out.bias', [4]) },
  };
  return seq2seq(graph, graph.ids('ids', [3, 5], 4), parameters, { cell, targetLength: 2, attention });
}

/** Parameters of 3 units over 2 features. */
function recurrentParameters(
  graph: Graph,
  cell: RecurrentOptions['cell'],
  prefix: string,
  suffix = '',
): RecurrentParameters {
  const rows = GATES[cell] * 3;
  return {
    weightIh: graph.parameter(`${prefix}weight_ih${suffix}`, [rows, 2]),
    weightHh: graph.parameter(`${prefix}weight_hh${suffix}`, [rows, 3]),
    biasIh: graph.parameter(`${prefix}bias_ih${suffix}`, [rows]),
    biasHh: graph.parameter(`${prefix}bias_hh${suffix}`, [rows]),
  };
}
