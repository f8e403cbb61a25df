import type { Graph } from '../../../src/engine/graph';
import type { Tensor } from '../../../src/engine/tensor';
import { batchNorm, frozenBatchNorm } from '../../../src/engine/operators/batch-norm';
import { dense } from '../../../src/engine/operators/dense';
import { dropout } from '../../../src/engine/operators/dropout';
import { groupNorm } from '../../../src/engine/operators/group-norm';
import { layerNorm } from '../../../src/engine/operators/layer-norm';
import { rmsNorm } from '../../../src/engine/operators/rms-norm';
import { weightNorm } from '../../../src/engine/operators/weight-norm';
import type { OperatorExamples } from './operator-example';

/** Operators that bring values or weights to a scale, and dropout. */
export const NORMALIZATION_OPERATORS: OperatorExamples = {
  dropout: { 'a third': graph => dropout(graph, graph.parameter('x', [3, 40]), 1 / 3) },
  'layer-norm': {
    features: graph =>
      layerNorm(
        graph,
        graph.parameter('x', [3, 6]),
        graph.parameter('weight', [6]),
        graph.parameter('bias', [6]),
        1e-5,
      ),
    sequence: graph =>
      layerNorm(
        graph,
        graph.parameter('x', [3, 2, 6]),
        graph.parameter('weight', [6]),
        graph.parameter('bias', [6]),
        1e-5,
      ),
  },
  'rms-norm': {
    features: graph => rmsNorm(graph, graph.parameter('x', [3, 6]), graph.parameter('weight', [6]), 1e-6),
    sequence: graph => rmsNorm(graph, graph.parameter('x', [3, 2, 6]), graph.parameter('weight', [6]), 1e-6),
  },
  'group-norm': {
    maps: graph => groupNormExample(graph, [3, 6, 2, 2], 3),
    'one group': graph => groupNormExample(graph, [3, 4, 5], 1),
    'a group a channel': graph => groupNormExample(graph, [3, 2, 5], 2),
    features: graph => groupNormExample(graph, [3, 6], 2),
  },
  'weight-norm': {
    'of a dense layer': graph =>
      dense(
        graph,
        graph.parameter('x', [3, 5]),
        weightNorm(graph, graph.parameter('v', [4, 5]), graph.parameter('g', [4, 1])),
        undefined,
      ),
    'of a kernel': graph => weightNorm(graph, graph.parameter('v', [3, 2, 2, 2]), graph.parameter('g', [3, 1, 1, 1])),
  },
  'batch-norm': {
    features: graph => batchNormExample(graph, [3, 4]),
    'channels over length': graph => batchNormExample(graph, [3, 4, 5]),
  },
  'frozen-batch-norm': {
    features: graph => frozenBatchNormExample(graph, [3, 4]),
    'channels over length': graph => frozenBatchNormExample(graph, [3, 4, 5]),
  },
};

function groupNormExample(graph: Graph, shape: readonly number[], groups: number): Tensor {
  const channels = [shape[1]];
  return groupNorm(
    graph,
    graph.parameter('x', shape),
    graph.parameter('weight', channels),
    graph.parameter('bias', channels),
    groups,
    1e-5,
  );
}

function batchNormExample(graph: Graph, shape: readonly number[]): Tensor {
  const features = [shape[1]];
  return batchNorm(
    graph,
    graph.parameter('x', shape),
    graph.parameter('weight', features),
    graph.parameter('bias', features),
    graph.state('running_mean', features),
    graph.state('running_var', features),
    { momentum: 0.1, epsilon: 1e-5 },
  );
}

function frozenBatchNormExample(graph: Graph, shape: readonly number[]): Tensor {
  const features = [shape[1]];
  return frozenBatchNorm(
    graph,
    graph.parameter('x', shape),
    graph.parameter('weight', features, { trainable: false }),
    graph.parameter('bias', features, { trainable: false }),
    graph.state('running_mean', features),
    graph.state('running_var', features),
    0.1,
  );
}
