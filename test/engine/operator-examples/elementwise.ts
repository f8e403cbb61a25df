import type { Graph } from '../../../src/engine/graph';
import { activation } from '../../../src/engine/operators/activation';
import { ACTIVATION_NAMES } from '../../../src/engine/operators/activation-names';
import { add } from '../../../src/engine/operators/add';
import { concatenate } from '../../../src/engine/operators/concatenate';
import { dense } from '../../../src/engine/operators/dense';
import { gate } from '../../../src/engine/operators/gate';
import { multiply } from '../../../src/engine/operators/multiply';
import { permute } from '../../../src/engine/operators/permute';
import { prelu } from '../../../src/engine/operators/prelu';
import { flatten, reshape } from '../../../src/engine/operators/reshape';
import type { OperatorExamples } from './operator-example';

/** Dense layers, activations, and operators that join tensors or move their numbers about. */
export const ELEMENTWISE_OPERATORS: OperatorExamples = {
  dense: {
    ...Object.fromEntries(
      ACTIVATION_NAMES.map(name => [
        name,
        (graph: Graph) =>
          dense(
            graph,
            graph.parameter('x', [3, 5]),
            graph.parameter('weight', [4, 5]),
            graph.parameter('bias', [4]),
            name,
          ),
      ]),
    ),
    'over time': graph =>
      dense(graph, graph.parameter('x', [3, 2, 5]), graph.parameter('weight', [4, 5]), graph.parameter('bias', [4])),
    'without bias': graph =>
      dense(graph, graph.parameter('x', [3, 5]), graph.parameter('weight', [4, 5]), undefined, 'tanh'),
  },
  activation: Object.fromEntries(
    ACTIVATION_NAMES.filter(name => name !== 'identity').map(name => [
      name,
      (graph: Graph) => activation(graph, graph.parameter('x', [3, 7]), name),
    ]),
  ),
  gate: {
    'glu of features': graph => gate(graph, graph.parameter('x', [3, 8]), 'glu', 1),
    'glu of channels': graph => gate(graph, graph.parameter('x', [3, 4, 2, 3]), 'glu', 1),
    'swiglu over time': graph => gate(graph, graph.parameter('x', [3, 4, 6]), 'swiglu', 2),
  },
  prelu: {
    'one slope': graph => prelu(graph, graph.parameter('x', [3, 4, 2]), graph.parameter('slope', [1]), 2),
    'a slope a channel': graph => prelu(graph, graph.parameter('x', [3, 4, 2, 3]), graph.parameter('slope', [4]), 1),
    'a slope a feature': graph => prelu(graph, graph.parameter('x', [3, 2, 5]), graph.parameter('slope', [5]), 2),
  },
  add: {
    'two tensors': graph => add(graph, graph.parameter('a', [3, 4]), graph.parameter('b', [3, 4])),
    'a tensor to itself': graph => {
      const a = graph.parameter('a', [3, 4]);
      return add(graph, a, a);
    },
  },
  multiply: {
    'two tensors': graph => multiply(graph, graph.parameter('a', [3, 4]), graph.parameter('b', [3, 4])),
    'a tensor by itself': graph => {
      const a = graph.parameter('a', [3, 4]);
      return multiply(graph, a, a);
    },
  },
  concatenate: {
    'two widths': graph => concatenate(graph, [graph.parameter('a', [3, 2, 4]), graph.parameter('b', [3, 2, 3])], 2),
    channels: graph =>
      concatenate(
        graph,
        [graph.parameter('a', [3, 2, 2, 3]), graph.parameter('b', [3, 1, 2, 3]), graph.parameter('c', [3, 3, 2, 3])],
        1,
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
  reshape: {
    flatten: graph => flatten(graph, graph.parameter('x', [3, 2, 5])),
    'any shape': graph => reshape(graph, graph.parameter('x', [3, 4]), [3, 2, 2]),
  },
  permute: {
    'time and features': graph => permute(graph, graph.parameter('x', [3, 4, 2]), [0, 2, 1]),
    'maps, round': graph => permute(graph, graph.parameter('x', [3, 2, 4, 5]), [0, 3, 1, 2]),
    'maps, other way round': graph => permute(graph, graph.parameter('x', [3, 2, 4, 5]), [0, 2, 3, 1]),
    'four axes': graph => permute(graph, graph.parameter('x', [3, 2, 3, 2, 2]), [0, 4, 2, 1, 3]),
    'nothing moves': graph => permute(graph, graph.parameter('x', [3, 4]), [0, 1]),
  },
};
