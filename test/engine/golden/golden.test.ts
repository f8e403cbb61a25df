/**
 * PyTorch's reference cases (`test/golden/README.md`), run straight on the engine: float64 to 1e-9, float32 within its
 * allowance.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ClipOptions } from '../../../src/engine/clipping';
import { Graph } from '../../../src/engine/graph';
import type { ElementwiseLoss } from '../../../src/engine/kernels/loss-kernels';
import { crossEntropy, elementwiseLoss } from '../../../src/engine/operators/losses';
import type { OptimizerOptions } from '../../../src/engine/optimizers/index';
import { createSession } from '../../../src/engine/session';
import type { Session } from '../../../src/engine/session-contract';
import type { StateGradientNorms, StepMeasurements } from '../../../src/engine/step-measurements';
import { buildLayers, isSupported, type CaseLayer } from './build-case';
import { readSafetensors, type StoredTensor } from './read-safetensors';

type Wire = number | 'nan' | 'inf' | '-inf';
type ByName = Readonly<Record<string, Wire>>;
type Deviations = Readonly<Record<string, number>>;

type KernelChoice = { readonly kernels: 'simd' | 'reference'; readonly precision: 'float32' | 'float64' };

interface Case {
  readonly layers: readonly CaseLayer[];
  readonly vocabulary?: number;
  readonly classes?: number;
  readonly loss: { readonly type: string; readonly delta?: number; readonly l1?: number; readonly l2?: number };
  readonly optimizer: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly clip?: ClipOptions;
  readonly history: readonly {
    readonly loss: Wire;
    readonly learning_rate: number;
    readonly gradient_norm: Wire;
    readonly gradient_norms: ByName;
    readonly clip_factor: Wire;
    readonly output_std: ByName;
    readonly output_gradient_norms?: ByName;
    readonly state_gradient_norms?: Readonly<Record<string, Readonly<Record<string, readonly Wire[]>>>>;
  }[];
  readonly final_parameter_norms: ByName;
  readonly final_change_norms: ByName;
  readonly final_buffer_norms?: ByName;
  readonly zero_gradient_parameters?: readonly string[];
  readonly first_not_finite_step?: { readonly float32: number };
  readonly float32_deviation: { readonly first_step: Deviations; readonly all_steps: Deviations };
}

const FOLDER = new URL('../../golden/cases/', import.meta.url);

const cases = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .map(file => {
    const name = file.slice(0, -'.json'.length);
    return { name, golden: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Case };
  })
  .filter(({ golden }) => isSupported(golden.layers));

function optimizerOptions(
  { type, ...given }: Case['optimizer'],
  graph: Graph,
  layers: readonly CaseLayer[],
): OptimizerOptions {
  const [beta1, beta2] = (given['betas'] ?? []) as number[];
  const [adamwBeta1, adamwBeta2] = (given['adamw_betas'] ?? []) as number[];
  const renamed = {
    learningRate: given['learning_rate'],
    weightDecay: given['weight_decay'],
    epsilon: given['eps'],
    momentumDecay: given['momentum_decay'],
    beta1,
    beta2,
    nsSteps: given['ns_steps'],
    adjustLearningRate: given['adjust_lr_fn'],
    adamwLearningRate: given['adamw_learning_rate'],
    adamwBeta1,
    adamwBeta2,
    adamwEpsilon: given['adamw_eps'],
    matrices: hiddenMatrices(graph, layers),
    historySize: given['history_size'],
    toleranceGradient: given['tolerance_grad'],
    toleranceChange: given['tolerance_change'],
    preconditionFrequency: given['precondition_frequency'],
    maxPreconditionerDim: given['max_preconditioner_dim'],
  };
  return { ...given, ...renamed, type: given['amsgrad'] === true ? 'amsgrad' : type } as unknown as OptimizerOptions;
}

/** Every case's output layer is the last; its embeddings are its layers of that type. */
function hiddenMatrices(graph: Graph, layers: readonly CaseLayer[]): ReadonlySet<string> {
  const others = [layers.at(-1)!, ...layers.filter(({ type }) => type === 'embedding')].map(({ name }) => `${name}.`);
  const names = [...graph.parameters].flatMap(([name, { shape }]) => (shape.length >= 2 ? [name] : []));
  return new Set(names.filter(name => !others.some(other => name.startsWith(other))));
}

function sessionOf(
  golden: Case,
  tensors: ReadonlyMap<string, StoredTensor>,
  kernels: KernelChoice,
): { readonly session: Session; readonly graph: Graph } {
  const [input, target] = [tensors.get('input')!, tensors.get('target')!];
  const graph = new Graph('training', input.shape[0]);
  const x = golden.vocabulary ? graph.ids('input', input.shape, golden.vocabulary) : graph.input('input', input.shape);
  const output = buildLayers(graph, x, golden.layers, tensors);
  const { type, delta, l1 = 0, l2 = 0 } = golden.loss;
  if (type === 'cross-entropy') crossEntropy(graph, output, graph.ids('target', target.shape, output.shape.at(-1)!));
  else elementwiseLoss(graph, type as ElementwiseLoss, output, graph.target('target', target.shape), delta);
  const session = createSession({
    training: graph,
    optimizer: optimizerOptions(golden.optimizer, graph, golden.layers),
    penalties: { l1, l2 },
    seed: 1,
    ...kernels,
    ...(golden.clip && { clip: golden.clip }),
  });
  session.feed('input', input.values);
  session.feed('target', target.values);
  for (const name of graph.parameters.keys()) session.parameter(name).set(tensors.get(`initial.${name}`)!.values);
  for (const name of graph.states.keys()) if (name.endsWith('running_var')) session.state(name).fill(1);
  return { session, graph };
}

function check(name: string, golden: Case, kernels: KernelChoice): void {
  const tensors = readSafetensors(new URL(`${name}.safetensors`, FOLDER));
  const { session, graph } = sessionOf(golden, tensors, kernels);
  const exact = kernels.precision === 'float64';
  const ignored = new Set(golden.zero_gradient_parameters);
  const parameters = [...graph.parameters.keys()];
  const compare = (field: string, at: string, got: number, expected: Wire, first: boolean, scale?: number): void => {
    const value =
      typeof expected === 'number' ? expected : Number(expected.replace('inf', 'Infinity').replace('nan', 'NaN'));
    if (!Number.isFinite(value)) return expect(got, `${field} ${at}`).toEqual(value);
    const deviations = golden.float32_deviation[first ? 'first_step' : 'all_steps'];
    const allowance = exact ? 1e-9 : 10 * Math.max(deviations[field], 1e-6);
    const deviation = Math.abs(got - value) / (scale ?? Math.abs(value));
    const message = `${field} ${at}: got ${got}, expected ${value}, off by ${deviation} of ${allowance}`;
    expect(got === value || deviation <= allowance, message).toBe(true);
  };
  golden.history.forEach((record, step) => {
    if (!exact && golden.first_not_finite_step && step >= golden.first_not_finite_step.float32) return;
    const first = step === 0;
    const got: StepMeasurements = session.step(record.learning_rate);
    compare('loss', `step ${step}`, got.loss, record.loss, first);
    compare('gradient_norm', `step ${step}`, got.gradientNorm, record.gradient_norm, first);
    compare('clip_factor', `step ${step}`, got.clipFactor, record.clip_factor, first);
    parameters.forEach((parameter, i) => {
      const norm = got.parameterGradientNorms[i];
      if (ignored.has(parameter)) expect(norm).toBeLessThan(1e-5 * got.gradientNorm);
      else compare('gradient_norms', `${parameter}, step ${step}`, norm, record.gradient_norms[parameter], first);
    });
    graph.layers.forEach(({ path }, i) => {
      if (record.output_std[path] === undefined) return;
      compare('output_std', `${path}, step ${step}`, got.outputStd[i], record.output_std[path], first);
      const gradientNorm = record.output_gradient_norms?.[path];
      if (gradientNorm !== undefined)
        compare('output_gradient_norms', path, got.outputGradientNorms[i], gradientNorm, first);
    });
    if (record.output_gradient_norms?.['input'] !== undefined) {
      compare('output_gradient_norms', 'input', got.inputGradientNorm, record.output_gradient_norms['input'], first);
    }
    for (const [layer, byState] of Object.entries(record.state_gradient_norms ?? {})) {
      for (const [state, norms] of Object.entries(byState)) {
        const measured = stateNorms(got, layer, state);
        norms.forEach((norm, t) =>
          compare('state_gradient_norms', `${layer} ${state}[${t}]`, measured[t], norm, first),
        );
      }
    }
  });
  for (const parameter of parameters) {
    if (golden.first_not_finite_step) break;
    const values = session.parameter(parameter);
    const initial = tensors.get(`initial.${parameter}`)!.values;
    const norm = Math.hypot(...values);
    compare('final_parameter_norms', parameter, norm, golden.final_parameter_norms[parameter], false);
    if (ignored.has(parameter)) continue;
    const change = Math.hypot(...values.map((value, i) => value - initial[i]));
    compare(
      'final_change_norms',
      parameter,
      change,
      golden.final_change_norms[parameter],
      false,
      exact ? undefined : norm,
    );
  }
  for (const [buffer, norm] of Object.entries(golden.final_buffer_norms ?? {})) {
    compare('final_buffer_norms', buffer, Math.hypot(...session.state(buffer)), norm, false);
  }
}

function stateNorms(got: StepMeasurements, layer: string, state: string): Float64Array {
  const direction = state.endsWith('_reverse') ? 'reverse' : 'forward';
  const norms: StateGradientNorms = got.stateGradients.find(
    states => states.path === layer && states.direction === direction,
  )!;
  return state.startsWith('cell') ? norms.cell! : norms.hidden;
}

describe('golden cases in float64 on the reference kernels', () => {
  for (const { name, golden } of cases)
    it(name, () => check(name, golden, { kernels: 'reference', precision: 'float64' }));
});

describe('golden cases in float32 on the reference kernels', () => {
  for (const { name, golden } of cases)
    it(name, () => check(name, golden, { kernels: 'reference', precision: 'float32' }));
});

describe('golden cases in float32 on the simd kernels', () => {
  for (const { name, golden } of cases) it(name, () => check(name, golden, { kernels: 'simd', precision: 'float32' }));
});
