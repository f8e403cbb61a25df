/**
 * Models that branch, join and share weights against what PyTorch makes of them (`pytorch-graphs.py` wrote the
 * numbers).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../src/engine/graph';
import { elementwiseLoss } from '../../../src/engine/operators/losses';
import { createSession } from '../../../src/engine/session';
import type { Tensor } from '../../../src/engine/tensor';
import { buildLayers } from '../../../src/training/build/build-layer';
import { model, withLayers } from '../../frontends/model-file/compile-text';

interface Case {
  readonly name: string;
  readonly layers: readonly string[];
  readonly input: string;
  readonly x: readonly number[];
  readonly outputShape: readonly number[];
  readonly y: readonly number[];
  readonly parameters: Readonly<
    Record<string, { readonly value: readonly number[]; readonly gradient: readonly number[] }>
  >;
}

const CASES = JSON.parse(readFileSync(new URL('pytorch-graphs.json', import.meta.url), 'utf8')) as readonly Case[];
type NumberSet = readonly [kernels: 'reference' | 'simd', precision: 'float32' | 'float64', allowance: number];
const SETS: readonly NumberSet[] = [
  ['reference', 'float64', 1e-11],
  ['simd', 'float32', 2e-6],
];
const PLAIN_DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;

function closeTo(what: string, got: ArrayLike<number>, expected: readonly number[], allowance: number): void {
  expect(got.length, what).toBe(expected.length);
  const largest = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, i) => {
    expect(Math.abs(got[i] - value), `${what}[${i}]: got ${got[i]}, expected ${value}`).toBeLessThanOrEqual(
      allowance * largest,
    );
  });
}

describe.each(SETS)('%s', (kernels, precision, allowance) => {
  it.each(CASES)('$name', ({ layers, input, x, outputShape, y, parameters }) => {
    const spec = model(
      withLayers(layers.map(layer => `  - { ${layer} }`).join('\n'), 'data: teacher\nloss: mse', input),
    );
    const graph = new Graph('training', 2);
    const given =
      spec.input.kind === 'tokens'
        ? graph.ids('input', [2, spec.input.length], spec.input.vocabulary)
        : graph.input('input', [2, ...spec.input.shape]);
    const output = buildLayers(graph, spec.layers, given) as Tensor;
    expect(output.shape).toEqual([2, ...outputShape]);
    elementwiseLoss(graph, 'mse', output, graph.target('target', output.shape));
    const session = createSession({ training: graph, optimizer: PLAIN_DESCENT, seed: 1, kernels, precision });
    expect([...graph.parameters.keys()].sort()).toEqual(Object.keys(parameters).sort());
    for (const [name, { value }] of Object.entries(parameters)) session.parameter(name).set(value);
    session.feed('input', x);
    session.feed('target', new Array<number>(y.length).fill(0));
    session.gradients();
    closeTo('output', session.output('training'), y, allowance);
    for (const [name, { gradient }] of Object.entries(parameters))
      closeTo(name, session.gradient(name), gradient, allowance);
  });
});
