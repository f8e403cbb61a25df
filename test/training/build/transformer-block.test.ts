/** A transformer block against a plain second implementation, and what becomes of the layers inside it. */
import { describe, expect, it } from 'vitest';
import { allLayers, layerAt } from '../../../src/diagnosis/layers';
import { Graph } from '../../../src/engine/graph';
import { elementwiseLoss } from '../../../src/engine/operators/losses';
import { Random } from '../../../src/engine/random';
import { createSession } from '../../../src/engine/session';
import type { Tensor } from '../../../src/engine/tensor';
import { parameterCount } from '../../../src/model/resolve/parameter-count';
import { buildLayers } from '../../../src/training/build/build-layer';
import { runToEnd } from '../../../src/training/run-in-process';
import { model, problems, withLayer } from '../../frontends/model-file/compile-text';

const PLAIN_DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
type Matrix = number[][];
type Weights = (name: string) => ArrayLike<number>;

const linear = (x: Matrix, weight: ArrayLike<number>, bias: ArrayLike<number>): Matrix =>
  x.map(row =>
    Array.from({ length: bias.length }, (_, u) =>
      row.reduce((sum, value, f) => sum + value * weight[u * row.length + f], bias[u]),
    ),
  );
const plus = (a: Matrix, b: Matrix): Matrix => a.map((row, t) => row.map((value, f) => value + b[t][f]));
const layerNorm = (x: Matrix, weight: ArrayLike<number>, bias: ArrayLike<number>): Matrix =>
  x.map(row => {
    const mean = row.reduce((sum, v) => sum + v) / row.length;
    const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length;
    return row.map((v, f) => ((v - mean) / Math.sqrt(variance + 1e-5)) * weight[f] + bias[f]);
  });

function attention(x: Matrix, heads: number, causal: boolean, weights: Weights): Matrix {
  const part = (name: string): Matrix =>
    linear(x, weights(`attention.${name}.weight`), weights(`attention.${name}.bias`));
  const [query, key, value] = [part('query'), part('key'), part('value')];
  const size = x[0].length / heads;
  const gathered = query.map((q, t) =>
    q.map((_, f) => {
      const start = Math.floor(f / size) * size;
      const scores = key.map((k, s) => {
        let dot = 0;
        for (let i = start; i < start + size; i++) dot += q[i] * k[i];
        return causal && s > t ? 0 : Math.exp(dot / Math.sqrt(size));
      });
      const sum = scores.reduce((a, b) => a + b);
      return scores.reduce((total, score, s) => total + (score / sum) * value[s][f], 0);
    }),
  );
  return linear(gathered, weights('attention.out.weight'), weights('attention.out.bias'));
}

const FEED = {
  relu: (row: number[]) => row.map(v => Math.max(v, 0)),
  swiglu: (row: number[]) => row.slice(row.length / 2).map((b, i) => (row[i] / (1 + Math.exp(-row[i]))) * b),
};
type FeedActivation = keyof typeof FEED;

function plainBlock(
  x: Matrix,
  {
    heads,
    causal,
    norm,
    activation,
  }: { heads: number; causal: boolean; norm: 'pre' | 'post'; activation: FeedActivation },
  weights: Weights,
): Matrix {
  const normalized = (input: Matrix, name: string): Matrix =>
    layerNorm(input, weights(`${name}.weight`), weights(`${name}.bias`));
  const attend = (input: Matrix): Matrix => attention(input, heads, causal, name => weights(`attend.${name}`));
  const feed = (input: Matrix): Matrix =>
    linear(
      linear(input, weights('feed.up.weight'), weights('feed.up.bias')).map(FEED[activation]),
      weights('feed.down.weight'),
      weights('feed.down.bias'),
    );
  if (norm === 'pre') {
    const between = plus(x, attend(normalized(x, 'attend.norm')));
    return plus(between, feed(normalized(between, 'feed.norm')));
  }
  const between = normalized(plus(x, attend(x)), 'attend-norm');
  return normalized(plus(between, feed(between)), 'feed-norm');
}

describe('a transformer block', () => {
  it.each([
    { norm: 'pre', causal: true, activation: 'relu' },
    { norm: 'post', causal: false, activation: 'relu' },
    { norm: 'pre', causal: false, activation: 'swiglu' },
    { norm: 'post', causal: true, activation: 'swiglu' },
  ] as const)('is what it is made of: $norm, $activation', ({ norm, causal, activation }) => {
    const text = `type: transformer-block, name: block, heads: 2, feed_forward: 5, activation: ${activation}, norm: ${norm}, causal: ${causal}`;
    const { layers } = model(withLayer(text, 'data: teacher\nloss: mse', '[4, 6]'));
    const graph = new Graph('training', 2);
    const y = buildLayers(graph, layers, graph.input('input', [2, 4, 6])) as Tensor;
    elementwiseLoss(graph, 'mse', y, graph.target('target', [2, 4, 6]));
    const session = createSession({
      training: graph,
      optimizer: PLAIN_DESCENT,
      seed: 1,
      kernels: 'reference',
      precision: 'float64',
    });
    const random = new Random(9);
    for (const name of graph.parameters.keys())
      session.parameter(name).forEach((_, i, all) => {
        all[i] = 0.5 * random.normal();
      });
    const x = Array.from({ length: 2 * 4 * 6 }, () => random.normal());
    session.feed('input', x);
    session.feed('target', new Array<number>(x.length).fill(0));
    session.gradients();
    const matrixOf = (values: readonly number[]): Matrix =>
      Array.from({ length: 4 }, (_, t) => values.slice(6 * t, 6 * t + 6));
    const expected = [x.slice(0, 24), x.slice(24)].flatMap(example =>
      plainBlock(matrixOf(example), { heads: 2, causal, norm, activation }, name =>
        session.parameter(`block.${name}`),
      ).flat(),
    );
    const output = session.output('training');
    expected.forEach((value, i) => expect(output[i]).toBeCloseTo(value, 10));
  });

  it('has layers with names of their own in records and for the diagnosis', () => {
    const file = model(
      withLayer(
        'type: transformer-block, heads: 2, dropout: 0.1, kernel_initializer: he-normal',
        'data: teacher\nloss: mse\nsteps: 2',
        '[4, 6]',
      ),
    );
    expect(allLayers(file.layers).map(({ path, type }) => `${path} ${type}`)).toEqual([
      'transformer-block1.attend.norm layer-norm',
      'transformer-block1.attend.attention attention',
      'transformer-block1.attend.dropout dropout',
      'transformer-block1.attend residual',
      'transformer-block1.feed.norm layer-norm',
      'transformer-block1.feed.up dense',
      'transformer-block1.feed.down dense',
      'transformer-block1.feed.dropout dropout',
      'transformer-block1.feed residual',
      'transformer-block1 transformer-block',
    ]);
    expect(layerAt(file, 'transformer-block1.feed.up')).toMatchObject({
      units: 24,
      activation: 'gelu',
      kernelInitializer: { type: 'he-normal' },
    });
    const history = runToEnd(file, { memoryLimitBytes: 2 ** 28 });
    expect(history.layout.layers.map(({ path }) => path)).toEqual(allLayers(file.layers).map(({ path }) => path));
    const { outputStd, outputGradientNorms } = history.records[0];
    expect([...outputStd, ...outputGradientNorms].every(value => value > 0)).toBe(true);
    // The block's output is the sum that its last residual returns.
    expect(outputGradientNorms.at(-1)).toBe(outputGradientNorms.at(-2));
    const sizes = history.layout.parameters.map(({ shape }) => shape.reduce((a, b) => a * b));
    expect(parameterCount(file.layers[0])).toBe(sizes.reduce((a, b) => a + b));
  });

  it.each([
    ['heads: 4', '[4, 6]', 'cannot divide the 6 features'],
    ['heads: 2', '[6]', 'needs a sequence of shape [time, features]'],
  ])('with %s over %s is refused by its own name', (heads, input, message) => {
    const found = problems(withLayer(`type: transformer-block, ${heads}`, '', input));
    expect(found).toMatchObject([{ code: 'shape-mismatch' }]);
    expect(found[0].message).toContain('`transformer-block1` (transformer-block)');
    expect(found[0].message).toContain(message);
  });
});
