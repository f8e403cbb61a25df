/** Single layers against what PyTorch makes of them, forward and backward (`pytorch-layers.py` wrote the numbers). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../src/engine/graph';
import { elementwiseLoss } from '../../../src/engine/operators/losses';
import { createSession } from '../../../src/engine/session';
import type { Tensor } from '../../../src/engine/tensor';
import { buildLayers } from '../../../src/training/build/build-layer';
import { model, withLayer } from '../../frontends/model-file/compile-text';

interface Case {
  readonly name: string;
  readonly layer: string;
  readonly input: readonly number[];
  readonly x: readonly number[];
  readonly outputShape: readonly number[];
  readonly y: readonly number[];
  readonly parameters: Readonly<
    Record<string, { readonly value: readonly number[]; readonly gradient: readonly number[] }>
  >;
}

const CASES = JSON.parse(readFileSync(new URL('pytorch-layers.json', import.meta.url), 'utf8')) as readonly Case[];
type NumberSet = readonly [kernels: 'reference' | 'simd', precision: 'float32' | 'float64', allowance: number];
const SETS: readonly NumberSet[] = [
  ['reference', 'float64', 1e-11],
  ['simd', 'float32', 2e-6],
];
const PLAIN_DESCENT = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;

function closeTo(what: string, got: ArrayLike<number>, expected: readonly number[], allowance: number): void {
  expect(got.length, what).toBe(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => {
    const message = `${what}[${i}]: got ${got[i]}, expected ${value}`;
    expect(Math.abs(got[i] - value), message).toBeLessThanOrEqual(allowance * Math.max(largest, 1));
  });
}

describe.each(SETS)('%s', (kernels, precision, allowance) => {
  it.each(CASES)('$name', ({ layer, input, x, outputShape, y, parameters }) => {
    const { layers } = model(withLayer(`${layer}, name: it`, 'data: teacher\nloss: mse', `[${input.join(', ')}]`));
    const graph = new Graph('training', 2);
    const output = buildLayers(graph, layers, graph.input('input', [2, ...input])) as Tensor;
    expect(output.shape).toEqual([2, ...outputShape]);
    expect(layers[0].outputShape).toEqual(outputShape);
    elementwiseLoss(graph, 'mse', output, graph.target('target', output.shape));
    const session = createSession({ training: graph, optimizer: PLAIN_DESCENT, seed: 1, kernels, precision });
    const names = Object.keys(parameters);
    expect([...graph.parameters.keys()].sort()).toEqual(names.map(name => `it.${name}`).sort());
    for (const name of names) session.parameter(`it.${name}`).set(parameters[name].value);
    session.feed('input', x);
    session.feed('target', new Array<number>(y.length).fill(0));
    session.gradients();
    closeTo('output', session.output('training'), y, allowance);
    for (const name of names) closeTo(name, session.gradient(`it.${name}`), parameters[name].gradient, allowance);
  });
});
