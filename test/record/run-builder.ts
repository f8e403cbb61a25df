import type { RunLayout, StepRecord } from '../../src/record/step-record';

/** A stack of `dense` layers with one kernel each. */
export function stackLayout(count: number): RunLayout {
  return {
    layers: Array.from({ length: count }, (_, index) => ({
      path: `dense${index + 1}`,
      type: 'dense',
      activation: 'tanh',
      outputShape: [8],
      inputs: [index - 1],
      parameters: [index],
      parent: -1,
    })),
    parameters: Array.from({ length: count }, (_, index) => ({
      name: `dense${index + 1}.weight`,
      layer: index,
      shape: [8, 8],
      role: 'kernel',
      trainable: true,
      learningRateMultiplier: 1,
    })),
    task: 'test',
    trainingExamples: 10,
    validationExamples: 0,
    steps: 100,
    measuredBy: { kind: 'engine', arenaBytes: 0, kernels: 'reference' },
    inputStatistics: { mean: 0, std: 1 },
  };
}

/** A record whose every number is ordinary, with what `changes` says otherwise. */
export function ordinaryRecord(layout: RunLayout, step: number, changes: Partial<StepRecord> = {}): StepRecord {
  const layers = (value: number): Float64Array => new Float64Array(layout.layers.length).fill(value);
  const parameters = (value: number): Float64Array => new Float64Array(layout.parameters.length).fill(value);
  return {
    step,
    loss: 1,
    learningRate: 0.01,
    gradientNorm: 1,
    clipFactor: 1,
    parameterGradientNorms: parameters(0.5),
    parameterNorms: parameters(2),
    updateNorms: parameters(0.01),
    outputMean: layers(0),
    outputStd: layers(1),
    outputGradientNorms: layers(1),
    inputGradientNorm: 1,
    zeroShare: layers(0),
    deadShare: layers(0),
    saturatedShare: layers(0),
    stateGradients: [],
    ...changes,
  };
}
