import type { Graph } from '../../../src/engine/graph';
import { ARITHMETIC, arithmetic, type Arithmetic } from '../../../src/engine/operators/arithmetic';
import { affine, clamp, elementMap } from '../../../src/engine/operators/element-map';
import { expand } from '../../../src/engine/operators/expand';
import { moveAlong } from '../../../src/engine/operators/move-along';
import { assignSlice } from '../../../src/engine/operators/slice';
import { cumulativeSum, product } from '../../../src/engine/operators/along-axis';
import { curve, power } from '../../../src/engine/operators/curve';
import { fold, unfold } from '../../../src/engine/operators/fold';
import { gather, indexSelect, oneHot, scatterAdd } from '../../../src/engine/operators/gather';
import { add } from '../../../src/engine/operators/add';
import { compare, lowerTriangle, maskedFill, numberTensor, where } from '../../../src/engine/operators/mask';
import { multiply } from '../../../src/engine/operators/multiply';
import { noise } from '../../../src/engine/operators/noise';
import { largest, smallest } from '../../../src/engine/operators/largest';
import { matmul } from '../../../src/engine/operators/matmul';
import { mean, sum } from '../../../src/engine/operators/sum';
import type { Tensor } from '../../../src/engine/tensor';
import type { OperatorExamples } from './operator-example';

/** |x| + 0.5, where a function needs positive numbers. */
export function positive(graph: Graph, x: Tensor): Tensor {
  return affine(graph, elementMap(graph, 'absolute', x), 1, 0.5);
}

const arithmeticOf = (graph: Graph, kind: Arithmetic, a: readonly number[], b: readonly number[]): Tensor => {
  const second = graph.parameter('b', b);
  return arithmetic(graph, kind, graph.parameter('a', a), kind === 'divide' ? positive(graph, second) : second);
};

const maps = ['absolute', 'square-root', 'reciprocal-root', 'reciprocal', 'logarithm'] as const;

/** Tensors of any shape: arithmetic with broadcasting, functions of elements, parts, expansion. */
export const TENSOR_OPERATORS: OperatorExamples = {
  arithmetic: {
    ...Object.fromEntries(
      ARITHMETIC.flatMap(kind => [
        [`${kind}, one shape`, (graph: Graph) => arithmeticOf(graph, kind, [3, 4], [3, 4])],
        [`${kind}, a row`, (graph: Graph) => arithmeticOf(graph, kind, [3, 2, 4], [4])],
        [`${kind}, a column in front`, (graph: Graph) => arithmeticOf(graph, kind, [2, 1, 1], [3, 2, 4, 2])],
        [`${kind}, both ways`, (graph: Graph) => arithmeticOf(graph, kind, [3, 1, 4], [3, 5, 1])],
        [`${kind}, a number`, (graph: Graph) => arithmeticOf(graph, kind, [1], [3, 2, 3])],
      ]),
    ),
    'a tensor by itself': graph => {
      const a = graph.parameter('a', [3, 4]);
      return arithmetic(graph, 'subtract', arithmetic(graph, 'multiply', a, a), a);
    },
    'equal numbers': graph => {
      const a = graph.parameter('a', [3, 4]);
      return arithmetic(graph, 'maximum', a, a);
    },
  },
  affine: {
    scaled: graph => affine(graph, graph.parameter('x', [3, 4]), -1.5, 0.2),
    shifted: graph => affine(graph, graph.parameter('x', [3, 4]), 1, 2),
  },
  'element-map': {
    ...Object.fromEntries(
      maps.map(kind => [
        kind,
        (graph: Graph) => elementMap(graph, kind, positive(graph, graph.parameter('x', [3, 5]))),
      ]),
    ),
    'absolute of both signs': graph => elementMap(graph, 'absolute', graph.parameter('x', [3, 5])),
    clamp: graph => clamp(graph, graph.parameter('x', [3, 7]), -0.3, 0.8),
    'clamp from below': graph => clamp(graph, graph.parameter('x', [3, 7]), 0.1),
  },
  expand: {
    'new axes': graph => expand(graph, graph.parameter('x', [4]), [3, 2, 4]),
    'axes of size 1': graph => expand(graph, graph.parameter('x', [1, 3, 1, 2]), [3, 3, 4, 2]),
  },
  'move-along': {
    'every other': graph =>
      moveAlong(graph, graph.parameter('x', [3, 5, 2]), 1, { size: 3, moves: [{ from: 0, step: 2, to: 0, count: 3 }] }),
    'one entry repeated beside a constant': graph =>
      moveAlong(graph, graph.parameter('x', [3, 2]), 1, {
        size: 4,
        moves: [{ from: 1, step: 0, to: 0, count: 3 }],
        value: 0.7,
      }),
  },
  'assign-slice': {
    'of one shape': graph =>
      assignSlice(graph, graph.parameter('x', [3, 4, 2]), graph.parameter('value', [3, 2, 2]), [
        {},
        { start: 1, stop: 3 },
      ]),
    'broadcast, with steps': graph =>
      assignSlice(graph, graph.parameter('x', [3, 5, 4]), graph.parameter('value', [1, 2]), [
        {},
        { step: -2 },
        { start: 1, step: 2 },
      ]),
  },
  sum: {
    'an axis': graph => sum(graph, graph.parameter('x', [3, 4, 2]), [1]),
    'axes apart, kept': graph => sum(graph, graph.parameter('x', [3, 4, 2, 3]), [0, 2], { keepAxes: true }),
    mean: graph => mean(graph, graph.parameter('x', [3, 4, 2]), [0, 1, 2]),
  },
  'first-largest': {
    'an axis': graph => largest(graph, graph.parameter('x', [3, 4, 2]), [1], { ties: 'first' }),
    'axes apart': graph =>
      largest(graph, graph.parameter('x', [3, 4, 2, 3]), [0, 2], { ties: 'first', keepAxes: true }),
    smallest: graph => smallest(graph, graph.parameter('x', [3, 5]), [0, 1], { ties: 'first' }),
  },
  'shared-largest': {
    'an axis': graph => largest(graph, graph.parameter('x', [3, 4, 2]), [1], { ties: 'shared' }),
    'axes apart': graph => largest(graph, graph.parameter('x', [3, 4, 2, 3]), [0, 2], { ties: 'shared' }),
    smallest: graph => smallest(graph, graph.parameter('x', [3, 5]), [1], { ties: 'shared', keepAxes: true }),
  },
  curve: {
    sine: graph => curve(graph, 'sine', graph.parameter('x', [3, 5])),
    cosine: graph => curve(graph, 'cosine', graph.parameter('x', [3, 5])),
    'error function': graph => curve(graph, 'error-function', graph.parameter('x', [3, 5])),
    'whole power': graph => power(graph, graph.parameter('x', [3, 5]), 3),
    'negative power': graph => power(graph, positive(graph, graph.parameter('x', [3, 5])), -2),
    'broken power': graph => power(graph, positive(graph, graph.parameter('x', [3, 5])), 1.7),
  },
  'cumulative-sum': {
    'middle axis': graph => cumulativeSum(graph, graph.parameter('x', [3, 4, 2]), 1),
    'last axis': graph => cumulativeSum(graph, graph.parameter('x', [3, 4]), 1),
  },
  product: {
    'middle axis': graph => product(graph, graph.parameter('x', [3, 4, 2]), 1),
    'with zeros': graph => product(graph, clamp(graph, graph.parameter('x', [3, 4]), 0), 1, { keepAxes: true }),
  },
  matmul: {
    'one matrix for all rows': graph => matmul(graph, graph.parameter('a', [3, 2, 4]), graph.parameter('b', [4, 5])),
    'one matrix, transposed': graph =>
      matmul(graph, graph.parameter('a', [3, 2, 4]), graph.parameter('b', [5, 4]), { transposed: true }),
    'a matrix each': graph => matmul(graph, graph.parameter('a', [3, 2, 4]), graph.parameter('b', [3, 4, 5])),
    'a matrix each, transposed': graph =>
      matmul(graph, graph.parameter('a', [3, 2, 4]), graph.parameter('b', [3, 5, 4]), { transposed: true }),
    'broadcast both ways': graph => matmul(graph, graph.parameter('a', [3, 1, 2, 4]), graph.parameter('b', [2, 4, 3])),
    'one matrix on the left': graph => matmul(graph, graph.parameter('a', [2, 4]), graph.parameter('b', [3, 4, 3])),
    'a vector on the right': graph => matmul(graph, graph.parameter('a', [3, 2, 4]), graph.parameter('b', [4])),
    'a vector on the left': graph => matmul(graph, graph.parameter('a', [4]), graph.parameter('b', [3, 4, 2])),
    'two vectors': graph => matmul(graph, graph.parameter('a', [4]), graph.parameter('b', [4])),
  },
  chosen: {
    'where of a comparison': graph => {
      const [a, b] = [graph.parameter('a', [3, 4]), graph.parameter('b', [4])];
      return where(graph, compare(graph, 'less', a, numberTensor(graph, 0.2)), multiply(graph, a, b), b);
    },
    'a constant mask': graph =>
      maskedFill(graph, graph.parameter('x', [3, 4, 4]), graph.constant([4, 4], lowerTriangle(4, 4, -1)), -2),
    'a mask wider than the tensors': graph =>
      where(graph, graph.constant([3, 2], [1, 0, 0, 1, 1, 1]), graph.parameter('a', [2]), graph.parameter('b', [3, 1])),
  },
  gather: {
    'whole entries': graph => gather(graph, graph.parameter('x', [3, 4, 2]), 1, graph.ids('ids', [3, 5], 4)),
    'single numbers': graph => gather(graph, graph.parameter('x', [3, 4, 2]), 1, graph.ids('ids', [3, 2, 2], 4)),
    'one list for all': graph =>
      indexSelect(graph, graph.parameter('x', [3, 4, 2]), 1, graph.constantIds([3], [3, 0, 3], 4)),
    'by one-hot rows': graph =>
      matmul(
        graph,
        oneHot(graph, graph.ids('ids', [3, 2], 4)),
        indexSelect(graph, graph.parameter('x', [5, 2]), 0, graph.constantIds([4], [4, 0, 1, 2], 5)),
      ),
  },
  'scatter-add': {
    'whole entries': graph =>
      scatterAdd(
        graph,
        graph.parameter('base', [3, 4, 2]),
        1,
        graph.ids('ids', [3, 5], 4),
        graph.parameter('values', [3, 5, 2]),
      ),
    'single numbers': graph =>
      scatterAdd(
        graph,
        graph.parameter('base', [3, 4]),
        1,
        graph.ids('ids', [3, 3], 4),
        graph.parameter('values', [3, 3]),
      ),
  },
  noise: {
    'scaled and shifted': graph =>
      add(
        graph,
        graph.parameter('mean', [3, 4]),
        multiply(graph, graph.parameter('std', [3, 4]), noise(graph, 'normal', [3, 4])),
      ),
    uniform: graph => multiply(graph, graph.parameter('x', [3, 4]), noise(graph, 'uniform', [3, 4])),
  },
  unfold: {
    'one axis': graph =>
      unfold(graph, graph.parameter('x', [3, 2, 5]), { kernel: [3], stride: [1], padding: [0], dilation: [1] }),
    'two axes, all options': graph =>
      unfold(graph, graph.parameter('x', [3, 2, 4, 5]), {
        kernel: [2, 2],
        stride: [1, 2],
        padding: [1, 0],
        dilation: [2, 1],
      }),
  },
  fold: {
    'one axis': graph =>
      fold(graph, graph.parameter('x', [3, 4, 4]), [5], { kernel: [2], stride: [1], padding: [0], dilation: [1] }),
    'two axes, all options': graph =>
      fold(graph, graph.parameter('x', [3, 8, 8]), [4, 5], {
        kernel: [2, 2],
        stride: [1, 2],
        padding: [1, 0],
        dilation: [2, 1],
      }),
  },
};
