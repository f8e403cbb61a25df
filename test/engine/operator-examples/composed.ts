import { multiply } from '../../../src/engine/operators/multiply';
import { add } from '../../../src/engine/operators/add';
import { expand, repeat, repeatEach } from '../../../src/engine/operators/expand';
import { einsum } from '../../../src/engine/operators/einsum';
import { pixelShuffle, pixelUnshuffle } from '../../../src/engine/operators/fold';
import { instanceNorm } from '../../../src/engine/operators/instance-norm';
import { adaptiveAveragePool, adaptiveMaxPool, interpolate } from '../../../src/engine/operators/resample';
import { pad } from '../../../src/engine/operators/pad';
import { chunk, flip, roll, slice, stack, unbind } from '../../../src/engine/operators/slice';
import {
  deviation,
  logSoftmax,
  logSumExp,
  normalize,
  softmax,
  variance,
  vectorNorm,
} from '../../../src/engine/operators/statistics';
import type { OperatorExamples } from './operator-example';

/** Operators that are composed of others, and have no node of their own. */
export const COMPOSED_OPERATORS: OperatorExamples = {
  repeat: {
    'side by side': graph => repeat(graph, graph.parameter('x', [3, 2]), [2, 1, 3]),
    'each entry': graph => repeatEach(graph, graph.parameter('x', [3, 2, 2]), 1, 3),
  },
  slice: {
    'from the end': graph => slice(graph, graph.parameter('x', [3, 5, 2]), 1, { start: -3, stop: -1 }),
    'with a step': graph => slice(graph, graph.parameter('x', [3, 5]), 1, { start: 1, step: 3 }),
    'of the first axis': graph => slice(graph, graph.parameter('x', [3, 5]), 0, { stop: 2 }),
    'parts that overlap, and the whole': graph => {
      const x = graph.parameter('x', [3, 4]);
      const squares = multiply(graph, x, x);
      return add(
        graph,
        multiply(graph, slice(graph, x, 1, { stop: 3 }), slice(graph, x, 1, { start: 1 })),
        slice(graph, squares, 1, { start: 1 }),
      );
    },
    chunks: graph => {
      const [a, b] = chunk(graph, graph.parameter('x', [3, 4, 2]), 1, 2);
      return multiply(graph, a, b);
    },
    'unbound and stacked': graph => stack(graph, unbind(graph, graph.parameter('x', [3, 4, 2]), 1).toReversed(), 0),
  },
  flip: { 'two axes': graph => flip(graph, graph.parameter('x', [3, 4, 2]), [0, 1]) },
  roll: {
    forward: graph => roll(graph, graph.parameter('x', [3, 5]), 1, 2),
    back: graph => roll(graph, graph.parameter('x', [3, 5]), 1, -6),
  },
  pad: {
    constant: graph =>
      pad(
        graph,
        graph.parameter('x', [3, 2, 3]),
        [
          { axis: 1, before: 1, after: 2 },
          { axis: 2, before: 0, after: -1 },
        ],
        { value: 0.3 },
      ),
    reflect: graph =>
      pad(
        graph,
        graph.parameter('x', [3, 4, 3]),
        [
          { axis: 1, before: 3, after: 2 },
          { axis: 2, before: 1, after: 0 },
        ],
        { mode: 'reflect' },
      ),
    replicate: graph =>
      pad(
        graph,
        graph.parameter('x', [3, 2, 3]),
        [
          { axis: 1, before: 3, after: 2 },
          { axis: 2, before: 1, after: 1 },
        ],
        { mode: 'replicate' },
      ),
    circular: graph =>
      pad(graph, graph.parameter('x', [3, 4]), [{ axis: 1, before: 2, after: 3 }], { mode: 'circular' }),
  },
  arithmetic: {
    'add and multiply, broadcast': graph => {
      const [a, b] = [graph.parameter('a', [3, 1, 4]), graph.parameter('b', [2, 1])];
      return add(graph, multiply(graph, a, b), expand(graph, b, [3, 2, 4]));
    },
  },
  statistics: {
    variance: graph => variance(graph, graph.parameter('x', [3, 4, 2]), [1]),
    'variance of axes apart': graph =>
      variance(graph, graph.parameter('x', [3, 4, 2]), [0, 2], { correction: 0, keepAxes: true }),
    deviation: graph => deviation(graph, graph.parameter('x', [3, 4, 2]), [1, 2]),
    norm: graph => vectorNorm(graph, graph.parameter('x', [3, 4, 2]), [1]),
    'norm 1': graph => vectorNorm(graph, graph.parameter('x', [3, 4]), [1], { order: 1, keepAxes: true }),
    'norm 3': graph => vectorNorm(graph, graph.parameter('x', [3, 4]), [1], { order: 3 }),
    'largest norm': graph => vectorNorm(graph, graph.parameter('x', [3, 4]), [1], { order: Infinity }),
    normalize: graph => normalize(graph, graph.parameter('x', [3, 4, 2]), 1),
    'log-sum-exp': graph => logSumExp(graph, graph.parameter('x', [3, 4, 2]), [0, 2]),
    'log-softmax': graph => logSoftmax(graph, graph.parameter('x', [3, 4, 2]), 1),
    'softmax of a middle axis': graph => softmax(graph, graph.parameter('x', [3, 4, 2]), 1),
    'softmax of the last axis': graph => softmax(graph, graph.parameter('x', [3, 4, 2]), 2),
  },
  einsum: {
    'scores of heads': graph =>
      einsum(graph, 'bqhd,bkhd->bhqk', [graph.parameter('q', [3, 2, 2, 4]), graph.parameter('k', [3, 5, 2, 4])]),
    'outer product': graph => einsum(graph, 'bi,bj->bji', [graph.parameter('a', [3, 2]), graph.parameter('b', [3, 4])]),
    'sum of an operand alone': graph =>
      einsum(graph, 'bij,bk->bk', [graph.parameter('a', [3, 2, 4]), graph.parameter('b', [3, 5])]),
    'three operands': graph =>
      einsum(graph, 'bi,ij,bj->b', [
        graph.parameter('a', [3, 2]),
        graph.parameter('b', [2, 4]),
        graph.parameter('c', [3, 4]),
      ]),
    'one operand': graph => einsum(graph, 'bij->jb', [graph.parameter('a', [3, 2, 4])]),
    'any axes in front': graph =>
      einsum(graph, '...i,ji->...j', [graph.parameter('a', [3, 2, 4]), graph.parameter('b', [5, 4])]),
  },
  maps: {
    'pixel shuffle': graph => pixelShuffle(graph, graph.parameter('x', [3, 8, 2, 3]), 2),
    'pixel unshuffle': graph => pixelUnshuffle(graph, graph.parameter('x', [3, 2, 4, 2]), 2),
    bilinear: graph => interpolate(graph, graph.parameter('x', [3, 2, 2, 3]), [5, 4], { mode: 'linear' }),
    'bicubic, corners aligned': graph =>
      interpolate(graph, graph.parameter('x', [3, 1, 4]), [6], { mode: 'cubic', alignCorners: true }),
    'adaptive average pool': graph => adaptiveAveragePool(graph, graph.parameter('x', [3, 2, 5, 4]), [2, 3]),
    'adaptive max pool': graph => adaptiveMaxPool(graph, graph.parameter('x', [3, 2, 5, 4]), [2, 3]),
    'instance norm': graph =>
      instanceNorm(
        graph,
        graph.parameter('x', [3, 2, 4]),
        { weight: graph.parameter('weight', [2]), bias: graph.parameter('bias', [2]) },
        1e-5,
      ),
    'instance norm without parameters': graph =>
      instanceNorm(graph, graph.parameter('x', [3, 2, 2, 2]), undefined, 1e-5),
  },
};
