/** Networks of any size on our engine, for the tables of docs/performance.md. */
import type { Graph } from '../../src/engine/graph';
import type { Profile } from '../../src/engine/profile';
import { openGraph, type OpenWorkload } from './run';
import { perceptron, sequenceClassifier } from './workloads';

/** One axis of the tables: what grows, and the network at each size. */
export interface Axis {
  readonly title: string;
  readonly network: string;
  readonly sizes: readonly number[];
  readonly build: (size: number) => Graph;
}

export const AXES: readonly Axis[] = [
  {
    title: 'Width',
    network: 'four dense layers of that many units, tanh, batch 32',
    sizes: [16, 32, 64, 128, 256, 512, 1024],
    build: width => perceptron(32, [width, width, width, width, width], 'tanh'),
  },
  {
    title: 'Depth',
    network: 'that many dense layers of 64 units, tanh, batch 32',
    sizes: [2, 5, 10, 20, 50, 100, 200],
    build: depth => perceptron(32, Array<number>(depth + 1).fill(64), 'tanh'),
  },
  {
    title: 'Time steps',
    network: 'an RNN of 64 units over that many steps of 16 numbers, batch 32',
    sizes: [10, 30, 100, 300, 1000, 2000],
    build: time => sequenceClassifier('rnn', time),
  },
  {
    title: 'Batch',
    network: 'three dense layers of 256 units, relu, that many examples',
    sizes: [1, 8, 32, 128, 512],
    build: batch => perceptron(batch, [256, 256, 256, 256], 'relu'),
  },
];

/** A network of an axis with plain gradient descent, every statistic measured at each step as the charts need it. */
export function openSize(axis: number, size: number, profile?: Profile): OpenWorkload {
  const { build } = AXES[axis];
  return openGraph(
    {
      graph: () => build(size),
      optimizer: { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false },
      learningRate: 1e-4,
    },
    'all',
    profile,
  );
}
