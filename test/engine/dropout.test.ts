import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { dropout } from '../../src/engine/operators/dropout';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { createSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';

const COUNT = 4096;
const RATE = 0.3;

/** Two dropouts of the same ones, side by side in the output. */
function open(seed: number, kernels: 'reference' | 'simd'): Session {
  const graph = new Graph('training', 1);
  const x = graph.parameter('x', [1, COUNT]);
  const y = dropout(graph, dropout(graph, x, RATE), RATE);
  elementwiseLoss(graph, 'mse', y, graph.target('target', [1, COUNT]));
  const optimizer = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
  const session = createSession({ training: graph, optimizer, kernels, precision: 'float32', seed });
  session.parameter('x').fill(1);
  return session;
}

for (const kernels of ['reference', 'simd'] as const) {
  describe(`dropout (${kernels})`, () => {
    it('drops its share, scales what stays, and masks every place in the graph anew', () => {
      const session = open(1, kernels);
      session.step(0);
      const output = [...session.output('training')];
      const kept = output.filter(value => value !== 0);
      // Two independent masks keep (1 - rate)² of all; five standard deviations are allowed.
      const share = (1 - RATE) ** 2;
      const deviation = Math.sqrt((share * (1 - share)) / COUNT);
      expect(Math.abs(kept.length / COUNT - share)).toBeLessThan(5 * deviation);
      for (const value of kept) expect(value).toBeCloseTo(1 / share, 5);
    });

    it('draws another mask at every step and for every seed, and the same ones again', () => {
      const masks = (seed: number): string[] => {
        const session = open(seed, kernels);
        return [0, 1].map(() => {
          session.step(0);
          return [...session.output('training')].map(value => (value === 0 ? '0' : '1')).join('');
        });
      };
      const [first, second] = masks(1);
      expect(first).not.toBe(second);
      expect(masks(1)).toEqual([first, second]);
      expect(masks(2)[0]).not.toBe(first);
    });
  });
}
