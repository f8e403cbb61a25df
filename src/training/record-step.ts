import type { StepMeasurements } from '../engine/step-measurements';
import type { LayerLayout, NonFiniteOrigin, StateGradients, StepRecord, ValidationRecord } from '../record/step-record';

/** What of a record the engine does not know. */
export interface StepContext {
  readonly step: number;
  readonly learningRate: number;
  readonly validation: ValidationRecord | undefined;
}

/** A record of its own from the session's measurements, whose arrays the next step overwrites. */
export function recordStep(
  layers: readonly LayerLayout[],
  measured: StepMeasurements,
  context: StepContext,
): StepRecord {
  const { step, learningRate, validation } = context;
  return {
    step,
    loss: measured.loss,
    ...(measured.penalty !== 0 && { penalty: measured.penalty }),
    ...(measured.accuracy !== undefined && { accuracy: measured.accuracy }),
    ...(validation && { validation }),
    learningRate,
    gradientNorm: measured.gradientNorm,
    clipFactor: measured.clipFactor,
    parameterGradientNorms: measured.parameterGradientNorms.slice(),
    parameterNorms: measured.parameterNorms.slice(),
    updateNorms: measured.updateNorms.slice(),
    outputMean: measured.outputMean.slice(),
    outputStd: measured.outputStd.slice(),
    outputGradientNorms: measured.outputGradientNorms.slice(),
    inputGradientNorm: measured.inputGradientNorm,
    zeroShare: measured.zeroShare.slice(),
    deadShare: measured.deadShare.slice(),
    saturatedShare: measured.saturatedShare.slice(),
    stateGradients: measured.stateGradients.map((state): StateGradients => ({
      layer: indexOf(layers, state.path),
      direction: state.direction,
      hidden: state.hidden.slice(),
      ...(state.cell && { cell: state.cell.slice() }),
    })),
    ...(measured.nonFinite && { nonFinite: toOrigin(layers, measured.nonFinite) }),
    ...(measured.updateEffect && { updateEffect: measured.updateEffect }),
    ...(measured.gradientPair && { gradientPair: measured.gradientPair }),
  };
}

function toOrigin(layers: readonly LayerLayout[], found: NonNullable<StepMeasurements['nonFinite']>): NonFiniteOrigin {
  return {
    direction: found.direction,
    layer: found.path === '' ? -1 : indexOf(layers, found.path),
    kind: found.kind,
    ...(found.timeStep !== undefined && { timeStep: found.timeStep }),
  };
}

function indexOf(layers: readonly LayerLayout[], path: string): number {
  return layers.findIndex(layer => layer.path === path);
}
