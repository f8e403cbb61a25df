import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import type { MeasurementGroup } from '../../src/engine/instruction';
import { observeLayer } from '../../src/engine/observe';
import type { ActivationName } from '../../src/engine/operators/activation';
import { batchNorm } from '../../src/engine/operators/batch-norm';
import { dense } from '../../src/engine/operators/dense';
import { dropout } from '../../src/engine/operators/dropout';
import { crossEntropy } from '../../src/engine/operators/losses';
import { Random } from '../../src/engine/random';
import { createSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';
import type { SessionOptions } from '../../src/engine/session-options';

const DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
const BATCH = 6;
const RUNS = [
  { kernels: 'reference', precision: 'float64' },
  { kernels: 'reference', precision: 'float32' },
  { kernels: 'simd', precision: 'float32' },
] as const;

/** dense, batch-norm, dropout, dense: three features to three classes. */
function network(
  mode: 'training' | 'evaluation',
  batch: number,
  { rate = 0.5, activation = 'relu' }: { rate?: number; activation?: ActivationName } = {},
): Graph {
  const graph = new Graph(mode, batch);
  const x = graph.input('input', [batch, 3]);
  const hidden = graph.within('hidden', () =>
    dense(graph, x, graph.parameter('hidden.weight', [8, 3]), graph.parameter('hidden.bias', [8]), activation),
  );
  observeLayer(graph, 'hidden', hidden, activation);
  const normal = graph.within('norm', () =>
    batchNorm(
      graph,
      hidden,
      graph.parameter('norm.weight', [8]),
      graph.parameter('norm.bias', [8]),
      graph.state('norm.running_mean', [8]),
      graph.state('norm.running_var', [8]),
      { momentum: 0.1, epsilon: 1e-5 },
    ),
  );
  const dropped = graph.within('drop', () => dropout(graph, normal, rate));
  const output = graph.within('out', () =>
    dense(graph, dropped, graph.parameter('out.weight', [3, 8]), graph.parameter('out.bias', [3])),
  );
  observeLayer(graph, 'out', output, 'identity');
  crossEntropy(graph, output, graph.ids('target', [batch], 3));
  return graph;
}

function open(options: Partial<SessionOptions> & { readonly training: Graph }): Session {
  const session = createSession({
    optimizer: DESCENT,
    kernels: 'reference',
    precision: 'float64',
    seed: 5,
    ...options,
  });
  const random = new Random(11);
  for (const name of options.training.parameters.keys()) {
    const values = session.parameter(name);
    for (let i = 0; i < values.length; i++) values[i] = Math.fround(random.normal() / 2);
  }
  session.parameter('norm.weight').fill(1);
  session.state('norm.running_var').fill(1);
  session.feed('input', examples(BATCH));
  session.feed('target', [0, 1, 2, 0, 1, 2]);
  return session;
}

function examples(count: number): number[] {
  const random = new Random(12);
  return Array.from({ length: count * 3 }, () => Math.fround(random.normal()));
}

describe('a session', () => {
  for (const run of RUNS) {
    it(`gives the same bits for the same seed, others for another (${run.kernels}, ${run.precision})`, () => {
      const losses = (seed: number): number[] => {
        const session = open({ training: network('training', BATCH), seed, ...run });
        return Array.from({ length: 5 }, () => session.step(0.1).loss);
      };
      expect(losses(5)).toEqual(losses(5));
      expect(losses(5)).not.toEqual(losses(6));
    });
  }

  it('measures only what a step asks for, and trains the same', () => {
    const losses = (measure: readonly MeasurementGroup[]): number[] => {
      const session = open({ training: network('training', BATCH) });
      return Array.from({ length: 4 }, () => session.step(0.1, measure).loss);
    };
    expect(losses([])).toEqual(losses(['outputs', 'output-gradients', 'input-gradient', 'states', 'parameters']));
    const measured = open({ training: network('training', BATCH) }).step(0.1, ['outputs']);
    expect(measured.outputStd.every(Number.isFinite)).toBe(true);
    expect(measured.outputGradientNorms.every(Number.isNaN)).toBe(true);
    expect(measured.inputGradientNorm).toBeNaN();
    expect(measured.parameterGradientNorms.every(Number.isFinite)).toBe(true);
  });

  it('reports the change that an update made', () => {
    const session = open({ training: network('training', BATCH) });
    const before = session.parameter('out.weight').slice();
    const { updateNorms, parameterGradientNorms } = session.step(0.25);
    const change = Math.hypot(...session.parameter('out.weight').map((value, i) => value - before[i]));
    expect(updateNorms[4]).toBeCloseTo(change, 12);
    expect(updateNorms[4]).toBeCloseTo(0.25 * parameterGradientNorms[4], 12);
  });

  it('sees dead and saturated units', () => {
    const session = open({ training: network('training', BATCH) });
    session.parameter('hidden.bias').set([-1000, -1000], 2);
    const dead = session.gradients();
    expect(dead.deadShare[0]).toBe(2 / 8);
    expect(dead.zeroShare[0]).toBeGreaterThan(2 / 8);
    expect(dead.saturatedShare[0]).toBe(0);
    const bounded = open({ training: network('training', BATCH, { activation: 'tanh' }) });
    bounded.parameter('hidden.bias').fill(1000);
    expect(bounded.gradients().saturatedShare[0]).toBe(1);
  });

  it('refuses ids out of range and inputs of a wrong length', () => {
    const session = open({ training: network('training', BATCH) });
    expect(() => session.feed('target', [0, 1, 2, 3, 0, 0])).toThrow('ids from 0 to 2, not 3');
    expect(() => session.feed('target', [0, 1, 1.5, 0, 0, 0])).toThrow(RangeError);
    expect(() => session.feed('input', [1, 2, 3])).toThrow('not the whole batch');
    expect(() => session.feed('inputs', [])).toThrow('There is no input named inputs.');
  });
});

describe('evaluation', () => {
  for (const run of RUNS) {
    it(`shares parameters and statistics, without dropout, over part of its batch (${run.kernels}, ${run.precision})`, () => {
      const session = open({ training: network('training', BATCH), evaluation: network('evaluation', 4), ...run });
      for (let i = 0; i < 3; i++) session.step(0.1);
      const weights = session.parameter('out.weight').slice();
      const values = examples(4);
      session.feedEvaluation('input', values);
      session.feedEvaluation('target', [0, 1, 2, 0]);
      const whole = session.evaluate(4);
      session.feedEvaluation('input', values.slice(0, 9));
      const three = session.evaluate(3);
      session.feedEvaluation('input', values.slice(9));
      session.feedEvaluation('target', [0]);
      const one = session.evaluate(1);
      expect((three.loss * 3 + one.loss) / 4).toBeCloseTo(whole.loss, run.precision === 'float64' ? 12 : 5);
      expect((three.accuracy! * 3 + one.accuracy!) / 4).toBeCloseTo(whole.accuracy!, 12);
      expect(session.parameter('out.weight')).toEqual(weights);
      expect(() => session.evaluate(5)).toThrow(RangeError);
    });
  }

  it('does not disturb training', () => {
    const train = (evaluate: boolean): number[] => {
      const session = open({ training: network('training', BATCH), evaluation: network('evaluation', 4) });
      return Array.from({ length: 4 }, () => {
        if (evaluate) {
          session.feedEvaluation('input', examples(4));
          session.evaluate(4);
        }
        return session.step(0.1).loss;
      });
    };
    expect(train(true)).toEqual(train(false));
  });
});
