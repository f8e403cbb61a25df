/**
 * The eight workloads of the bench in our engine. They are the same networks, batches and optimizers as in the peers'
 * files; each parameter begins uniform within ±1 / √fan-in, each scale of a normalisation at 1.
 */
import { Graph } from '../../src/engine/graph';
import { observeLayer } from '../../src/engine/observe';
import type { ActivationName } from '../../src/engine/operators/activation';
import { add } from '../../src/engine/operators/add';
import { attend, attention, type AttentionParameters } from '../../src/engine/operators/attention';
import { concatenate } from '../../src/engine/operators/concatenate';
import { convolution } from '../../src/engine/operators/convolution';
import { dense } from '../../src/engine/operators/dense';
import { embedding } from '../../src/engine/operators/embedding';

import { layerNorm } from '../../src/engine/operators/layer-norm';
import { crossEntropy } from '../../src/engine/operators/losses';
import { sliceOverTime } from '../../src/engine/operators/over-time';
import { maxPool } from '../../src/engine/operators/pool';
import { positionEmbedding } from '../../src/engine/operators/position-embedding';
import { recurrent, type RecurrentParameters } from '../../src/engine/operators/recurrent';
import { relay } from '../../src/engine/operators/relay';
import { flatten, reshape } from '../../src/engine/operators/reshape';
import type { OptimizerOptions } from '../../src/engine/optimizers/index';
import type { Tensor } from '../../src/engine/tensor';

export interface Workload {
  /** Makes the graph with its loss; planning it is part of what is timed. */
  readonly graph: () => Graph;
  readonly optimizer: OptimizerOptions;
  readonly learningRate: number;
}

const ADAM = { type: 'adam', weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const ADAMW = { ...ADAM, type: 'adamw', weightDecay: 0.01 } as const;
const sgd = (momentum: number): OptimizerOptions => ({ type: 'sgd', weightDecay: 0, momentum, nesterov: false });

/** A workload by its letter; `sigmoid` is b with sigmoids in place of tanh. */
export function buildWorkload(name: string): Workload {
  switch (name) {
    case 'a':
      return { graph: () => perceptron(32, [2, 64, 64, 64, 3], 'relu'), optimizer: ADAM, learningRate: 1e-3 };
    case 'b':
      return {
        graph: () => perceptron(32, [...Array<number>(33).fill(64), 10], 'tanh'),
        optimizer: sgd(0),
        learningRate: 1e-2,
      };
    case 'c':
      return { graph: () => perceptron(64, [784, 512, 512, 10], 'relu'), optimizer: sgd(0.9), learningRate: 1e-2 };
    case 'd':
      return { graph: () => sequenceClassifier('rnn'), optimizer: sgd(0), learningRate: 1e-2 };
    case 'e':
      return { graph: () => sequenceClassifier('lstm'), optimizer: ADAM, learningRate: 1e-3 };
    case 'f':
      return { graph: () => convolutional(), optimizer: ADAM, learningRate: 1e-3 };
    case 'g':
      return { graph: () => transformer(), optimizer: ADAMW, learningRate: 1e-3 };
    case 'sigmoid':
      return {
        graph: () => perceptron(32, [...Array<number>(33).fill(64), 10], 'sigmoid'),
        optimizer: sgd(0),
        learningRate: 1e-2,
      };
    case 'h':
      return { graph: () => translator(), optimizer: ADAM, learningRate: 1e-3 };
    default:
      throw new Error(`There is no workload ${name}.`);
  }
}

type Linear = { readonly weight: Tensor; readonly bias: Tensor };

function linear(graph: Graph, name: string, features: number, units: number): Linear {
  return {
    weight: graph.parameter(`${name}.weight`, [units, features]),
    bias: graph.parameter(`${name}.bias`, [units]),
  };
}

function norm(graph: Graph, name: string, features: number): Linear {
  return { weight: graph.parameter(`${name}.scale`, [features]), bias: graph.parameter(`${name}.bias`, [features]) };
}

/** Builds a layer under a path and observes its output, as the model files' layers are. */
function layer(graph: Graph, path: string, act: ActivationName, build: () => Tensor, units?: 'channels'): Tensor {
  const y = graph.within(path, build);
  observeLayer(graph, path, y, act, units);
  return y;
}

function denseLayer(graph: Graph, path: string, x: Tensor, units: number, act: ActivationName = 'identity'): Tensor {
  return layer(graph, path, act, () => {
    const { weight, bias } = linear(graph, path, x.shape.at(-1)!, units);
    return dense(graph, x, weight, bias, act);
  });
}

/** a 2-64-64-64-3, b 32 × 64 tanh, c 784-512-512-10 */
export function perceptron(batch: number, sizes: readonly number[], act: ActivationName): Graph {
  const graph = new Graph('training', batch);
  let x = graph.input('input', [batch, sizes[0]]);
  sizes.slice(1).forEach((units, index) => {
    x = denseLayer(graph, `dense${index}`, x, units, index < sizes.length - 2 ? act : 'identity');
  });
  crossEntropy(graph, x, graph.ids('target', [batch], sizes.at(-1)!));
  return graph;
}

function cell(graph: Graph, path: string, gates: number, features: number, units: number): RecurrentParameters {
  return {
    weightIh: graph.parameter(`${path}.weight_ih`, [gates * units, features]),
    weightHh: graph.parameter(`${path}.weight_hh`, [gates * units, units]),
    biasIh: graph.parameter(`${path}.bias_ih`, [gates * units]),
    biasHh: graph.parameter(`${path}.bias_hh`, [gates * units]),
  };
}

/** d rnn, e lstm: 64 units, 100 steps (or `time`) of 16 numbers, batch 32, the last state to ten classes */
export function sequenceClassifier(kind: 'rnn' | 'lstm', time = 100): Graph {
  const graph = new Graph('training', 32);
  const input = graph.input('input', [32, time, 16]);
  const state = layer(graph, 'memory', 'tanh', () =>
    recurrent(graph, input, [cell(graph, 'memory', kind === 'rnn' ? 1 : 4, 16, 64)], {
      cell: kind,
      nonlinearity: 'tanh',
      output: 'last',
    }),
  );
  crossEntropy(graph, denseLayer(graph, 'answer', state, 10), graph.ids('target', [32], 10));
  return graph;
}

/** f: 1×28×28, two 3×3 convolutions of 16 and 32 filters with relu and 2×2 max pooling, dense 10, batch 32 */
function convolutional(): Graph {
  const graph = new Graph('training', 32);
  let x = graph.input('input', [32, 1, 28, 28]);
  for (const [path, channels, filters] of [
    ['conv1', 1, 16],
    ['conv2', 16, 32],
  ] as const) {
    const before = x;
    const y = layer(
      graph,
      path,
      'relu',
      () => {
        const weight = graph.parameter(`${path}.weight`, [filters, channels, 3, 3]);
        const bias = graph.parameter(`${path}.bias`, [filters]);
        const options = { kernel: [3, 3], stride: [1, 1], padding: [1, 1], dilation: [1, 1] };
        return convolution(graph, before, weight, bias, options, 'relu');
      },
      'channels',
    );
    const pooling = { kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] };
    x = layer(graph, `${path}.pool`, 'identity', () => maxPool(graph, y, pooling), 'channels');
  }
  crossEntropy(graph, denseLayer(graph, 'answer', flatten(graph, x), 10), graph.ids('target', [32], 10));
  return graph;
}

/** g: two pre-norm blocks, width 64, 4 heads, length 64, vocabulary 64, batch 8 */
function transformer(): Graph {
  const [batch, time, width, vocabulary] = [8, 64, 64, 64];
  const graph = new Graph('training', batch);
  const ids = graph.ids('input', [batch, time], vocabulary);
  let x = layer(graph, 'tokens', 'identity', () =>
    embedding(graph, ids, graph.parameter('tokens.weight', [vocabulary, width])),
  );
  const tokens = x;
  x = layer(graph, 'places', 'identity', () =>
    positionEmbedding(graph, tokens, graph.parameter('places.weight', [time, width])),
  );
  const normalized = (path: string, from: Tensor): Tensor =>
    layer(graph, path, 'identity', () => {
      const { weight, bias } = norm(graph, path, width);
      return layerNorm(graph, from, weight, bias, 1e-5);
    });
  for (const block of ['block1', 'block2']) {
    const before = x;
    const attended = layer(graph, `${block}.attention`, 'identity', () => {
      const names = ['query', 'key', 'value', 'out'] as const;
      const parameters = Object.fromEntries(
        names.map(name => [name, linear(graph, `${block}.${name}`, width, width)]),
      ) as unknown as AttentionParameters;
      return attention(graph, normalized(`${block}.norm1`, before), parameters, { heads: 4, causal: true });
    });
    const between = add(graph, before, attended);
    const wide = denseLayer(graph, `${block}.wide`, normalized(`${block}.norm2`, between), 4 * width, 'gelu');
    const narrow = denseLayer(graph, `${block}.narrow`, wide, width);
    x = layer(graph, block, 'identity', () => add(graph, between, narrow));
  }
  const logits = denseLayer(graph, 'answer', normalized('norm', x), vocabulary);
  crossEntropy(graph, logits, graph.ids('target', [batch, time], vocabulary));
  return graph;
}

/**
 * h: gru encoder and decoder of 64 units, 30 tokens to 30, dot attention, vocabulary 50, batch 32. One table of 100
 * rows holds both languages' embeddings, source tokens being 0 to 49 and target tokens 50 to 99: the same numbers as
 * two tables.
 */
function translator(): Graph {
  const [batch, time, width, vocabulary] = [32, 30, 64, 50];
  const graph = new Graph('training', batch);
  const ids = graph.ids('input', [batch, 2 * time], 2 * vocabulary);
  const embedded = layer(graph, 'tokens', 'identity', () =>
    embedding(graph, ids, graph.parameter('tokens.weight', [2 * vocabulary, width])),
  );
  const parts = ['encoder', 'decoder'].map(path => ({ time, parameters: cell(graph, path, 3, width, width) }));
  const states = layer(graph, 'relay', 'tanh', () =>
    relay(graph, embedded, parts, { cell: 'gru', nonlinearity: 'tanh' }),
  );
  const memory = sliceOverTime(graph, states, 0, time);
  const decoded = sliceOverTime(graph, states, time, time);
  const context = layer(graph, 'context', 'identity', () =>
    attend(graph, decoded, memory, memory, { heads: 1, causal: false, scale: 1 }),
  );
  const combined = denseLayer(
    graph,
    'combine',
    concatenate(graph, [decoded, context], decoded.shape.length - 1),
    width,
    'tanh',
  );
  const logits = reshape(graph, denseLayer(graph, 'answer', combined, vocabulary), [batch, time, vocabulary]);
  crossEntropy(graph, logits, graph.ids('target', [batch, time], vocabulary));
  return graph;
}
