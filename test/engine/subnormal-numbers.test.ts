/**
 * Subnormal numbers, which cost a hundred cycles each on many processors, are in no buffer of a step: of every example,
 * of what the rules' pages show as faulty, and of the bench's workloads with ordinary, vanishing and exploding
 * gradients.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countSubnormals } from '../../bench/ours/values';
import { SubnormalCount, type SubnormalUse } from '../../src/engine/subnormal-count';
import { languageOf } from '../../src/frontends/model-file/model-file-name';
import { dataFilesOf } from '../../src/model/data-files';
import type { ModelSpec } from '../../src/model/model-spec';
import { createJob } from '../../src/training/job';
import { compileText, EXAMPLES } from '../diagnosis/train-text';

const STEPS = 6;
const PAGES = new URL('../../docs/rules/', import.meta.url);
const examples = readdirSync(EXAMPLES)
  .filter(name => /\.model\.(ya?ml|json)$/.test(name))
  .sort();
const pages = readdirSync(PAGES)
  .filter(name => name !== 'README.md')
  .sort();

function held(uses: readonly SubnormalUse[]): readonly string[] {
  return uses
    .filter(({ subnormal }) => subnormal > 0)
    .map(use => `${use.kernel} ${use.position} of "${use.path}": ${use.subnormal}`);
}

function heldInSteps(model: ModelSpec, kernels: 'simd' | 'reference' = 'simd', steps = STEPS): readonly string[] {
  const watcher = new SubnormalCount();
  const files = Object.fromEntries(
    dataFilesOf(model.data).map(({ path }) => [path, readFileSync(`${EXAMPLES}${path}`)]),
  );
  const job = createJob(model, { memoryLimitBytes: 2 ** 29, files, watcher, kernels });
  for (let step = 0; step < steps && job.step(); step++);
  expect(watcher.uses.reduce((sum, { values }) => sum + values, 0)).toBeGreaterThan(0);
  return held(watcher.uses);
}

/** A text with layers of one width, whose gradients vanish. */
const stack = (layer: string, depth: number, rest = ''): ModelSpec =>
  compileText(
    `input: [2]\nlayers:\n${`  - ${layer}\n`.repeat(depth)}  - { type: dense, units: 3 }\ndata: blobs\nsteps: 20\n${rest}`,
  );

describe('no buffer of a step holds a subnormal number', () => {
  it.each(examples)('in %s', { timeout: 120_000 }, name => {
    expect(heldInSteps(compileText(readFileSync(`${EXAMPLES}${name}`, 'utf8'), languageOf(name)))).toEqual([]);
  });

  it.each(pages)('in the faulty example of %s', { timeout: 120_000 }, name => {
    const [, text] = /```yaml\n(.*?)```/s.exec(readFileSync(new URL(name, PAGES), 'utf8'))!;
    expect(heldInSteps(compileText(text))).toEqual([]);
  });

  const workloads = [...'abcdefgh', 'sigmoid'];
  it.each(
    workloads.flatMap(name =>
      (['ordinary', 'started', 'vanishing', 'exploding'] as const).map(values => [name, values] as const),
    ),
  )('in workload %s, %s', { timeout: 120_000 }, (name, values) =>
    expect(held(countSubnormals(name, values))).toEqual([]),
  );

  const small = '{ type: dense, units: 32, activation: tanh, kernel_initializer: { type: normal, std: 0.01 } }';
  const optimizers = [
    'sgd',
    'rmsprop',
    'adagrad',
    'adadelta',
    'adam',
    'adamw',
    'adamax',
    'nadam',
    'radam',
    'lion',
    'muon',
    'lbfgs',
    'shampoo',
  ];
  it.each(optimizers)('where gradients vanish and the optimizer is %s', type => {
    const rest = `optimizer: { type: ${type}, learning_rate: 0.01 }\n`;
    expect(heldInSteps(stack(small, 30, rest), 'simd', 20)).toEqual([]);
  });

  it.each(['simd', 'reference'] as const)('where weights decay to nothing (%s)', kernels => {
    const rest = 'optimizer: { type: sgd, learning_rate: 0.9, weight_decay: 1, momentum: 0.5 }\n';
    const model = stack('{ type: dense, units: 8, activation: relu }', 3, rest);
    expect(heldInSteps({ ...model, steps: 300 }, kernels, 300)).toEqual([]);
  });

  it.each([
    '{ type: dense, units: 8, activation: sigmoid, kernel_initializer: { type: normal, std: 0.01 } }',
    '{ type: dense, units: 8, activation: gelu, kernel_initializer: { type: normal, std: 0.001 } }',
    '{ type: dense, units: 8, kernel_initializer: { type: normal, std: 0.001 } }',
  ])('with the reference kernels in float32: %s', layer =>
    expect(heldInSteps(stack(layer, 20), 'reference')).toEqual([]),
  );

  it('counts them where nothing flushes, as in float64 rounded to float32', () => {
    const watcher = new SubnormalCount();
    const model = stack(small, 30);
    const job = createJob(model, { memoryLimitBytes: 2 ** 29, watcher, precision: 'float64' });
    job.step();
    // float64 keeps what float32 cannot
    expect(watcher.total).toBeGreaterThan(0);
  });
});
