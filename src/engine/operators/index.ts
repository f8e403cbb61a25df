/**
 * Every operator of the engine, with small examples of each: a test checks the gradient of every example against central
 * differences, and that no operator is without one. Whatever an example differentiates it makes as a parameter, so that the test
 * can fill it.
 */
import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { activation, type ActivationName } from './activation';
import { add } from './add';
import { attend, attention, type AttendOptions } from './attention';
import { batchNorm } from './batch-norm';
import { concatenate } from './concatenate';
import { convolution } from './convolution';
import { dense } from './dense';
import { dropout } from './dropout';
import { embedding } from './embedding';
import { gate } from './gate';
import { groupNorm } from './group-norm';
import { layerNorm } from './layer-norm';
import { multiply } from './multiply';
import { lastStep, meanOverTime, sliceOverTime } from './over-time';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from './pool';
import { permute } from './permute';
import { positionEmbedding } from './position-embedding';
import { prelu } from './prelu';
import { recurrent, type RecurrentOptions, type RecurrentParameters } from './recurrent';
import { GATES } from './recurrent-cell';
import { relay } from './relay';
import { flatten, reshape } from './reshape';
import { seq2seq } from './seq2seq';
import { rmsNorm } from './rms-norm';
import { transposedConvolution } from './transposed-convolution';
import { upsample } from './upsample';
import { weightNorm } from './weight-norm';
import type { WindowOptions } from './windows';

/** Builds one small instance in a graph of batch 3 and returns its output. */
export type OperatorExample = (graph: Graph) => Tensor;

export const ACTIVATION_NAMES: readonly ActivationName[] = [
  'identity', 'relu', 'leaky-relu', 'elu', 'selu', 'gelu', 'gelu-tanh', 'silu', 'mish', 'sigmoid', 'hard-sigmoid', 'tanh',
  'hard-tanh', 'softplus', 'softsign', 'relu6', 'softmax',
];

/** By the operator's name as nodes carry it. */
export const OPERATORS: Readonly<Record<string, Readonly<Record<string, OperatorExample>>>> = {
  'add': {
    'two tensors': graph => add(graph, graph.parameter('a', [3, 4]), graph.parameter('b', [3, 4])),
    'a tensor to itself': graph => {
      const a = graph.parameter('a', [3, 4]);
      return add(graph, a, a);
    },
  },
  'reshape': {
    'flatten': graph => flatten(graph, graph.parameter('x', [3, 2, 5])),
    'any shape': graph => reshape(graph, graph.parameter('x', [3, 4]), [3, 2, 2]),
  },
  'last-step': { 'sequence': graph => lastStep(graph, graph.parameter('x', [3, 4, 2])) },
  'mean-over-time': { 'sequence': graph => meanOverTime(graph, graph.parameter('x', [3, 4, 2])) },
  'slice-over-time': { 'the middle': graph => sliceOverTime(graph, graph.parameter('x', [3, 5, 2]), 1, 3) },
  'concatenate': {
    'two widths': graph => concatenate(graph, [graph.parameter('a', [3, 2, 4]), graph.parameter('b', [3, 2, 3])], 2),
    'channels': graph => concatenate(
      graph, [graph.parameter('a', [3, 2, 2, 3]), graph.parameter('b', [3, 1, 2, 3]), graph.parameter('c', [3, 3, 2, 3])], 1,
    ),
    'a tensor to itself': graph => {
      const a = graph.parameter('a', [3, 4]);
      return concatenate(graph, [a, a], 1);
    },
    'one of two readers': graph => {
      const a = graph.parameter('a', [3, 4]);
      return concatenate(graph, [multiply(graph, a, a), a], 1);
    },
  },
  'multiply': {
    'two tensors': graph => multiply(graph, graph.parameter('a', [3, 4]), graph.parameter('b', [3, 4])),
    'a tensor by itself': graph => {
      const a = graph.parameter('a', [3, 4]);
      return multiply(graph, a, a);
    },
  },
  'permute': {
    'time and features': graph => permute(graph, graph.parameter('x', [3, 4, 2]), [0, 2, 1]),
    'maps, round': graph => permute(graph, graph.parameter('x', [3, 2, 4, 5]), [0, 3, 1, 2]),
    'maps, other way round': graph => permute(graph, graph.parameter('x', [3, 2, 4, 5]), [0, 2, 3, 1]),
    'four axes': graph => permute(graph, graph.parameter('x', [3, 2, 3, 2, 2]), [0, 4, 2, 1, 3]),
    'nothing moves': graph => permute(graph, graph.parameter('x', [3, 4]), [0, 1]),
  },
  'activation': Object.fromEntries(
    ACTIVATION_NAMES.filter(name => name !== 'identity')
      .map(name => [name, (graph: Graph) => activation(graph, graph.parameter('x', [3, 7]), name)]),
  ),
  'gate': {
    'glu of features': graph => gate(graph, graph.parameter('x', [3, 8]), 'glu', 1),
    'glu of channels': graph => gate(graph, graph.parameter('x', [3, 4, 2, 3]), 'glu', 1),
    'swiglu over time': graph => gate(graph, graph.parameter('x', [3, 4, 6]), 'swiglu', 2),
  },
  'prelu': {
    'one slope': graph => prelu(graph, graph.parameter('x', [3, 4, 2]), graph.parameter('slope', [1]), 2),
    'a slope a channel': graph => prelu(graph, graph.parameter('x', [3, 4, 2, 3]), graph.parameter('slope', [4]), 1),
    'a slope a feature': graph => prelu(graph, graph.parameter('x', [3, 2, 5]), graph.parameter('slope', [5]), 2),
  },
  'dense': {
    ...Object.fromEntries(
      ACTIVATION_NAMES.map(name => [name, (graph: Graph) =>
        dense(graph, graph.parameter('x', [3, 5]), graph.parameter('weight', [4, 5]), graph.parameter('bias', [4]), name)]),
    ),
    'over time': graph =>
      dense(graph, graph.parameter('x', [3, 2, 5]), graph.parameter('weight', [4, 5]), graph.parameter('bias', [4])),
    'without bias': graph => dense(graph, graph.parameter('x', [3, 5]), graph.parameter('weight', [4, 5]), undefined, 'tanh'),
  },
  'embedding': { 'tokens': graph => embedding(graph, graph.ids('ids', [3, 4], 5), graph.parameter('weight', [5, 2])) },
  'position-embedding': {
    'whole length': graph => positionEmbedding(graph, graph.parameter('x', [3, 4, 2]), graph.parameter('weight', [4, 2])),
    'longer table': graph => positionEmbedding(graph, graph.parameter('x', [3, 4, 2]), graph.parameter('weight', [6, 2])),
  },
  'attend': {
    'one head, other places': graph => attendExample(graph, 4, 5, { heads: 1, causal: false, scale: 1 }),
    'heads, other places': graph => attendExample(graph, 5, 3, { heads: 2, causal: false, scale: 0.7 }),
    'heads, causal': graph => attendExample(graph, 5, 5, { heads: 3, causal: true, scale: 0.7 }),
    'a sequence to itself': graph => {
      const x = graph.parameter('x', [3, 4, 6]);
      return attend(graph, x, x, x, { heads: 2, causal: true, scale: 0.5 });
    },
    'as a layer': graph => {
      const part = (name: string): { readonly weight: Tensor; readonly bias: Tensor } =>
        ({ weight: graph.parameter(`${name}.weight`, [4, 4]), bias: graph.parameter(`${name}.bias`, [4]) });
      const parameters = { query: part('query'), key: part('key'), value: part('value'), out: part('out') };
      return attention(graph, graph.parameter('x', [3, 5, 4]), parameters, { heads: 2, causal: true });
    },
  },
  'dropout': { 'a third': graph => dropout(graph, graph.parameter('x', [3, 40]), 1 / 3) },
  'layer-norm': {
    'features': graph =>
      layerNorm(graph, graph.parameter('x', [3, 6]), graph.parameter('weight', [6]), graph.parameter('bias', [6]), 1e-5),
    'sequence': graph =>
      layerNorm(graph, graph.parameter('x', [3, 2, 6]), graph.parameter('weight', [6]), graph.parameter('bias', [6]), 1e-5),
  },
  'rms-norm': {
    'features': graph => rmsNorm(graph, graph.parameter('x', [3, 6]), graph.parameter('weight', [6]), 1e-6),
    'sequence': graph => rmsNorm(graph, graph.parameter('x', [3, 2, 6]), graph.parameter('weight', [6]), 1e-6),
  },
  'group-norm': {
    'maps': graph => groupNormExample(graph, [3, 6, 2, 2], 3),
    'one group': graph => groupNormExample(graph, [3, 4, 5], 1),
    'a group a channel': graph => groupNormExample(graph, [3, 2, 5], 2),
    'features': graph => groupNormExample(graph, [3, 6], 2),
  },
  'weight-norm': {
    'of a dense layer': graph => dense(
      graph, graph.parameter('x', [3, 5]), weightNorm(graph, graph.parameter('v', [4, 5]), graph.parameter('g', [4, 1])), undefined,
    ),
    'of a kernel': graph => weightNorm(graph, graph.parameter('v', [3, 2, 2, 2]), graph.parameter('g', [3, 1, 1, 1])),
  },
  'convolution': {
    'length': graph => convolutionExample(graph, [3, 2, 7], [4, 2, 3], {}),
    'length, every option': graph =>
      convolutionExample(graph, [3, 4, 9], [6, 2, 3], { stride: [2], padding: [3], dilation: [2] }),
    'maps': graph => convolutionExample(graph, [3, 2, 5, 4], [3, 2, 3, 3], { padding: [1, 1] }),
    'one place': graph => convolutionExample(graph, [3, 3, 2, 3], [4, 3, 2, 3], {}),
    'rectangular': graph =>
      convolutionExample(graph, [3, 2, 6, 5], [2, 2, 3, 2], { stride: [1, 2], padding: [2, 0], dilation: [2, 1] }),
    'stride that leaves a rest': graph => convolutionExample(graph, [3, 2, 6, 6], [2, 2, 2, 2], { stride: [3, 5] }),
    'more padding than kernel': graph => convolutionExample(graph, [3, 1, 2, 2], [2, 1, 1, 2], { padding: [2, 3] }),
    'groups': graph => convolutionExample(graph, [3, 4, 4, 4], [6, 2, 2, 2], {}),
    'uneven padding': graph => convolutionExample(
      graph, [3, 2, 5, 6], [3, 2, 2, 4], { stride: [1, 2], padding: [0, 1], paddingAfter: [1, 2] },
    ),
    'depthwise': graph => convolutionExample(graph, [3, 3, 4, 4], [6, 1, 3, 3], { padding: [1, 1], stride: [2, 2] }),
    'pointwise, without bias': graph => {
      const [x, weight] = [graph.parameter('x', [3, 4, 2, 3]), graph.parameter('weight', [2, 4, 1, 1])];
      return convolution(graph, x, weight, undefined, { kernel: [1, 1], ...windowDefaults([1, 1]) });
    },
  },
  'transposed-convolution': {
    'length': graph => transposedExample(graph, [3, 2, 4], [2, 3, 3], {}),
    'length, every option': graph =>
      transposedExample(graph, [3, 4, 4], [4, 3, 3], { stride: [2], padding: [1], dilation: [3], outputPadding: [2], groups: 2 }),
    'maps': graph => transposedExample(graph, [3, 2, 3, 4], [2, 3, 3, 2], { stride: [2, 1], padding: [1, 0], outputPadding: [1, 0] }),
    'depthwise': graph => transposedExample(graph, [3, 3, 3, 2], [3, 1, 2, 2], { stride: [3, 2], groups: 3 }),
  },
  'upsample': {
    'length': graph => upsample(graph, graph.parameter('x', [3, 2, 4]), [3]),
    'maps': graph => upsample(graph, graph.parameter('x', [3, 2, 2, 3]), [2, 3]),
  },
  'max-pool': {
    'length': graph => maxPool(graph, graph.parameter('x', [3, 2, 7]), { kernel: [2], ...windowDefaults([2]) }),
    'overlapping, padded': graph => maxPool(
      graph, graph.parameter('x', [3, 2, 5, 6]), { kernel: [3, 2], stride: [2, 1], padding: [1, 1], dilation: [1, 1] },
    ),
  },
  'average-pool': {
    'length': graph => averagePool(graph, graph.parameter('x', [3, 2, 7]), { kernel: [3], ...windowDefaults([2]) }),
    'padding that counts, and one that does not': graph => {
      const options = { kernel: [3], stride: [2], padding: [1], paddingAfter: [0], dilation: [1] };
      const x = graph.parameter('x', [3, 2, 6]);
      return add(graph, averagePool(graph, x, options), averagePool(graph, x, options, false));
    },
    'maps': graph => averagePool(graph, graph.parameter('x', [3, 2, 5, 4]), { kernel: [2, 3], ...windowDefaults([2, 1]) }),
  },
  'global-average-pool': {
    'length': graph => globalAveragePool(graph, graph.parameter('x', [3, 2, 5])),
    'maps': graph => globalAveragePool(graph, graph.parameter('x', [3, 2, 3, 4])),
  },
  'global-max-pool': {
    'length': graph => globalMaxPool(graph, graph.parameter('x', [3, 2, 5])),
    'maps': graph => globalMaxPool(graph, graph.parameter('x', [3, 2, 3, 4])),
  },
  'batch-norm': {
    'features': graph => batchNormExample(graph, [3, 4]),
    'channels over length': graph => batchNormExample(graph, [3, 4, 5]),
  },
  'rnn': {
    'tanh, last': recurrentExample({ cell: 'rnn', nonlinearity: 'tanh', output: 'last' }, 1),
    'relu, sequence': recurrentExample({ cell: 'rnn', nonlinearity: 'relu', output: 'sequence' }, 1),
    'bidirectional, last': recurrentExample({ cell: 'rnn', nonlinearity: 'tanh', output: 'last' }, 2),
    'bidirectional, sequence': recurrentExample({ cell: 'rnn', nonlinearity: 'tanh', output: 'sequence' }, 2),
  },
  'gru': {
    'last': recurrentExample({ cell: 'gru', nonlinearity: 'tanh', output: 'last' }, 1),
    'bidirectional, sequence': recurrentExample({ cell: 'gru', nonlinearity: 'tanh', output: 'sequence' }, 2),
  },
  'lstm': {
    'last': recurrentExample({ cell: 'lstm', nonlinearity: 'tanh', output: 'last' }, 1),
    'bidirectional, sequence': recurrentExample({ cell: 'lstm', nonlinearity: 'tanh', output: 'sequence' }, 2),
  },
  'relay': {
    'rnn': relayExample('rnn', [3, 2]),
    'gru': relayExample('gru', [3, 2]),
    'lstm': relayExample('lstm', [3, 2]),
    'lstm, three parts': relayExample('lstm', [1, 2, 1]),
    'seq2seq': graph => seq2seqExample(graph, 'lstm', false),
    'seq2seq with attention': graph => seq2seqExample(graph, 'gru', true),
  },
};

function relayExample(cell: RecurrentOptions['cell'], times: readonly number[]): OperatorExample {
  return graph => {
    const parts = times.map((time, index) => ({ time, parameters: recurrentParameters(graph, cell, `part${index}.`) }));
    const x = graph.parameter('x', [3, times.reduce((sum, time) => sum + time), 2]);
    return relay(graph, x, parts, { cell, nonlinearity: 'tanh' });
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
function recurrentParameters(graph: Graph, cell: RecurrentOptions['cell'], prefix: string, suffix = ''): RecurrentParameters {
  const rows = GATES[cell] * 3;
  return {
    weightIh: graph.parameter(`${prefix}weight_ih${suffix}`, [rows, 2]),
    weightHh: graph.parameter(`${prefix}weight_hh${suffix}`, [rows, 3]),
    biasIh: graph.parameter(`${prefix}bias_ih${suffix}`, [rows]),
    biasHh: graph.parameter(`${prefix}bias_hh${suffix}`, [rows]),
  };
}

/** Windows with this stride and nothing else out of the ordinary. */
function windowDefaults(stride: readonly number[]): Omit<WindowOptions, 'kernel'> {
  return { stride, padding: stride.map(() => 0), dilation: stride.map(() => 1) };
}

function convolutionExample(
  graph: Graph, shape: readonly number[], weight: readonly number[], options: Partial<WindowOptions>,
): Tensor {
  const kernel = weight.slice(2);
  return convolution(
    graph, graph.parameter('x', shape), graph.parameter('weight', weight), graph.parameter('bias', [weight[0]!]),
    { kernel, ...windowDefaults(kernel.map(() => 1)), ...options },
  );
}

function transposedExample(
  graph: Graph, shape: readonly number[], weight: readonly number[],
  { groups = 1, outputPadding, ...options }: Partial<WindowOptions> & { groups?: number; outputPadding?: readonly number[] },
): Tensor {
  const kernel = weight.slice(2);
  return transposedConvolution(
    graph, graph.parameter('x', shape), graph.parameter('weight', weight), graph.parameter('bias', [weight[1]! * groups]),
    { kernel, ...windowDefaults(kernel.map(() => 1)), outputPadding: outputPadding ?? kernel.map(() => 0), groups, ...options },
  );
}

function batchNormExample(graph: Graph, shape: readonly number[]): Tensor {
  const features = [shape[1]!];
  return batchNorm(
    graph, graph.parameter('x', shape), graph.parameter('weight', features), graph.parameter('bias', features),
    graph.state('running_mean', features), graph.state('running_var', features), { momentum: 0.1, epsilon: 1e-5 },
  );
}

function attendExample(graph: Graph, time: number, places: number, options: AttendOptions): Tensor {
  const [query, key, value] = (['query', 'key', 'value'] as const)
    .map(name => graph.parameter(name, [3, name === 'query' ? time : places, 6])) as [Tensor, Tensor, Tensor];
  return attend(graph, query, key, value, options);
}

function groupNormExample(graph: Graph, shape: readonly number[], groups: number): Tensor {
  const channels = [shape[1]!];
  return groupNorm(
    graph, graph.parameter('x', shape), graph.parameter('weight', channels), graph.parameter('bias', channels), groups, 1e-5,
  );
}

function recurrentExample(options: RecurrentOptions, directions: 1 | 2): OperatorExample {
  return graph => {
    const parameters = ['', '_reverse'].slice(0, directions).map(suffix => recurrentParameters(graph, options.cell, '', suffix));
    return recurrent(graph, graph.parameter('x', [3, 4, 2]), parameters, options);
  };
}
