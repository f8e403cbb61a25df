import { describe, expect, it } from 'vitest';
import type { ClipOptions } from '../../src/engine/clipping';
import { Graph } from '../../src/engine/graph';
import { observeLayer } from '../../src/engine/observe';
import { dense } from '../../src/engine/operators/dense';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { recurrent, type RecurrentParameters } from '../../src/engine/operators/recurrent';
import { createSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';

const DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
const KERNELS = ['reference', 'simd'] as const;

/** A chain of one-unit dense layers a, b, c without bias and of these weights, fed 1, its target 0. */
function chainOf(weights: readonly number[], kernels: 'reference' | 'simd', clip?: ClipOptions): Session {
  const graph = new Graph('training', 1);
  let x = graph.input('input', [1, 1]);
  const names = ['a', 'b', 'c'].slice(0, weights.length);
  for (const name of names) {
    x = graph.within(name, () => dense(graph, x, graph.parameter(name, [1, 1]), undefined));
    observeLayer(graph, name, x, 'identity');
  }
  elementwiseLoss(graph, 'mse', x, graph.target('target', [1, 1]));
  const session = createSession({
    training: graph,
    optimizer: DESCENT,
    kernels,
    precision: 'float32',
    seed: 1,
    ...(clip && { clip }),
  });
  names.forEach((name, i) => session.parameter(name).fill(weights[i]));
  session.feed('input', [1]);
  session.feed('target', [0]);
  return session;
}

/** A relu rnn of one unit over 12 time steps, fed ones, that multiplies its state by 1e4 at each. */
function explodingRnn(directions: 1 | 2, kernels: 'reference' | 'simd'): Session {
  const graph = new Graph('training', 2);
  const x = graph.input('input', [2, 12, 1]);
  const y = graph.within('memory', () => {
    const parameters = ['f', 'r'].slice(0, directions).map((name): RecurrentParameters => ({
      weightIh: graph.parameter(`${name}.ih`, [1, 1]),
      weightHh: graph.parameter(`${name}.hh`, [1, 1]),
      biasIh: graph.parameter(`${name}.bih`, [1]),
      biasHh: graph.parameter(`${name}.bhh`, [1]),
    }));
    return recurrent(graph, x, parameters, { cell: 'rnn', nonlinearity: 'relu', output: 'last' });
  });
  observeLayer(graph, 'memory', y, 'identity');
  elementwiseLoss(graph, 'mae', y, graph.target('target', [2, directions]));
  const session = createSession({ training: graph, optimizer: DESCENT, kernels, precision: 'float32', seed: 1 });
  for (const name of graph.parameters.keys())
    if (name.endsWith('h')) session.parameter(name).fill(name.endsWith('.ih') ? 1 : 0);
  session.parameter(directions === 1 ? 'f.hh' : 'r.hh').fill(1e4);
  session.feed('input', new Array<number>(24).fill(1));
  session.feed('target', new Array<number>(2 * directions).fill(0));
  return session;
}

for (const kernels of KERNELS) {
  describe(`the origin of what is not finite (${kernels})`, () => {
    it('is none where all is finite', () => {
      expect(chainOf([1, 1, 1], kernels).step(0.1).nonFinite).toBeUndefined();
    });

    it('is the first layer whose output overflows', () => {
      const { nonFinite } = chainOf([1e20, 1e20, 1], kernels).step(0.1, []);
      expect(nonFinite).toEqual({ direction: 'forward', path: 'b', kind: 'infinity', timeStep: undefined });
    });

    it('is the first layer with NaN', () => {
      const { nonFinite } = chainOf([1, NaN, 1], kernels).step(0.1, []);
      expect(nonFinite).toEqual({ direction: 'forward', path: 'b', kind: 'nan', timeStep: undefined });
    });

    it('is the layer whose backward pass overflows', () => {
      const measured = chainOf([1e-30, 1e30, 1e10], kernels).step(0.1, []);
      expect(measured.loss).toBeCloseTo(1e20, -15);
      expect(measured.nonFinite).toEqual({ direction: 'backward', path: 'b', kind: 'infinity', timeStep: undefined });
    });

    it('is the update that overflows, after which nothing else was wrong', () => {
      const session = chainOf([1, 1e10], kernels);
      const { nonFinite, loss } = session.step(1e30, []);
      expect(loss).toBeCloseTo(1e20, -15);
      expect(nonFinite).toEqual({ direction: 'update', path: 'a', kind: 'infinity', timeStep: undefined });
    });

    it('updates nothing where loss or gradient is not finite', () => {
      const session = chainOf([1e20, 1e20, 1], kernels);
      session.step(0.1);
      expect(session.parameter('c')[0]).toBe(1);
    });

    it('is a time step of a recurrent layer, in either direction', () => {
      // After step t the state is about 1e4^t, which leaves float32 at t = 10.
      expect(explodingRnn(1, kernels).step(0.1, []).nonFinite).toEqual({
        direction: 'forward',
        path: 'memory',
        kind: 'infinity',
        timeStep: 10,
      });
      expect(explodingRnn(2, kernels).step(0.1, []).nonFinite).toEqual({
        direction: 'forward',
        path: 'memory',
        kind: 'infinity',
        timeStep: 1,
      });
    });

    it('clips a gradient of norm 2e36, and what is left has the norm that was asked for', () => {
      const session = chainOf([1e-24, 1e27, 1e3], kernels, { type: 'norm', max: 1 });
      const { gradientNorm, clipFactor, nonFinite } = session.step(0, []);
      expect(nonFinite).toBeUndefined();
      // out = 1e6, dLoss / da = 2 out b c = 2e36
      expect(gradientNorm / 2e36).toBeCloseTo(1, 5);
      expect(clipFactor * gradientNorm).toBeCloseTo(1, 5);
    });

    it('reports a gradient of norm 1e30 as it is', () => {
      const { parameterGradientNorms, nonFinite } = chainOf([1e-20, 1e25, 1e5], kernels).step(0, []);
      // dLoss / da = 2 out * b c = 2 * 1e10 * 1e30
      expect(nonFinite?.direction).toBe('backward');
      const finite = chainOf([1e-25, 1e25, 1], kernels).step(0, []);
      expect(finite.nonFinite).toBeUndefined();
      expect(finite.parameterGradientNorms[0] / 2e25).toBeCloseTo(1, 5);
      expect(parameterGradientNorms[0]).toBe(Infinity);
    });
  });
}
