import type { RunHistory } from '../../src/record/run-history';
import type { DataSpec, InitializerSpec, LayerSpec, ModelSpec } from '../../src/model/model-spec';
import type { LayerLayout, ParameterLayout, RunLayout, RunOutcome, StepRecord } from '../../src/record/step-record';

/** A layer of a made-up run, and what is recorded of it at every step. */
export interface LayerSituation {
  readonly name: string;
  readonly type?: 'dense' | 'rnn' | 'lstm';
  readonly activation?: LayerSpec['activation'];
  readonly kernelInitializer?: InitializerSpec;
  readonly recurrentInitializer?: InitializerSpec;
  readonly biasInitializer?: InitializerSpec;
  readonly forward?: number | ((step: number) => number);
  readonly backward?: number | ((step: number) => number);
  readonly dead?: number | ((step: number) => number);
  readonly saturated?: number | ((step: number) => number);
  /** Factor of the state gradient with every step back through time. */
  readonly perTimeStep?: number | ((step: number) => number);
}

export interface Situation {
  readonly layers: readonly LayerSituation[];
  readonly loss: (step: number) => number;
  readonly norm?: (step: number) => number;
  readonly steps?: number;
  readonly trivialLoss?: number;
  readonly input?: { readonly mean: number; readonly std: number };
  readonly data?: DataSpec;
  readonly learningRate?: number;
  readonly outcome?: RunOutcome;
  readonly last?: Partial<StepRecord>;
}

export const TIME_STEPS = 50;
const UNITS = 64;

/** A run of 64-unit layers with sgd whose every recorded number is ordinary but for what the situation says. */
export function buildRun(situation: Situation): { readonly model: ModelSpec; readonly history: RunHistory } {
  const model = buildModel(situation);
  const layout = buildLayout(situation);
  const steps = situation.steps ?? 100;
  const records = Array.from({ length: steps }, (_, step) => buildRecord(situation, layout, step));
  if (situation.last !== undefined) records[steps - 1] = { ...records[steps - 1], ...situation.last };
  return { model, history: { layout, records, outcome: situation.outcome ?? { kind: 'completed' } } };
}

function buildModel({ layers, data, learningRate }: Situation): ModelSpec {
  return {
    name: 'test',
    input: { kind: 'features', shape: [UNITS] },
    layers: layers.map(buildLayer),
    loss: { type: 'mse' },
    data: data ?? { inferred: false, type: 'teacher', examples: 100, noise: 0, scale: 1 },
    optimizer: { type: 'sgd', learningRate: learningRate ?? 0.1, weightDecay: 0, momentum: 0, nesterov: false },
    schedule: { type: 'constant' },
    clip: { type: 'none' },
    regularization: { l1: 0, l2: 0 },
    batchSize: 32,
    gradientAccumulation: 1,
    steps: 100,
    validation: 0,
    seed: 1,
  };
}

function buildLayer(layer: LayerSituation, index: number, all: readonly LayerSituation[]): LayerSpec {
  const base = {
    name: layer.name,
    path: layer.name,
    inputs: [all[index - 1]?.name ?? ''],
    activation: layer.activation ?? 'identity',
    inputShape: [UNITS],
    outputShape: [UNITS],
    units: UNITS,
    kernelInitializer: layer.kernelInitializer ?? { type: 'glorot-uniform' },
    biasInitializer: layer.biasInitializer ?? { type: 'zeros' },
    trainable: true,
    learningRateMultiplier: 1,
  } as const;
  if (layer.type === undefined || layer.type === 'dense')
    return { ...base, type: 'dense', bias: true, weightNorm: false };
  return {
    ...base,
    type: layer.type,
    nonlinearity: 'tanh',
    gateActivation: 'sigmoid',
    bidirectional: false,
    output: 'last',
    forgetBias: 0,
    recurrentInitializer: layer.recurrentInitializer ?? { type: 'orthogonal', gain: 1 },
  };
}

function buildLayout({ layers, input, trivialLoss }: Situation): RunLayout {
  return {
    layers: layers.map((layer, index): LayerLayout => ({
      path: layer.name,
      type: layer.type ?? 'dense',
      activation: layer.activation ?? 'identity',
      outputShape: [UNITS],
      inputs: [index - 1],
      parameters: [index],
      parent: -1,
      ...(layer.type === undefined || layer.type === 'dense' ? {} : { timeSteps: TIME_STEPS }),
    })),
    parameters: layers.map((layer, index): ParameterLayout => ({
      name: `${layer.name}.weight`,
      layer: index,
      shape: [UNITS, UNITS],
      role: 'kernel',
      trainable: true,
      learningRateMultiplier: 1,
    })),
    task: 'test',
    trainingExamples: 100,
    validationExamples: 0,
    steps: 100,
    measuredBy: { kind: 'engine', arenaBytes: 0, kernels: 'reference' },
    inputStatistics: input ?? { mean: 0, std: 1 },
    trivialLoss: trivialLoss ?? 1,
  };
}

function buildRecord(situation: Situation, layout: RunLayout, step: number): StepRecord {
  const { layers, loss, norm } = situation;
  const at = (value: number | ((step: number) => number) | undefined, fallback: number): number =>
    typeof value === 'function' ? value(step) : (value ?? fallback);
  const every = (value: number): Float64Array => new Float64Array(layers.length).fill(value);
  const outputStd = every(0);
  layers.forEach((layer, index) => {
    outputStd[index] = (index === 0 ? layout.inputStatistics!.std : outputStd[index - 1]) * at(layer.forward, 1);
  });
  const outputGradientNorms = every(1);
  for (let index = layers.length - 2; index >= 0; index--) {
    outputGradientNorms[index] = outputGradientNorms[index + 1] * at(layers[index + 1].backward, 1);
  }
  return {
    step,
    loss: loss(step),
    learningRate: 0.1,
    gradientNorm: norm?.(step) ?? 1,
    clipFactor: 1,
    parameterGradientNorms: outputGradientNorms.slice(),
    parameterNorms: every(8),
    updateNorms: every(0.01),
    outputMean: every(0),
    outputStd,
    outputGradientNorms,
    inputGradientNorm: outputGradientNorms[0] * at(layers[0].backward, 1),
    zeroShare: Float64Array.from(layers, layer => at(layer.dead, 0)),
    deadShare: Float64Array.from(layers, layer => at(layer.dead, 0)),
    saturatedShare: Float64Array.from(layers, layer => at(layer.saturated, 0)),
    stateGradients: layers.flatMap((layer, index) =>
      layer.type === 'rnn' || layer.type === 'lstm'
        ? [{ layer: index, direction: 'forward' as const, hidden: timeNorms(at(layer.perTimeStep, 0.98)) }]
        : [],
    ),
  };
}

function timeNorms(factor: number): Float64Array {
  return Float64Array.from({ length: TIME_STEPS }, (_, time) => 0.1 * factor ** (TIME_STEPS - 1 - time));
}

/** A loss that falls from 1 to nothing, and one that stays at the trivial predictor's. */
export const learning = (step: number): number => Math.exp(-step / 20);
export const stuck = (step: number): number => 1 + 0.02 * Math.sin(step);
