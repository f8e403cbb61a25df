/**
 * A session owns the memory of a network and runs it: training steps on one graph, evaluation on another that shares
 * its parameters.
 */
import { openReferenceKernels } from './kernels/reference/open-reference-kernels';
import { openSimdKernels } from './kernels/simd/open-simd-kernels';
import { withoutMeasurements } from './measurement-only';
import { Passes } from './passes';
import { planMemory } from './plan';
import { RunningSession } from './running-session';
import type { PlannedSession, Session } from './session-contract';
import type { SessionOptions } from './session-options';
import { completeTraining, instructionsOf } from './training-graph';
import { UpdateProbe } from './update-probe';

/**
 * Differentiates the training graph, completes it with penalties, clipping and updates, and plans the memory of it all,
 * without taking any: a caller with a limit looks at `plan.bytes` and `plan.bytesByScope` first. A graph can be planned
 * once only.
 */
export function planSession(options: SessionOptions): PlannedSession {
  if (options.kernels === 'simd' && options.precision !== 'float32')
    throw new Error('The simd kernels compute in float32 only.');
  const training = completeTraining(options);
  const evaluation = options.evaluation && withoutMeasurements(options.evaluation);
  const programs = [
    { instructions: instructionsOf(training), kept: options.training.kept },
    ...(evaluation ? [{ instructions: evaluation, kept: options.evaluation.kept }] : []),
  ];
  const graphs = options.evaluation ? [options.training, options.evaluation] : [options.training];
  const measured = options.training.layers.flatMap(layer => [layer.statistics, layer.gradientNorm]);
  const plan = planMemory(
    programs,
    [
      ...graphs.flatMap(graph => [...graph.inputs.values(), ...graph.parameters.values(), ...graph.states.values()]),
      ...graphs.flatMap(graph => graph.constants.map(({ tensor }) => tensor)),
      ...measured,
      ...options.training.recurrentStates.flatMap(state => [state.hiddenNorm, state.hiddenGradient]),
      options.training.inputGradientNorm,
      training.penalties,
      training.gradientNorms,
      training.clippedNorms,
      training.parameterNorms,
      training.updateNorms,
    ],
    options.precision,
  );
  const open = options.kernels === 'simd' ? openSimdKernels : openReferenceKernels;
  const bytesBesides =
    Passes.bytes(options.training, training.batches, options.precision) +
    (options.probe ? UpdateProbe.bytes(training, options.precision === 'float32' ? 4 : 8) : 0);
  return { plan, bytesBesides, open: () => new RunningSession(options, training, evaluation, plan, open) };
}

/** Plans and opens a session. */
export function createSession(options: SessionOptions): Session {
  return planSession(options).open();
}
