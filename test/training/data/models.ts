/** Small models as the spec compiler would give them, for tests of data alone. */
import type { DataSpec, DenseSpec, InputSpec, LossSpec, ModelSpec, Shape } from '../../../src/model/model-spec';

const LOSSES: Readonly<Record<LossSpec['type'], LossSpec>> = {
  'cross-entropy': { type: 'cross-entropy', labelSmoothing: 0, classWeights: 'none' },
  'binary-cross-entropy': { type: 'binary-cross-entropy', posWeight: 1 },
  mse: { type: 'mse' },
  mae: { type: 'mae' },
  msle: { type: 'msle' },
  huber: { type: 'huber', delta: 1 },
};

export interface TestModel {
  readonly input: InputSpec | Shape;
  readonly output: Shape;
  readonly loss: LossSpec['type'];
  readonly data?: DataSpec;
  readonly validation?: number;
}

export function testModel({ input, output, loss, data, validation }: TestModel): ModelSpec {
  const spec: InputSpec = 'kind' in input ? input : { kind: 'features', shape: input };
  const layer: DenseSpec = {
    type: 'dense',
    name: 'answer',
    path: 'answer',
    inputs: [''],
    activation: 'identity',
    inputShape: spec.kind === 'features' ? spec.shape : [spec.length],
    outputShape: output,
    units: output[output.length - 1],
    bias: true,
    weightNorm: false,
    kernelInitializer: { type: 'glorot-uniform' },
    biasInitializer: { type: 'zeros' },
    trainable: true,
    learningRateMultiplier: 1,
  };
  return {
    name: 'test',
    input: spec,
    layers: [layer],
    loss: LOSSES[loss],
    data: data ?? { type: 'teacher', examples: 100, noise: 0, scale: 1, inferred: false },
    optimizer: { type: 'sgd', learningRate: 0.01, weightDecay: 0, momentum: 0, nesterov: false },
    schedule: { type: 'constant' },
    clip: { type: 'none' },
    regularization: { l1: 0, l2: 0 },
    batchSize: 32,
    gradientAccumulation: 1,
    steps: 10,
    validation: validation ?? 0,
    seed: 1,
  };
}

/** FNV-1a over the bits: equal for equal data, whatever the machine. */
export function bitsHash(values: Float32Array | Int32Array): number {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(values.buffer, values.byteOffset, values.length))
    hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}
