import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { logarithmOfOnePlus } from '../../src/engine/logarithm-of-one-plus';
import { squaredLogarithmicError } from '../../src/engine/operators/squared-logarithmic-error';
import { createSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';

const OUTPUT = [0.5, -1.2, 2, 30, 0, 1e-9, 3, 0.1];
const TARGET = [1, 0, 0, 20, 2, 0, 3, 0.4];

function opened(
  kernels: 'reference' | 'simd',
  precision: 'float64' | 'float32',
  output: readonly number[] = OUTPUT,
): Session {
  const graph = new Graph('training', 8);
  squaredLogarithmicError(graph, graph.parameter('output', [8, 1]), graph.target('target', [8, 1]));
  const optimizer = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
  const session = createSession({ training: graph, optimizer, kernels, precision, seed: 1 });
  session.parameter('output').set(output);
  session.feed('target', TARGET);
  return session;
}

describe.each([
  { kernels: 'reference', precision: 'float64', digits: 14 },
  { kernels: 'simd', precision: 'float32', digits: 6 },
] as const)('the squared logarithmic error ($kernels)', ({ kernels, precision, digits }) => {
  it('is that of mse_loss(log1p(clamp(x, 0)), log1p(t)), in float64', () => {
    const session = opened(kernels, precision);
    const measured = session.gradients();
    expect(measured.loss).toBeCloseTo(0.33831260482902875, digits);
    expect(measured.accuracy).toBeUndefined();
    const expected = [
      -0.047947012075296815, 0, 0.09155102405567579, 0.003140844893239704, 0, 2.4999999962499996e-10, 0,
      -0.05480955836747456,
    ];
    expected.forEach((value, i) => expect(session.gradient('output')[i]).toBeCloseTo(value, digits));
  });

  it('tells numbers that are not finite', () => {
    const session = opened(kernels, precision, OUTPUT.with(0, NaN));
    expect(session.gradients().nonFinite).toBeDefined();
    expect(session.gradient('output')[0]).toBeNaN();
  });
});

it('has the gradient of its values, by central differences', () => {
  const session = opened('reference', 'float64');
  session.gradients();
  OUTPUT.forEach((output, i) => {
    // Where it has no derivative there is nothing to compare.
    if (Math.abs(output) < 1e-5) return;
    const [above, below] = [1e-5, -1e-5].map(
      step => opened('reference', 'float64', OUTPUT.with(i, output + step)).gradients().loss,
    );
    expect(session.gradient('output')[i]).toBeCloseTo((above - below) / 2e-5, 9);
  });
});

it('takes logarithms as the host does, tiny numbers included', () => {
  for (const x of [0, 1e-300, 1e-17, 1e-9, 0.1, 0.4999, 0.5, 1, 1e6, 1e300]) {
    const relative = x === 0 ? logarithmOfOnePlus(0) : logarithmOfOnePlus(x) / Math.log1p(x) - 1;
    expect(Math.abs(relative)).toBeLessThan(5e-16);
  }
  expect(logarithmOfOnePlus(Infinity)).toBe(Infinity);
});
