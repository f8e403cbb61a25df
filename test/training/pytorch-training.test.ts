/** A few steps of training against what PyTorch makes of them (`pytorch-training.py` wrote the numbers). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { INPUT, TARGET } from '../../src/training/build-network';
import { openTrainer } from '../../src/training/trainer';

type ByName<T> = Readonly<Record<string, T>>;

interface Case {
  readonly name: string;
  /** A model file. */
  readonly text: string;
  readonly batch: number;
  /** Of every step. */
  readonly x: readonly (readonly number[])[];
  readonly target: readonly (readonly number[])[];
  readonly initial: ByName<readonly number[]>;
  readonly initialRunning: ByName<readonly number[]>;
  readonly steps: readonly {
    readonly loss: number;
    readonly gradientNorm: number;
    /** Before clipping; null where PyTorch has no gradient. */
    readonly gradientNorms: ByName<number | null>;
    readonly updateNorms: ByName<number>;
  }[];
  readonly final: ByName<readonly number[]>;
  /** Running statistics at the end. */
  readonly running: ByName<readonly number[]>;
}

const CASES = JSON.parse(readFileSync(new URL('pytorch-training.json', import.meta.url), 'utf8')) as readonly Case[];
type NumberSet = readonly [kernels: 'reference' | 'simd', precision: 'float32' | 'float64', allowance: number];
const SETS: readonly NumberSet[] = [
  ['reference', 'float64', 1e-10],
  ['simd', 'float32', 5e-6],
];

describe.each(SETS)('%s', (kernels, precision, allowance) => {
  const close = (what: string, got: number, expected: number, size = Math.abs(expected)): void =>
    expect(Math.abs(got - expected), `${what}: got ${got}, expected ${expected}`).toBeLessThanOrEqual(
      allowance * Math.max(size, 1e-3),
    );

  it.each(CASES)('$name', ({ text, batch, x, target, initial, initialRunning, steps, final, running }) => {
    // That a frozen batch-norm normalises nothing is a warning.
    const { model } = compileModel(parseModelFile(text, 'yaml'));
    const trainer = openTrainer(model!, {
      batch,
      evaluationBatch: 0,
      memoryLimitBytes: 2 ** 28,
      kernels,
      precision,
      probe: true,
    });
    const { session } = trainer;
    expect(trainer.parameters.map(({ name }) => name).sort()).toEqual(Object.keys(initial).sort());
    for (const [name, values] of Object.entries(initial)) session.parameter(name).set(values);
    for (const [name, values] of Object.entries(initialRunning)) session.state(name).set(values);
    steps.forEach((expected, step) => {
      session.feed(INPUT, x[step]);
      session.feed(TARGET, target[step]);
      // Probing repeats the passes, and must leave no trace.
      const record = trainer.step(step, undefined, step % 2 === 0);
      close(`loss of step ${step}`, record.loss, expected.loss);
      close(`gradient norm of step ${step}`, record.gradientNorm, expected.gradientNorm);
      trainer.parameters.forEach(({ name }, index) => {
        const norm = expected.gradientNorms[name];
        const got = record.parameterGradientNorms[index];
        if (norm === null) expect(got, `gradient norm of ${name}`).toBeNaN();
        else close(`gradient norm of ${name} in step ${step}`, got, norm, expected.gradientNorm);
        const update = expected.updateNorms[name];
        close(`update norm of ${name} in step ${step}`, record.updateNorms[index], update, Math.max(update, 0.1));
      });
    });
    const compare = (name: string, got: ArrayLike<number>, values: readonly number[]): void => {
      const largest = Math.max(1, ...values.map(Math.abs));
      values.forEach((value, i) => close(`${name}[${i}]`, got[i], value, largest));
    };
    for (const [name, values] of Object.entries(final)) compare(name, session.parameter(name), values);
    for (const [name, values] of Object.entries(running)) compare(name, session.state(name), values);
  });
});
