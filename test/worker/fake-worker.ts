/** A worker that the test speaks for. */
import type { StartWorker, WorkerListener } from '../../src/worker/worker-handle';
import type { ModelSpec } from '../../src/model/model-spec';
import type { RunLayout, StepRecord } from '../../src/record/step-record';
import type { ToWorker } from '../../src/protocol/worker-messages';

export interface FakeWorker {
  readonly listener: WorkerListener;
  readonly heard: ToWorker[];
  released: boolean;
  terminated: boolean;
}

/** A starter that keeps every worker it has started. */
export function fakeWorkers(): { readonly start: StartWorker; readonly workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const start: StartWorker = (_limits, listener) => {
    const worker: FakeWorker = { listener, heard: [], released: false, terminated: false };
    workers.push(worker);
    return {
      post: message => {
        worker.heard.push(message);
      },
      release: () => {
        worker.released = true;
      },
      terminate: () => {
        worker.terminated = true;
        return Promise.resolve();
      },
    };
  };
  return { start, workers };
}

export const MODEL: ModelSpec = {
  name: 'One layer',
  input: { kind: 'features', shape: [2] },
  layers: [
    {
      name: 'answer',
      path: 'answer',
      inputs: [''],
      type: 'dense',
      activation: 'identity',
      inputShape: [2],
      outputShape: [1],
      units: 1,
      bias: true,
      weightNorm: false,
      kernelInitializer: { type: 'glorot-uniform' },
      biasInitializer: { type: 'zeros' },
      trainable: true,
      learningRateMultiplier: 1,
    },
  ],
  loss: { type: 'mse' },
  data: { inferred: true, type: 'teacher', examples: 64, noise: 0, scale: 1 },
  optimizer: { type: 'sgd', learningRate: 0.01, weightDecay: 0, momentum: 0, nesterov: false },
  schedule: { type: 'constant' },
  clip: { type: 'none' },
  regularization: { l1: 0, l2: 0 },
  batchSize: 32,
  gradientAccumulation: 1,
  steps: 10,
  validation: 0,
  seed: 1,
};

export const LAYOUT: RunLayout = {
  layers: [
    {
      path: 'answer',
      type: 'dense',
      activation: 'identity',
      outputShape: [1],
      inputs: [-1],
      parameters: [0, 1],
      parent: -1,
    },
  ],
  parameters: [
    { name: 'answer.weight', layer: 0, shape: [1, 2], role: 'kernel', trainable: true, learningRateMultiplier: 1 },
    { name: 'answer.bias', layer: 0, shape: [1], role: 'bias', trainable: true, learningRateMultiplier: 1 },
  ],
  task: 'noisy teacher',
  trainingExamples: 64,
  validationExamples: 0,
  steps: 10,
  measuredBy: { kind: 'engine', arenaBytes: 1024, kernels: 'reference' },
};

export function record(step: number): StepRecord {
  const one = (value: number): Float64Array => Float64Array.of(value);
  const two = (value: number): Float64Array => Float64Array.of(value, value);
  return {
    step,
    loss: 1 / (step + 1),
    learningRate: 0.01,
    gradientNorm: 1,
    clipFactor: 1,
    parameterGradientNorms: two(1),
    parameterNorms: two(1),
    updateNorms: two(0.01),
    outputMean: one(0),
    outputStd: one(1),
    outputGradientNorms: one(1),
    inputGradientNorm: 1,
    zeroShare: one(0),
    deadShare: one(0),
    saturatedShare: one(0),
    stateGradients: [],
  };
}
