/** Constants, noise, losses that are any number of the graph, and options of parameters. */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import type { OptimizerOptions } from '../../src/engine/optimizers/index';
import { arithmetic } from '../../src/engine/operators/arithmetic';
import { affine } from '../../src/engine/operators/element-map';
import { add } from '../../src/engine/operators/add';
import { dropout } from '../../src/engine/operators/dropout';
import { multiply } from '../../src/engine/operators/multiply';
import { noise } from '../../src/engine/operators/noise';
import { permute } from '../../src/engine/operators/permute';
import { scalarLoss } from '../../src/engine/operators/scalar-loss';
import { select, stack } from '../../src/engine/operators/slice';
import { stopGradient } from '../../src/engine/operators/stop-gradient';
import { allAxes, mean, sum } from '../../src/engine/operators/sum';
import { createSession, planSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';
import type { Tensor } from '../../src/engine/tensor';

const DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;

/** A session that minimizes what `build` makes. */
function minimizing(
  build: (graph: Graph) => Tensor,
  options: { seed?: number; optimizer?: OptimizerOptions } = {},
): Session {
  const graph = new Graph('training', 2);
  const output = build(graph);
  scalarLoss(graph, mean(graph, output, allAxes(output)), output);
  return createSession({
    training: graph,
    optimizer: DESCENT,
    seed: 1,
    kernels: 'simd',
    precision: 'float32',
    ...options,
  });
}

describe('constants', () => {
  it('keep their values in training and evaluation', () => {
    const build = (mode: 'training' | 'evaluation', values: readonly number[]): Graph => {
      const graph = new Graph(mode, 2);
      const output = multiply(graph, graph.parameter('x', [3]), graph.constant([3], values));
      scalarLoss(graph, sum(graph, output, [0]), output);
      return graph;
    };
    const session = createSession({
      training: build('training', [1, 2, 3]),
      evaluation: build('evaluation', [10, 20, 30]),
      optimizer: DESCENT,
      seed: 1,
      kernels: 'simd',
      precision: 'float32',
    });
    session.parameter('x').fill(1);
    for (let step = 0; step < 3; step++) {
      expect(session.step(0).loss).toBe(6);
      expect(session.evaluate(2).loss).toBe(60);
    }
    session.gradients();
    expect([...session.gradient('x')]).toEqual([1, 2, 3]);
  });

  it('are refused with the wrong number of values, or ids out of range', () => {
    const graph = new Graph('training', 2);
    expect(() => graph.constant([2, 3], [1, 2])).toThrow('[2, 3] got 2 values');
    const outside = new Graph('training', 2);
    outside.constantIds([2], [0, 5], 5);
    const x = outside.parameter('x', [1]);
    scalarLoss(outside, x);
    const planned = planSession({
      training: outside,
      optimizer: DESCENT,
      seed: 1,
      kernels: 'simd',
      precision: 'float32',
    });
    expect(() => planned.open()).toThrow('ids from 0 to 4, not 5');
  });
});

describe('noise', () => {
  const drawn = (seed: number, steps: number, kind: 'normal' | 'uniform' = 'normal'): number[][] => {
    const session = minimizing(
      graph => {
        const x = graph.parameter('x', [1]);
        return add(graph, x, stack(graph, [noise(graph, kind, [5000]), noise(graph, kind, [5000])], 0));
      },
      { seed },
    );
    return Array.from({ length: steps }, () => {
      session.step(0);
      return [...session.output('training')];
    });
  };

  it('is drawn anew in every step, and again with the same seed', () => {
    const [first, second] = drawn(4, 2);
    expect(first).not.toEqual(second);
    expect(drawn(4, 2)).toEqual([first, second]);
    expect(drawn(5, 1)[0]).not.toEqual(first);
    expect(first.slice(0, 5000)).not.toEqual(first.slice(5000));
  });

  it.each([
    ['normal', 0, 1],
    ['uniform', 0.5, Math.sqrt(1 / 12)],
  ] as const)('is %s', (kind, center, deviation) => {
    const [values] = drawn(4, 1, kind);
    const average = values.reduce((total, value) => total + value, 0) / values.length;
    const squares = values.reduce((total, value) => total + (value - average) ** 2, 0) / values.length;
    expect(Math.abs(average - center)).toBeLessThan((4 * deviation) / Math.sqrt(values.length));
    expect(Math.abs(Math.sqrt(squares) / deviation - 1)).toBeLessThan(0.03);
    if (kind === 'uniform') expect(values.every(value => value >= 0 && value < 1)).toBe(true);
  });

  it('does not follow dropout', () => {
    const session = minimizing(graph => {
      const x = graph.parameter('x', [1000]);
      return arithmetic(graph, 'subtract', dropout(graph, x, 0.5), noise(graph, 'uniform', [1000]));
    });
    session.parameter('x').fill(1);
    session.step(0);
    const kept = session.output('training').filter(value => value > 0.5);
    // Of one stream, what is kept would have the larger draws.
    const draws = [...kept].map(value => 2 - value);
    expect(Math.abs(draws.reduce((total, value) => total + value, 0) / draws.length - 0.5)).toBeLessThan(0.05);
  });
});

describe('a loss that is any number', () => {
  it('is minimized: least squares by hand', () => {
    const session = minimizing(graph => {
      const error = arithmetic(graph, 'subtract', graph.parameter('x', [4]), graph.constant([4], [1, -2, 3, 0.5]));
      return multiply(graph, error, error);
    });
    for (let step = 0; step < 200; step++) session.step(0.5);
    expect([...session.parameter('x')].map(value => Math.round(value * 1e4) / 1e4)).toEqual([1, -2, 3, 0.5]);
  });

  it('is evaluated on whole batches alone', () => {
    const build = (mode: 'training' | 'evaluation'): Graph => {
      const graph = new Graph(mode, 4);
      scalarLoss(graph, graph.parameter('x', [1]));
      return graph;
    };
    const session = createSession({
      training: build('training'),
      evaluation: build('evaluation'),
      optimizer: DESCENT,
      seed: 1,
      kernels: 'reference',
      precision: 'float64',
    });
    expect(() => session.evaluate(3)).toThrow('the whole batch of 4, not of 3');
    expect(session.evaluate(4).loss).toBe(0);
  });

  it('is refused where it has several numbers', () => {
    const graph = new Graph('training', 2);
    expect(() => scalarLoss(graph, graph.parameter('x', [2]))).toThrow('one number, not [2]');
  });
});

describe('gradients', () => {
  it('do not flow through stopGradient', () => {
    const session = minimizing(graph => {
      const x = graph.parameter('x', [2]);
      return multiply(graph, x, stopGradient(graph, affine(graph, x, 3)));
    });
    session.parameter('x').set([1, 2]);
    session.gradients();
    expect([...session.gradient('x')]).toEqual([1.5, 3]);
  });

  it('of the entries of an axis are gathered in one sum', () => {
    const length = (time: number): number => {
      const graph = new Graph('training', 2);
      const x = graph.parameter('x', [2, time, 3]);
      const entries = Array.from({ length: time }, (_, step) => select(graph, x, 1, step));
      const last = entries.reduce((state, entry) => add(graph, state, entry));
      scalarLoss(graph, sum(graph, last, [0, 1]));
      planSession({ training: graph, optimizer: DESCENT, seed: 1, kernels: 'simd', precision: 'float32' });
      return graph.instructions.filter(({ kernel, args }) => kernel === 'fill' && (args[0] as Tensor).shape[1] === time)
        .length;
    };
    expect([length(3), length(30)]).toEqual([1, 1]);
  });

  it('of an evaluation are not computed for constants', () => {
    const graph = new Graph('training', 2);
    const constant = affine(graph, permute(graph, graph.constant([2, 3], [1, 2, 3, 4, 5, 6]), [1, 0]), 2);
    expect(constant.needsGradient).toBe(false);
  });
});

describe('weight decay by parameter', () => {
  const OPTIMIZERS: readonly OptimizerOptions[] = [
    { type: 'sgd', weightDecay: 0.1, momentum: 0.9, nesterov: false },
    { type: 'adam', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { type: 'adamw', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { type: 'lion', weightDecay: 0.1, beta1: 0.9, beta2: 0.99 },
    { type: 'rmsprop', weightDecay: 0.1, alpha: 0.9, epsilon: 1e-8, momentum: 0 },
    { type: 'adagrad', weightDecay: 0.1, epsilon: 1e-8 },
    { type: 'adamax', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { type: 'radam', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { type: 'amsgrad', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { type: 'adadelta', weightDecay: 0.1, rho: 0.9, epsilon: 0.1 },
    { type: 'nadam', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, momentumDecay: 0.004 },
    { type: 'lbfgs', weightDecay: 0.1, historySize: 5, toleranceGradient: 1e-7, toleranceChange: 1e-9 },
    {
      type: 'shampoo',
      weightDecay: 0.1,
      momentum: 0,
      epsilon: 1e-4,
      preconditionFrequency: 1,
      maxPreconditionerDim: 100,
    },
    {
      type: 'muon',
      learningRate: 0.01,
      weightDecay: 0.1,
      momentum: 0.9,
      nesterov: true,
      nsSteps: 5,
      epsilon: 1e-7,
      adjustLearningRate: 'original',
      adamwLearningRate: 0.01,
      adamwBeta1: 0.9,
      adamwBeta2: 0.99,
      adamwEpsilon: 1e-8,
      matrices: new Set(['x']),
    },
  ];
  const after = (optimizer: OptimizerOptions, decayMultiplier: number): number[] => {
    const session = minimizing(
      graph => {
        const x = graph.parameter('x', [3, 1], { decayMultiplier });
        return multiply(graph, x, affine(graph, x, 1, 1));
      },
      { optimizer },
    );
    session.parameter('x').set([1, -2, 3]);
    for (let step = 0; step < 5; step++) session.step(0.01);
    return [...session.parameter('x')];
  };

  it.each(OPTIMIZERS.map(options => [options.type, options] as const))('is multiplied: %s', (_, options) => {
    expect(after(options, 0)).toEqual(after({ ...options, weightDecay: 0 }, 1));
    const twice = after(options, 2);
    after({ ...options, weightDecay: 0.2 }, 1).forEach((value, i) => expect(twice[i]).toBeCloseTo(value, 6));
    expect(after(options, 0)).not.toEqual(after(options, 1));
  });
});
