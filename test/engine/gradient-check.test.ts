import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import { elementwiseLoss } from '../../src/engine/operators/losses';
import type { OperatorExample } from './operator-examples/operator-example';
import { COMPOSED_OPERATORS } from './operator-examples/composed';
import { OPERATORS } from './operator-examples/all-operators';
import { Random } from '../../src/engine/random';
import { createSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';
import { Draw, RANDOM_OPERATORS } from './random-operators';

const BATCH = 3;
const DIFFERENCE = 1e-5;
const PLAIN_DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;

/** A float64 session that computes the mean square of the example's output, every number in it random. */
function sessionOf(example: OperatorExample, batch = BATCH): { readonly graph: Graph; readonly session: Session } {
  const graph = new Graph('training', batch);
  const output = example(graph);
  elementwiseLoss(graph, 'mse', output, graph.target('target', output.shape));
  const kernels = { kernels: 'reference', precision: 'float64' } as const;
  const session = createSession({ training: graph, optimizer: PLAIN_DESCENT, seed: 3, ...kernels });
  const random = new Random(7);
  for (const name of graph.parameters.keys())
    session.parameter(name).forEach((_, i, all) => {
      all[i] = random.normal();
    });
  for (const [name, input] of graph.inputs) {
    const draw = (): number => (input.kind === 'id' ? random.integer(input.below) : random.normal());
    const values = Array.from({ length: input.storage.length }, draw);
    session.feed(name, values);
  }
  return { graph, session };
}

/** Holds the gradient by every number of every parameter against the loss a little to both sides of it. */
function checkGradients({ graph, session }: ReturnType<typeof sessionOf>, what: string): void {
  session.gradients();
  const trained = [...graph.parameters].filter(([, { needsGradient }]) => needsGradient);
  const derived = new Map(trained.map(([parameter]) => [parameter, session.gradient(parameter).slice()]));
  expect(derived.size).toBeGreaterThan(0);
  for (const [parameter, gradient] of derived) {
    const values = session.parameter(parameter);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      values[i] = value + DIFFERENCE;
      const above = session.gradients().loss;
      values[i] = value - DIFFERENCE;
      const below = session.gradients().loss;
      values[i] = value;
      const expected = (above - below) / (2 * DIFFERENCE);
      const error = Math.abs(gradient[i] - expected);
      const message = `${what}, ${parameter}[${i}]: got ${gradient[i]}, expected ${expected}`;
      // beside its own error, the difference has that of rounding two losses
      const rounding = (4 * Number.EPSILON * Math.abs(above)) / DIFFERENCE;
      expect(error, message).toBeLessThan(1e-8 + 1e-6 * Math.abs(expected) + rounding);
    }
  }
}

describe('gradients by central differences', () => {
  for (const [operator, examples] of [...Object.entries(OPERATORS), ...Object.entries(COMPOSED_OPERATORS)]) {
    for (const [name, example] of Object.entries(examples)) {
      it(`${operator}: ${name}`, () => {
        checkGradients(sessionOf(example), `${operator} (${name})`);
      });
    }
  }
});

describe('gradients over random shapes and options', () => {
  const RUNS = 6;
  it.each(Object.keys(OPERATORS))('%s', operator => {
    const example = RANDOM_OPERATORS[operator];
    expect(example, `${operator} has no random example in random-operators.ts`).toBeDefined();
    for (let run = 0; run < RUNS; run++) {
      const random = new Random(run).fork(operator);
      const batch = 2 + random.integer(3);
      const made = sessionOf(graph => example(new Draw(graph, random)), batch);
      expect(made.graph.nodes.map(node => node.operator)).toContain(operator);
      const shapes = [...made.graph.parameters].map(([name, { shape }]) => `${name}[${shape.join()}]`).join(' ');
      checkGradients(made, `${operator}, run ${run}: ${shapes}`);
    }
  });
});

describe('the table of operators', () => {
  it('has an example of every operator that makes nodes', () => {
    const folder = new URL('../../src/engine/operators/', import.meta.url);
    const source = readdirSync(folder)
      .filter(file => file.endsWith('.ts'))
      .map(file => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n');
    const named = [...source.matchAll(/graph\.node\('([^']+)'/g)].map(match => match[1]);
    expect(named.length).toBeGreaterThan(8);
    for (const operator of [...named, 'rnn', 'lstm', 'gru']) {
      const examples = Object.values(OPERATORS[operator] ?? {});
      expect(examples.length, `${operator} has no example`).toBeGreaterThan(0);
      for (const example of examples) {
        const graph = new Graph('training', BATCH);
        example(graph);
        expect(graph.nodes.map(node => node.operator)).toContain(operator);
      }
    }
  });
});
