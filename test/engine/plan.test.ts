import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { isTensor, type Instruction } from '../../src/engine/instruction';
import { observeLayer } from '../../src/engine/observe';
import { dense } from '../../src/engine/operators/dense';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import { planMemory } from '../../src/engine/plan';
import { planSession } from '../../src/engine/session';
import type { Storage } from '../../src/engine/tensor';

const DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;

/** A chain of dense layers of one width, each under observation. */
function chain(depth: number, width: number): Graph {
  const graph = new Graph('training', 8);
  let x = graph.input('input', [8, width]);
  for (let i = 0; i < depth; i++) {
    const path = `layer${i}`;
    x = graph.within(path, () =>
      dense(
        graph,
        x,
        graph.parameter(`${path}.weight`, [width, width]),
        graph.parameter(`${path}.bias`, [width]),
        'tanh',
      ),
    );
    observeLayer(graph, path, x, 'tanh');
  }
  elementwiseLoss(graph, 'mse', x, graph.target('target', [8, width]));
  return graph;
}

interface Use {
  readonly storage: Storage;
  first: number;
  last: number;
}

function usesOf(instructions: readonly Instruction[]): Use[] {
  const uses = new Map<Storage, Use>();
  instructions.forEach((instruction, index) => {
    for (const { storage } of instruction.args.filter(isTensor)) {
      const use = uses.get(storage) ?? { storage, first: index, last: index };
      use.last = index;
      uses.set(storage, use);
    }
  });
  return [...uses.values()].filter(use => use.storage.role === 'temporary');
}

describe('planMemory', () => {
  it.each([1, 3])('never gives two blocks that live at one time the same bytes (%i batches a step)', accumulation => {
    const graph = chain(5, 16);
    const { plan } = planSession({
      training: graph,
      optimizer: DESCENT,
      kernels: 'reference',
      precision: 'float32',
      seed: 1,
      accumulation,
    });
    const uses = usesOf(graph.instructions);
    let pairs = 0;
    for (const a of uses) {
      for (const b of uses) {
        if (a === b || a.last < b.first || b.last < a.first) continue;
        const [startA, startB] = [plan.offsets.get(a.storage)!, plan.offsets.get(b.storage)!];
        expect(startA + a.storage.length * 4 <= startB || startB + b.storage.length * 4 <= startA).toBe(true);
        pairs++;
      }
    }
    expect(pairs).toBeGreaterThan(10);
  });

  it('uses the memory of dead blocks again', () => {
    const graph = new Graph('evaluation', 1);
    let x = graph.tensor([1024]);
    for (let i = 0; i < 20; i++) {
      const y = graph.tensor([1024]);
      graph.emit('copy', x, y);
      x = y;
    }
    const plan = planMemory([{ instructions: graph.instructions, kept: new Set() }], [], 'float32');
    expect(plan.bytes).toBe(2 * 4096);
  });

  it('lays programs that run by turns over each other, and shares what has one name', () => {
    const build = (): Graph => {
      const graph = new Graph('evaluation', 1);
      const weight = graph.parameter('weight', [256]);
      graph.emit('copy', weight, graph.tensor([256]));
      return graph;
    };
    const programs = [build(), build()].map(({ instructions, kept }) => ({ instructions, kept }));
    expect(planMemory(programs, [], 'float32').bytes).toBe(2 * 1024);
    expect(planMemory(programs, [], 'float64').bytes).toBe(4 * 1024);
  });

  it("knows the whole memory and every layer's share before any is taken", () => {
    const huge = planSession({
      training: chain(2, 200_000),
      optimizer: DESCENT,
      kernels: 'simd',
      precision: 'float32',
      seed: 1,
    });
    expect(huge.plan.bytes).toBeGreaterThan(2 * 2 * 200_000 ** 2 * 4);
    expect(huge.plan.bytesByScope.get('layer1')).toBeGreaterThan(2 * 200_000 ** 2 * 4);
    expect(() => huge.open()).toThrow(RangeError);
  });
});
