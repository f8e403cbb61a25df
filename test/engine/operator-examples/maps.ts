import type { Graph } from '../../../src/engine/graph';
import type { Tensor } from '../../../src/engine/tensor';
import type { ActivationName } from '../../../src/engine/operators/activation';
import { ACTIVATION_NAMES } from '../../../src/engine/operators/activation-names';
import { add } from '../../../src/engine/operators/add';
import { convolution } from '../../../src/engine/operators/convolution';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from '../../../src/engine/operators/pool';
import { transposedConvolution } from '../../../src/engine/operators/transposed-convolution';
import { upsample } from '../../../src/engine/operators/upsample';
import type { WindowOptions } from '../../../src/engine/operators/windows';
import type { OperatorExamples } from './operator-example';

/** Operators over maps `[batch, channels, ...]`. */
export const MAP_OPERATORS: OperatorExamples = {
  convolution: {
    length: graph => convolutionExample(graph, [3, 2, 7], [4, 2, 3], {}),
    'length, every option': graph =>
      convolutionExample(graph, [3, 4, 9], [6, 2, 3], { stride: [2], padding: [3], dilation: [2] }),
    maps: graph => convolutionExample(graph, [3, 2, 5, 4], [3, 2, 3, 3], { padding: [1, 1] }),
    'one place': graph => convolutionExample(graph, [3, 3, 2, 3], [4, 3, 2, 3], {}),
    rectangular: graph =>
      convolutionExample(graph, [3, 2, 6, 5], [2, 2, 3, 2], { stride: [1, 2], padding: [2, 0], dilation: [2, 1] }),
    'stride that leaves a rest': graph => convolutionExample(graph, [3, 2, 6, 6], [2, 2, 2, 2], { stride: [3, 5] }),
    'more padding than kernel': graph => convolutionExample(graph, [3, 1, 2, 2], [2, 1, 1, 2], { padding: [2, 3] }),
    groups: graph => convolutionExample(graph, [3, 4, 4, 4], [6, 2, 2, 2], {}),
    'uneven padding': graph =>
      convolutionExample(graph, [3, 2, 5, 6], [3, 2, 2, 4], { stride: [1, 2], padding: [0, 1], paddingAfter: [1, 2] }),
    depthwise: graph => convolutionExample(graph, [3, 3, 4, 4], [6, 1, 3, 3], { padding: [1, 1], stride: [2, 2] }),
    ...Object.fromEntries(
      ACTIVATION_NAMES.map(name => [
        name,
        (graph: Graph) => convolutionExample(graph, [3, 2, 4, 3], [3, 2, 2, 2], {}, name),
      ]),
    ),
    'pointwise, without bias': graph => {
      const [x, weight] = [graph.parameter('x', [3, 4, 2, 3]), graph.parameter('weight', [2, 4, 1, 1])];
      return convolution(graph, x, weight, undefined, { kernel: [1, 1], ...windowDefaults([1, 1]) }, 'tanh');
    },
  },
  'transposed-convolution': {
    length: graph => transposedExample(graph, [3, 2, 4], [2, 3, 3], {}),
    'length, every option': graph =>
      transposedExample(graph, [3, 4, 4], [4, 3, 3], {
        stride: [2],
        padding: [1],
        dilation: [3],
        outputPadding: [2],
        groups: 2,
      }),
    maps: graph =>
      transposedExample(graph, [3, 2, 3, 4], [2, 3, 3, 2], { stride: [2, 1], padding: [1, 0], outputPadding: [1, 0] }),
    depthwise: graph => transposedExample(graph, [3, 3, 3, 2], [3, 1, 2, 2], { stride: [3, 2], groups: 3 }),
  },
  upsample: {
    length: graph => upsample(graph, graph.parameter('x', [3, 2, 4]), [3]),
    maps: graph => upsample(graph, graph.parameter('x', [3, 2, 2, 3]), [2, 3]),
  },
  'max-pool': {
    length: graph => maxPool(graph, graph.parameter('x', [3, 2, 7]), { kernel: [2], ...windowDefaults([2]) }),
    'overlapping, padded': graph =>
      maxPool(graph, graph.parameter('x', [3, 2, 5, 6]), {
        kernel: [3, 2],
        stride: [2, 1],
        padding: [1, 1],
        dilation: [1, 1],
      }),
  },
  'average-pool': {
    length: graph => averagePool(graph, graph.parameter('x', [3, 2, 7]), { kernel: [3], ...windowDefaults([2]) }),
    'padding that counts, and one that does not': graph => {
      const options = { kernel: [3], stride: [2], padding: [1], paddingAfter: [0], dilation: [1] };
      const x = graph.parameter('x', [3, 2, 6]);
      return add(graph, averagePool(graph, x, options), averagePool(graph, x, options, false));
    },
    maps: graph =>
      averagePool(graph, graph.parameter('x', [3, 2, 5, 4]), { kernel: [2, 3], ...windowDefaults([2, 1]) }),
  },
  'global-average-pool': {
    length: graph => globalAveragePool(graph, graph.parameter('x', [3, 2, 5])),
    maps: graph => globalAveragePool(graph, graph.parameter('x', [3, 2, 3, 4])),
  },
  'global-max-pool': {
    length: graph => globalMaxPool(graph, graph.parameter('x', [3, 2, 5])),
    maps: graph => globalMaxPool(graph, graph.parameter('x', [3, 2, 3, 4])),
  },
};

/** Windows with this stride and nothing else out of the ordinary. */
function windowDefaults(stride: readonly number[]): Omit<WindowOptions, 'kernel'> {
  return { stride, padding: stride.map(() => 0), dilation: stride.map(() => 1) };
}

function convolutionExample(
  graph: Graph,
  shape: readonly number[],
  weight: readonly number[],
  options: Partial<WindowOptions>,
  activation?: ActivationName,
): Tensor {
  const kernel = weight.slice(2);
  return convolution(
    graph,
    graph.parameter('x', shape),
    graph.parameter('weight', weight),
    graph.parameter('bias', [weight[0]]),
    { kernel, ...windowDefaults(kernel.map(() => 1)), ...options },
    activation,
  );
}

function transposedExample(
  graph: Graph,
  shape: readonly number[],
  weight: readonly number[],
  {
    groups = 1,
    outputPadding,
    ...options
  }: Partial<WindowOptions> & { groups?: number; outputPadding?: readonly number[] },
): Tensor {
  const kernel = weight.slice(2);
  return transposedConvolution(
    graph,
    graph.parameter('x', shape),
    graph.parameter('weight', weight),
    graph.parameter('bias', [weight[1] * groups]),
    {
      kernel,
      ...windowDefaults(kernel.map(() => 1)),
      outputPadding: outputPadding ?? kernel.map(() => 0),
      groups,
      ...options,
    },
    'sigmoid',
  );
}
