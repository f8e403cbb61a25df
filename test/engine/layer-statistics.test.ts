/**
 * What is recorded of every layer against a second computation from the layer's own output, which is read from a
 * network that ends there; and of every parameter against what the update did to it. (Gradients by outputs and states
 * are held against PyTorch's in the golden cases.)
 */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { createSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';
import type { Tensor } from '../../src/engine/tensor';
import { Random } from '../../src/engine/random';
import { allLayers } from '../../src/diagnosis/layers';
import type { LayerSpec } from '../../src/model/model-spec';
import { buildLayers } from '../../src/training/build/build-layer';
import { model, withLayers } from '../frontends/model-file/compile-text';

const BATCH = 5;
const RATE = 0.05;
type NumberSet = readonly [kernels: 'reference' | 'simd', precision: 'float32' | 'float64', digits: number];
const SETS: readonly NumberSet[] = [
  ['reference', 'float64', 10],
  ['simd', 'float32', 4],
];
const DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;

const NETWORKS = {
  maps: {
    input: [2, 6, 7],
    layers: [
      'type: conv2d, filters: 6, kernel: 3, activation: relu',
      'type: max-pool2d, size: 2',
      'type: batch-norm',
      'type: conv2d-transpose, filters: 3, kernel: 2, stride: 2, activation: relu6',
      'type: flatten',
      'type: dense, units: 4, activation: hard-tanh',
    ],
  },
  sequences: {
    input: [6, 3],
    layers: [
      'type: lstm, units: 5, output: sequence',
      'type: dense, units: 6, activation: relu',
      'type: attention, heads: 2',
      'type: rnn, units: 4, bidirectional: true',
      'type: dense, units: 3, activation: sigmoid',
    ],
  },
} as const;

/** The first layers of a network, run on seeded numbers. Every parameter depends on its name alone. */
function run(
  layers: readonly LayerSpec[],
  input: readonly number[],
  [kernels, precision]: NumberSet,
): { graph: Graph; session: Session; output: Tensor } {
  const graph = new Graph('training', BATCH);
  const output = buildLayers(graph, layers, graph.input('input', [BATCH, ...input])) as Tensor;
  elementwiseLoss(graph, 'mse', output, graph.target('target', output.shape));
  const session = createSession({ training: graph, optimizer: DESCENT, seed: 1, kernels, precision });
  const random = new Random(4);
  for (const name of graph.parameters.keys()) {
    const own = random.fork(name);
    // Far from 0, so that bounded activations reach their ends, and two units die.
    session.parameter(name).forEach((_, i, all) => {
      all[i] = name.endsWith('bias') && i < 2 ? -50 : 1.5 * own.normal();
    });
  }
  const numbers = random.fork('input');
  session.feed(
    'input',
    Array.from({ length: BATCH * input.reduce((a, b) => a * b) }, () => Math.fround(numbers.normal())),
  );
  session.feed(
    'target',
    Array.from({ length: output.storage.length }, () => numbers.normal()),
  );
  return { graph, session, output };
}

/** Ends of the flat parts, as the record's documentation has them. */
const FLAT: Readonly<Record<string, (y: number) => boolean>> = {
  relu6: y => y > 5.91,
  'hard-tanh': y => Math.abs(y) > 0.97,
  sigmoid: y => y < 0.015 || y > 0.985,
  tanh: y => Math.abs(y) > 0.97,
};

describe.each(SETS)('%s', (...set) => {
  it.each(Object.entries(NETWORKS))('statistics of %s', (_, { input, layers: fields }) => {
    const { layers } = model(
      withLayers(fields.map(each => `  - { ${each} }`).join('\n'), 'data: teacher\nloss: mse', `[${input.join()}]`),
    );
    const whole = run(layers, input, set);
    const measured = whole.session.step(0);
    let [someDead, someSaturated] = [false, false];
    layers.forEach((layer, index) => {
      const part = run(layers.slice(0, index + 1), input, set);
      part.session.gradients();
      const y = [...part.session.output('training')];
      const mean = y.reduce((a, b) => a + b) / y.length;
      const std = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length);
      const maps = layer.outputShape.length === 3;
      const units = maps ? layer.outputShape[0] : layer.outputShape.at(-1)!;
      const inner = maps ? layer.outputShape[1] * layer.outputShape[2] : 1;
      const dead = Array.from({ length: units }, (__, u) =>
        y.every((value, i) => Math.floor(i / inner) % units !== u || value === 0),
      );
      const bound = layer.type === 'lstm' || layer.type === 'rnn' ? 'tanh' : layer.activation;
      const deadShare = dead.filter(Boolean).length / units;
      const saturatedShare = y.filter(FLAT[bound] ?? (() => false)).length / y.length;
      const close = (what: string, got: number, expected: number): void =>
        expect(got / expected, `${what} of ${layer.path}: ${got}, not ${expected}`).toBeCloseTo(1, set[2]);
      expect(measured.outputMean[index], layer.path).toBeCloseTo(mean, set[2]);
      close('deviation', measured.outputStd[index], std);
      expect(measured.zeroShare[index], layer.path).toBeCloseTo(y.filter(value => value === 0).length / y.length, 12);
      expect(measured.deadShare[index], layer.path).toBeCloseTo(deadShare, 12);
      expect(measured.saturatedShare[index], layer.path).toBeCloseTo(saturatedShare, 12);
      someDead ||= deadShare > 0 && deadShare < 1;
      someSaturated ||= saturatedShare > 0 && saturatedShare < 1;
    });
    expect(allLayers(layers).length).toBe(measured.outputStd.length);
    expect([someDead, someSaturated]).toEqual([true, true]);
  });

  it.each(Object.entries(NETWORKS))('updates and weights of %s', (_, { input, layers: fields }) => {
    const { layers } = model(
      withLayers(fields.map(each => `  - { ${each} }`).join('\n'), 'data: teacher\nloss: mse', `[${input.join()}]`),
    );
    const { graph, session } = run(layers, input, set);
    const before = [...graph.parameters.keys()].map(name => session.parameter(name).slice());
    const measured = session.step(RATE);
    [...graph.parameters.keys()].forEach((name, index) => {
      const after = session.parameter(name);
      const weight = Math.hypot(...before[index]);
      const change = Math.hypot(...after.map((value, i) => value - before[index][i]));
      expect(measured.parameterNorms[index] / weight, name).toBeCloseTo(1, set[2]);
      // A change is known to the rounding of the weights that it was added to.
      expect(Math.abs(measured.updateNorms[index] - change), name).toBeLessThan(change * 10 ** -set[2] + weight * 1e-7);
      expect(Math.abs(measured.updateNorms[index] - RATE * measured.parameterGradientNorms[index]), name).toBeLessThan(
        change * 10 ** -set[2] + weight * 1e-7,
      );
    });
  });
});
