import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { observeLayer } from '../../src/engine/observe';
import { dense } from '../../src/engine/operators/dense';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { recurrent } from '../../src/engine/operators/recurrent';
import { completeTraining } from '../../src/engine/training-graph';

const OPTIONS = {
  optimizer: { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false },
  kernels: 'reference',
  precision: 'float64',
  seed: 1,
} as const;

/** Names of the kernels that only steps with this measurement run. */
function kernelsOf(graph: Graph, group: string): string[] {
  return completeTraining({ training: graph, ...OPTIONS })
    .pass.filter(line => line.group === group)
    .map(line => line.kernel);
}

describe('what only a measurement needs', () => {
  it('is the product for the gradient by the input of the first layer, and no other', () => {
    const graph = new Graph('training', 4);
    let x = graph.input('input', [4, 3]);
    for (const name of ['a', 'b']) {
      x = graph.within(name, () => dense(graph, x, graph.parameter(name, [3, 3]), undefined, 'tanh'));
      observeLayer(graph, name, x, 'tanh');
    }
    elementwiseLoss(graph, 'mse', x, graph.target('target', [4, 3]));
    expect(kernelsOf(graph, 'input-gradient')).toEqual(['matmul', 'norm']);
  });

  it('reaches back through every step that serves nothing else', () => {
    const graph = new Graph('training', 4);
    const parameters = {
      weightIh: graph.parameter('ih', [2, 3]),
      weightHh: graph.parameter('hh', [2, 2]),
      biasIh: graph.parameter('bih', [2]),
      biasHh: graph.parameter('bhh', [2]),
    };
    const x = graph.input('input', [4, 5, 3]);
    const y = recurrent(graph, x, [parameters], { cell: 'rnn', nonlinearity: 'tanh', output: 'last' });
    elementwiseLoss(graph, 'mse', y, graph.target('target', [4, 2]));
    expect(kernelsOf(graph, 'input-gradient')).toEqual(['matmul', 'fromTimeMajor', 'norm']);
  });
});

describe('what nobody reads', () => {
  it('is left out: the product for the gradient by weights that are not trained, and no other', () => {
    const products = (trainable: boolean): readonly string[] => {
      const graph = new Graph('training', 4);
      const x = graph.target('input', [4, 3]);
      const hidden = dense(graph, x, graph.parameter('a', [3, 3]), undefined, 'tanh');
      const output = dense(graph, hidden, graph.parameter('b', [3, 3], { trainable }), undefined, 'identity');
      elementwiseLoss(graph, 'mse', output, graph.target('target', [4, 3]));
      const { pass, gradients } = completeTraining({ training: graph, ...OPTIONS });
      expect([...gradients.keys()]).toEqual(trainable ? ['a', 'b'] : ['a']);
      return pass.map(line => line.kernel).filter(kernel => kernel.startsWith('matmul'));
    };
    const [all, fewer] = [products(true), products(false)];
    expect(all.filter(kernel => kernel === 'matmulTransposedA')).toHaveLength(2);
    expect(fewer).toEqual(all.filter((_, index) => index !== all.indexOf('matmulTransposedA')));
  });
});
