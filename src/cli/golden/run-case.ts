/** Runs a golden case in our own engine and compares everything that was recorded. */
import { readModelFile } from '../../frontends/model-file/front-end';
import type { ModelSpec } from '../../model/model-spec';
import { INPUT, TARGET } from '../../training/build-network';
import type { StepRecord } from '../../record/step-record';
import { openTrainer, type Trainer } from '../../training/trainer';
import { tensorOf, type GoldenCase, type MeasuredRecord } from './case-file';
import { Comparison, type Deviation, type Precision } from './comparison';
import { measuredLookups, type Lookups } from './measured-lookups';
import { toModelFile } from './to-model-file';
import { unsupportedOperators } from './unsupported-operators';

export type CaseResult =
  | {
      readonly name: string;
      readonly status: 'passed' | 'failed';
      readonly worst: Deviation | undefined;
      /** Numbers that were compared. */
      readonly compared: number;
    }
  | { readonly name: string; readonly status: 'not-supported'; readonly operators: readonly string[] }
  /** It could not be run, or ended at another step than PyTorch's; one sentence. */
  | { readonly name: string; readonly status: 'broken'; readonly reason: string };

const MEMORY_LIMIT_BYTES = 2 ** 30;
/** Largest gradient of a parameter, relative to the whole, where it is zero in exact arithmetic. */
const ZERO_GRADIENT_SHARE = 1e-5;

/** Runs a case in float32 with WebAssembly kernels, or in float64 with the reference kernels. */
export function runCase(golden: GoldenCase, precision: Precision): CaseResult {
  const { name } = golden.spec;
  const operators = unsupportedOperators(golden.spec);
  if (operators.length > 0) return { name, status: 'not-supported', operators };
  const { model, problems } = readModelFile(toModelFile(golden.spec), { fileName: `${name}.json` });
  if (!model) return { name, status: 'broken', reason: problems.map(problem => problem.message).join(' ') };

  const comparison = new Comparison(golden, precision);
  compareFirstTensors(comparison, golden, open(golden, { ...model, clip: { type: 'none' } }, precision));
  const trainer = open(golden, model, precision);
  const lookups = measuredLookups(trainer);
  const initial = new Map(
    trainer.parameters.map(parameter => [parameter.name, trainer.session.parameter(parameter.name).slice()] as const),
  );
  const endsAt = golden.firstNotFiniteStep[precision];
  const broken = (reason: string): CaseResult => ({ name, status: 'broken', reason });
  for (const expected of golden.history) {
    const step = Number(expected['step']);
    feed(golden, trainer);
    const record = trainer.step(step);
    if (record.nonFinite && endsAt === null) return broken(`not finite at step ${step}, unlike PyTorch`);
    // Where float32 overflows, what is left of that step depends on the order of sums.
    if (precision === 'float32' && step === endsAt) return judge(name, comparison);
    compareStep(comparison, golden, expected, record, lookups);
    if (record.nonFinite && step !== endsAt)
      return broken(`not finite at step ${step}; PyTorch's run ended at step ${endsAt}`);
    if (!record.nonFinite && step === endsAt) return broken(`still finite at step ${step}, unlike PyTorch`);
  }
  compareEnd(comparison, golden, trainer, initial);
  return judge(name, comparison);
}

function judge(name: string, comparison: Comparison): CaseResult {
  return {
    name,
    status: comparison.passed ? 'passed' : 'failed',
    worst: comparison.worst,
    compared: comparison.compared,
  };
}

function open(golden: GoldenCase, model: ModelSpec, precision: Precision): Trainer {
  const trainer = openTrainer(model, {
    batch: golden.spec.input[0],
    evaluationBatch: 0,
    memoryLimitBytes: MEMORY_LIMIT_BYTES,
    kernels: precision === 'float32' ? 'simd' : 'reference',
    precision,
  });
  for (const { name } of trainer.parameters) {
    const { values } = tensorOf(golden, `initial.${name}`);
    const live = trainer.session.parameter(name);
    if (live.length !== values.length) {
      throw new Error(`${golden.spec.name}: "${name}" has ${live.length} numbers, not ${values.length}.`);
    }
    live.set(values);
  }
  return trainer;
}

function feed(golden: GoldenCase, { session }: Trainer): void {
  session.feed(INPUT, tensorOf(golden, 'input').values);
  session.feed(TARGET, tensorOf(golden, 'target').values);
}

/** Output and gradients of step 0, which were recorded before clipping. */
function compareFirstTensors(comparison: Comparison, golden: GoldenCase, unclipped: Trainer): void {
  const { session, parameters } = unclipped;
  feed(golden, unclipped);
  session.gradients();
  comparison.tensor('output tensor', 0, 'output', tensorOf(golden, 'output').values, session.output('training'));
  for (const { name } of parameters) {
    if (golden.zeroGradientParameters.includes(name)) continue;
    comparison.tensor('gradient tensor', 0, name, tensorOf(golden, `gradient.${name}`).values, session.gradient(name));
  }
}

function compareStep(
  comparison: Comparison,
  golden: GoldenCase,
  expected: MeasuredRecord,
  record: StepRecord,
  lookups: Lookups,
): void {
  for (const [field, value] of Object.entries(expected)) {
    if (field === 'step') continue;
    const lookup = lookups[field];
    if (!lookup) throw new Error(`${golden.spec.name} records "${field}", which is not compared.`);
    const skip = field === 'gradient_norms' ? golden.zeroGradientParameters : [];
    comparison.field(field, record.step, value, place => lookup(record, place), skip);
  }
  for (const name of golden.zeroGradientParameters) {
    const norm = lookups['gradient_norms'](record, name) ?? Number.NaN;
    // Compared as a number that should be 0, relative to the bound.
    if (!(norm < ZERO_GRADIENT_SHARE * record.gradientNorm)) {
      comparison.number('gradient_norms', record.step, name, 0, norm, 0);
    }
  }
}

function compareEnd(
  comparison: Comparison,
  golden: GoldenCase,
  { session, parameters }: Trainer,
  initial: ReadonlyMap<string, Float32Array | Float64Array>,
): void {
  const norms = new Map(parameters.map(({ name }) => [name, normOf(session.parameter(name))]));
  const changes = new Map(
    [...initial].map(([name, before]) => [name, normOf(session.parameter(name).map((value, i) => value - before[i]))]),
  );
  for (const [field, value] of Object.entries(golden.end)) {
    const skip = golden.zeroGradientParameters;
    if (field === 'final_parameter_norms') {
      comparison.field(field, -1, value, name => norms.get(name), skip);
    } else if (field === 'final_change_norms') {
      comparison.field(
        field,
        -1,
        value,
        name => changes.get(name),
        skip,
        name => norms.get(name) ?? 0,
      );
    } else {
      comparison.field(field, -1, value, name => normOf(session.state(name)));
    }
  }
}

function normOf(values: Float32Array | Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
