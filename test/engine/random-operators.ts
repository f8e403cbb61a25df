/** Every operator with random shapes and options, small enough for central differences. */
import type { Graph } from '../../src/engine/graph';
import { activation } from '../../src/engine/operators/activation';
import { ACTIVATION_NAMES } from '../../src/engine/operators/activation-names';
import { add } from '../../src/engine/operators/add';
import { attend } from '../../src/engine/operators/attention';
import { batchNorm, frozenBatchNorm } from '../../src/engine/operators/batch-norm';
import { concatenate } from '../../src/engine/operators/concatenate';
import { convolution } from '../../src/engine/operators/convolution';
import { dense } from '../../src/engine/operators/dense';
import { dropout } from '../../src/engine/operators/dropout';
import { embedding } from '../../src/engine/operators/embedding';
import { gate } from '../../src/engine/operators/gate';
import { groupNorm } from '../../src/engine/operators/group-norm';
import { layerNorm } from '../../src/engine/operators/layer-norm';
import { multiply } from '../../src/engine/operators/multiply';
import { lastStep, meanOverTime, sliceOverTime } from '../../src/engine/operators/over-time';
import { permute } from '../../src/engine/operators/permute';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from '../../src/engine/operators/pool';
import { positionEmbedding } from '../../src/engine/operators/position-embedding';
import { prelu } from '../../src/engine/operators/prelu';
import { recurrent, type RecurrentOptions, type RecurrentParameters } from '../../src/engine/operators/recurrent';
import { GATES } from '../../src/engine/operators/recurrent-cell';
import { relay } from '../../src/engine/operators/relay';
import { reshape } from '../../src/engine/operators/reshape';
import { rmsNorm } from '../../src/engine/operators/rms-norm';
import { transposedConvolution } from '../../src/engine/operators/transposed-convolution';
import { upsample } from '../../src/engine/operators/upsample';
import { weightNorm } from '../../src/engine/operators/weight-norm';
import type { WindowOptions } from '../../src/engine/operators/windows';
import { RANDOM_TENSOR_OPERATORS } from './random-tensor-operators';
import type { Random } from '../../src/engine/random';
import type { Tensor } from '../../src/engine/tensor';

/** Draws shapes and options; whatever is differentiated becomes a parameter. */
export class Draw {
  constructor(
    readonly graph: Graph,
    private readonly random: Random,
  ) {}

  /** From `least` to `most`. */
  size(least: number, most: number): number {
    return least + this.random.integer(most - least + 1);
  }

  sizes(count: number, least: number, most: number): number[] {
    return Array.from({ length: count }, () => this.size(least, most));
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.random.integer(choices.length)];
  }

  parameter(name: string, ...shape: readonly number[]): Tensor {
    return this.graph.parameter(name, shape);
  }

  /** A tensor `[batch, ...shape]`. */
  x(...shape: readonly number[]): Tensor {
    return this.parameter('x', this.graph.batch, ...shape);
  }

  /** x `[batch, time, features]` or rows of a table of so many numbers, which may have more of them than x or fewer. */
  sequence(time: number, features: number): Tensor {
    const rows = this.graph.batch * time;
    const [few, many] = [this.size(1, Math.ceil(rows / 3)), rows + this.size(0, 3)];
    const vocabulary = this.one([undefined, few, many]);
    if (vocabulary === undefined) return this.x(time, features);
    const ids = this.graph.ids('ids', [this.graph.batch, time], vocabulary);
    return embedding(this.graph, ids, this.parameter('table', vocabulary, features));
  }

  /** x over maps of one or two axes, or `[batch, time, features]`, or `[batch, features]`. */
  anyShape(least = 1): Tensor {
    return this.x(...this.sizes(this.size(1, 3), least, 4));
  }

  /** Windows that fit maps of these lengths. */
  windows(lengths: readonly number[], maximumPadding: (kernel: number) => number): WindowOptions {
    const kernel = lengths.map(length => this.size(1, Math.min(3, length)));
    const padding = kernel.map(size => this.size(0, maximumPadding(size)));
    return {
      kernel,
      stride: lengths.map(() => this.size(1, 3)),
      padding,
      paddingAfter: this.one([padding, kernel.map(size => this.size(0, maximumPadding(size)))]),
      dilation: lengths.map((length, axis) =>
        kernel[axis] > 1 && 2 * (kernel[axis] - 1) < length ? this.size(1, 2) : 1,
      ),
    };
  }

  private recurrentParameters(
    cell: RecurrentOptions['cell'],
    units: number,
    features: number,
    prefix: string,
  ): RecurrentParameters {
    const rows = GATES[cell] * units;
    return {
      weightIh: this.parameter(`${prefix}weight_ih`, rows, features),
      weightHh: this.parameter(`${prefix}weight_hh`, rows, units),
      biasIh: this.parameter(`${prefix}bias_ih`, rows),
      biasHh: this.parameter(`${prefix}bias_hh`, rows),
    };
  }

  recurrent(cell: RecurrentOptions['cell']): Tensor {
    const [time, features, units] = this.sizes(3, 1, 4) as [number, number, number];
    const directions = ['forward.', 'reverse.']
      .slice(0, this.size(1, 2))
      .map(prefix => this.recurrentParameters(cell, units, features, prefix));
    const functions = ['tanh', 'relu', 'sigmoid', 'hard-sigmoid', 'identity'] as const;
    const options = {
      cell,
      nonlinearity: this.one(functions),
      gate: this.one(functions),
      output: this.one(['last', 'sequence'] as const),
    };
    // gates without a bound multiply the state by itself: after a few steps nothing of a difference is left
    const steps = options.gate === 'relu' || options.gate === 'identity' ? Math.min(time, 2) : time;
    return recurrent(this.graph, this.sequence(steps, features), directions, options);
  }

  relay(): Tensor {
    const cell = this.one(['rnn', 'gru', 'lstm'] as const);
    const [units, features] = this.sizes(2, 1, 3) as [number, number];
    const times = this.sizes(this.size(1, 3), 1, 3);
    const parts = times.map((time, index) => ({
      time,
      parameters: this.recurrentParameters(cell, units, features, `part${index}.`),
    }));
    return relay(
      this.graph,
      this.sequence(
        times.reduce((a, b) => a + b),
        features,
      ),
      parts,
      { cell, nonlinearity: 'tanh' },
    );
  }
}

const half = (size: number): number => Math.floor(size / 2);

/** By the operator's name as nodes carry it: the node must be among those that the example makes. */
export const RANDOM_OPERATORS: Readonly<Record<string, (draw: Draw) => Tensor>> = {
  add: draw => {
    const x = draw.anyShape();
    return add(draw.graph, x, draw.one([x, draw.parameter('other', ...x.shape)]));
  },
  reshape: draw => {
    const [a, b, c] = draw.sizes(3, 1, 3) as [number, number, number];
    return reshape(draw.graph, draw.x(a, b * c), [draw.graph.batch, ...draw.one([[a * b * c], [a * b, c], [b, a, c]])]);
  },
  'last-step': draw => lastStep(draw.graph, draw.x(...draw.sizes(2, 1, 5))),
  'mean-over-time': draw => meanOverTime(draw.graph, draw.x(...draw.sizes(2, 1, 5))),
  'slice-over-time': draw => {
    const [time, features] = [draw.size(2, 6), draw.size(1, 4)];
    const start = draw.size(0, time - 1);
    return sliceOverTime(draw.graph, draw.x(time, features), start, draw.size(1, time - start));
  },
  concatenate: draw => {
    const sizes = draw.sizes(draw.size(1, 3), 1, 3);
    const axis = draw.size(1, sizes.length);
    const parts = draw
      .sizes(draw.size(1, 3), 1, 4)
      .map((count, index) =>
        draw.parameter(`part${index}`, draw.graph.batch, ...sizes.map((size, at) => (at + 1 === axis ? count : size))),
      );
    return concatenate(draw.graph, parts, axis);
  },
  multiply: draw => {
    const x = draw.anyShape();
    return multiply(draw.graph, x, draw.one([x, draw.parameter('other', ...x.shape)]));
  },
  permute: draw => {
    const x = draw.x(...draw.sizes(draw.size(1, 4), 1, 3));
    const order = x.shape.map((_, axis) => axis);
    for (let i = order.length - 1; i > 0; i--) {
      const j = draw.size(0, i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return permute(draw.graph, x, order);
  },
  activation: draw =>
    activation(draw.graph, draw.anyShape(), draw.one(ACTIVATION_NAMES.filter(name => name !== 'identity'))),
  gate: draw => {
    const sizes = draw.sizes(draw.size(1, 3), 1, 3);
    const axis = draw.size(0, sizes.length - 1);
    return gate(
      draw.graph,
      draw.x(...sizes.map((size, index) => (index === axis ? 2 * size : size))),
      draw.one(['glu', 'swiglu']),
      axis + 1,
    );
  },
  prelu: draw => {
    const x = draw.anyShape();
    const axis = draw.size(1, x.shape.length - 1);
    return prelu(draw.graph, x, draw.parameter('slope', draw.one([1, x.shape[axis]])), axis);
  },
  dense: draw => {
    const [units, features] = draw.sizes(2, 1, 6) as [number, number];
    const bias = draw.one([true, false]) ? draw.parameter('bias', units) : undefined;
    const x = draw.one([true, false])
      ? draw.sequence(draw.size(1, 5), features)
      : draw.x(...draw.sizes(draw.size(0, 2), 1, 3), features);
    return dense(draw.graph, x, draw.parameter('weight', units, features), bias, draw.one(ACTIVATION_NAMES));
  },
  embedding: draw => {
    const vocabulary = draw.size(2, 6);
    const ids = draw.graph.ids('ids', [draw.graph.batch, draw.size(1, 5)], vocabulary);
    return embedding(draw.graph, ids, draw.parameter('weight', vocabulary, draw.size(1, 4)));
  },
  'position-embedding': draw => {
    const [time, features] = draw.sizes(2, 1, 5) as [number, number];
    return positionEmbedding(
      draw.graph,
      draw.x(time, features),
      draw.parameter('weight', time + draw.size(0, 2), features),
    );
  },
  attend: draw => {
    const [heads, size, time] = draw.sizes(3, 1, 3) as [number, number, number];
    const causal = draw.one([true, false]);
    const places = causal ? time : draw.size(1, 4);
    const at = (name: string, length: number): Tensor => draw.parameter(name, draw.graph.batch, length, heads * size);
    return attend(draw.graph, at('query', time), at('key', places), at('value', places), {
      heads,
      causal,
      scale: draw.size(1, 10) / 10,
    });
  },
  dropout: draw => dropout(draw.graph, draw.anyShape(), draw.size(1, 9) / 10),
  'layer-norm': draw => {
    const x = draw.anyShape(2);
    const features = x.shape.at(-1)!;
    return layerNorm(
      draw.graph,
      x,
      draw.parameter('weight', features),
      draw.parameter('bias', features),
      draw.one([1e-5, 1e-2]),
    );
  },
  'rms-norm': draw => {
    const x = draw.anyShape();
    return rmsNorm(draw.graph, x, draw.parameter('weight', x.shape.at(-1)!), draw.one([1e-6, 1e-2]));
  },
  'group-norm': draw => {
    const [groups, size] = [draw.size(1, 3), draw.size(2, 3)];
    const channels = groups * size;
    const x = draw.x(channels, ...draw.sizes(draw.size(0, 2), 1, 3));
    return groupNorm(draw.graph, x, draw.parameter('weight', channels), draw.parameter('bias', channels), groups, 1e-5);
  },
  'weight-norm': draw => {
    const [units, ...rest] = [draw.size(1, 4), ...draw.sizes(draw.size(1, 3), 1, 3)] as [number, ...number[]];
    return weightNorm(
      draw.graph,
      draw.parameter('v', units, ...rest),
      draw.parameter('g', units, ...rest.map(() => 1)),
    );
  },
  convolution: draw => {
    const groups = draw.size(1, 3);
    const lengths = draw.sizes(draw.size(1, 2), 3, 5);
    const options = draw.windows(lengths, size => size);
    const [depth, perGroup] = draw.sizes(2, 1, 2) as [number, number];
    const bias = draw.one([true, false]) ? draw.parameter('bias', groups * perGroup) : undefined;
    return convolution(
      draw.graph,
      draw.x(groups * depth, ...lengths),
      draw.parameter('weight', groups * perGroup, depth, ...options.kernel),
      bias,
      options,
      draw.one(ACTIVATION_NAMES),
    );
  },
  'transposed-convolution': draw => {
    const groups = draw.size(1, 2);
    const lengths = draw.sizes(draw.size(1, 2), 2, 3);
    const { kernel, stride, dilation } = draw.windows(
      lengths.map(() => 3),
      () => 0,
    );
    const padding = kernel.map((size, axis) => draw.size(0, half(dilation[axis] * (size - 1))));
    const outputPadding = stride.map((size, axis) => draw.size(0, Math.max(size, dilation[axis]) - 1));
    const [depth, filters] = draw.sizes(2, 1, 2) as [number, number];
    const bias = draw.one([true, false]) ? draw.parameter('bias', groups * filters) : undefined;
    return transposedConvolution(
      draw.graph,
      draw.x(groups * depth, ...lengths),
      draw.parameter('weight', groups * depth, filters, ...kernel),
      bias,
      { kernel, stride, dilation, padding, outputPadding, groups },
      draw.one(ACTIVATION_NAMES),
    );
  },
  upsample: draw => {
    const lengths = draw.sizes(draw.size(1, 2), 1, 4);
    return upsample(
      draw.graph,
      draw.x(draw.size(1, 3), ...lengths),
      lengths.map(() => draw.size(1, 3)),
    );
  },
  'max-pool': draw => {
    const lengths = draw.sizes(draw.size(1, 2), 3, 6);
    return maxPool(draw.graph, draw.x(draw.size(1, 3), ...lengths), {
      ...draw.windows(lengths, half),
      dilation: lengths.map(() => 1),
    });
  },
  'average-pool': draw => {
    const lengths = draw.sizes(draw.size(1, 2), 3, 6);
    const options = { ...draw.windows(lengths, half), dilation: lengths.map(() => 1) };
    return averagePool(draw.graph, draw.x(draw.size(1, 3), ...lengths), options, draw.one([true, false]));
  },
  'global-average-pool': draw =>
    globalAveragePool(draw.graph, draw.x(draw.size(1, 3), ...draw.sizes(draw.size(1, 2), 1, 5))),
  'global-max-pool': draw => globalMaxPool(draw.graph, draw.x(draw.size(1, 3), ...draw.sizes(draw.size(1, 2), 1, 5))),
  'batch-norm': draw => {
    const channels = draw.size(1, 4);
    const at = (name: string): Tensor => draw.parameter(name, channels);
    const state = (name: string): Tensor => draw.graph.state(name, [channels]);
    return batchNorm(
      draw.graph,
      draw.x(channels, ...draw.sizes(draw.size(0, 2), 2, 3)),
      at('weight'),
      at('bias'),
      state('mean'),
      state('variance'),
      { momentum: 0.1, epsilon: 1e-5 },
    );
  },
  'frozen-batch-norm': draw => {
    const channels = draw.size(1, 4);
    const at = (name: string): Tensor => draw.graph.parameter(name, [channels], { trainable: false });
    const state = (name: string): Tensor => draw.graph.state(name, [channels]);
    return frozenBatchNorm(
      draw.graph,
      draw.x(channels, ...draw.sizes(draw.size(0, 2), 2, 3)),
      at('weight'),
      at('bias'),
      state('mean'),
      state('variance'),
      0.1,
    );
  },
  rnn: draw => draw.recurrent('rnn'),
  gru: draw => draw.recurrent('gru'),
  lstm: draw => draw.recurrent('lstm'),
  relay: draw => draw.relay(),
  ...RANDOM_TENSOR_OPERATORS,
};
