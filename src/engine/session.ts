/**
 * A session owns the memory of a network and runs it: training steps on one graph, evaluation on another that shares
 * its parameters.
 */
import type { CallWatcher } from './call-watcher';
import type { Graph } from './graph';
import type { MeasurementGroup } from './instruction';
import type { OptimizerOptions } from './optimizers/index';
import type { ClipOptions } from './clipping';
import { openReferenceKernels } from './kernels/reference/open-reference-kernels';
import { openSimdKernels } from './kernels/simd/open-simd-kernels';
import { withoutMeasurements } from './measurement-only';
import { Passes } from './passes';
import { planMemory, type Plan } from './plan';
import { RunningSession } from './running-session';
import { completeTraining, instructionsOf } from './training-graph';
import { UpdateProbe } from './update-probe';

export interface SessionOptions {
  /** A graph in training mode with a loss (`graph.loss` set by a loss operator). It is differentiated here. */
  readonly training: Graph;
  /** Graphs in evaluation mode that share parameters and states by name; by any name, e.g. `validation`. */
  readonly evaluation?: Graph;
  readonly optimizer: OptimizerOptions;
  readonly clip?: ClipOptions;
  /** l1 Σ |w| + l2 Σ w² over every trained parameter of two or more axes, in loss and gradients. */
  readonly penalties?: { readonly l1: number; readonly l2: number };
  /** `simd`: WebAssembly, float32 only. */
  readonly kernels: 'simd' | 'reference';
  readonly precision: 'float32' | 'float64';
  /** Of dropout masks. */
  readonly seed: number;
  /**
   * Batches of a step, whose gradients are averaged before penalties, clipping and the one update (gradient
   * accumulation); 1 by default. What a step measures is then that of all its examples together, see
   * `MergedMeasurements`.
   */
  readonly accumulation?: number;
  /** Whether steps may be probed: takes memory besides the arena. */
  readonly probe?: boolean;
  /** Looks on at every kernel call, at some cost: a `Profile` or a `SubnormalCount`. */
  readonly watcher?: CallWatcher;
}

/**
 * What a step measured. The arrays are the session's own and overwritten by the next step: copy what is to be kept.
 * Order of layers: `graph.layers`; of parameters: `graph.parameters`. What a step did not measure is NaN.
 */
export interface StepMeasurements {
  /** With penalties. */
  readonly loss: number;
  /** Share of the loss that l1 and l2 regularization make. */
  readonly penalty: number;
  /** Right answers over answers; undefined where the loss has no classes. */
  readonly accuracy: number | undefined;
  /** Norm of the whole gradient before clipping. */
  readonly gradientNorm: number;
  /** Norm after clipping over norm before. */
  readonly clipFactor: number;
  /** NaN for a parameter that is not trained. */
  readonly parameterGradientNorms: Float64Array;
  /** Before the update. */
  readonly parameterNorms: Float64Array;
  /** 0 for a parameter that is not trained. */
  readonly updateNorms: Float64Array;
  readonly outputMean: Float64Array;
  readonly outputStd: Float64Array;
  readonly outputLargest: Float64Array;
  readonly zeroShare: Float64Array;
  readonly deadShare: Float64Array;
  readonly saturatedShare: Float64Array;
  readonly outputGradientNorms: Float64Array;
  /** By the graph's input named `input`; NaN where that is token ids. */
  readonly inputGradientNorm: number;
  /** One for each direction of each recurrent layer; empty where not measured. In the order of the sequence. */
  readonly stateGradients: readonly StateGradientNorms[];
  /** Where loss, gradient or update was not finite. */
  readonly nonFinite: NonFinite | undefined;
  /** Of a probed step whose update was finite. */
  readonly updateEffect: UpdateEffect | undefined;
  /** Of the step after a probed one: this batch's gradient against that of the batch before, at the same parameters. */
  readonly gradientPair: GradientPair | undefined;
}

/** The batch of a step once more after its update, with the same dropout masks. */
export interface UpdateEffect {
  /** With penalties. */
  readonly loss: number;
  /**
   * Gradient before the update (and before clipping) times the change of the parameters: the loss's slope over the
   * update.
   */
  readonly slopeBefore: number;
  /** The same with the gradient after the update. Less `slopeBefore` it is the curvature over the update. */
  readonly slopeAfter: number;
  /**
   * Square of the change in the metric of the optimizer's preconditioner, which multipliers of the rate are a part of;
   * NaN where it has no diagonal one.
   */
  readonly preconditionedSquare: number;
}

/** Two batches' gradients at the same parameters, before clipping. */
export interface GradientPair {
  /** Scalar product of the two. */
  readonly product: number;
  /** Norm of the other batch's gradient; that of this batch is `gradientNorm`. */
  readonly otherNorm: number;
}

export interface StateGradientNorms {
  /** Path of the layer. */
  readonly path: string;
  readonly direction: 'forward' | 'reverse';
  /** `[time]` */
  readonly hidden: Float64Array;
  /** lstm only. */
  readonly cell: Float64Array | undefined;
}

/** The first place, in the order of computation, where a value was not finite. */
export interface NonFinite {
  readonly direction: 'forward' | 'loss' | 'backward' | 'update';
  /** Path of the layer; '' where it was the loss itself. */
  readonly path: string;
  readonly kind: 'nan' | 'infinity';
  /** Of a recurrent layer: the first such time step in the order of computation, as a position in the sequence. */
  readonly timeStep: number | undefined;
}

export interface EvaluationResult {
  /** Mean over the examples, without penalties. */
  readonly loss: number;
  readonly accuracy: number | undefined;
}

export interface Session {
  readonly plan: Plan;
  /**
   * Copies values into an input of the training graph, one batch after another where a step has several; those of one
   * batch serve for each. Throws on an unknown name, a wrong length, an id out of range.
   */
  feed(input: string, values: ArrayLike<number>): void;
  /** The live numbers of a parameter; writing to them sets it. */
  parameter(name: string): Float32Array | Float64Array;
  /** The gradient of the last step, after penalties and clipping; of a trained parameter. */
  gradient(name: string): Float32Array | Float64Array;
  /** The live numbers of a state, e.g. running statistics. */
  state(name: string): Float32Array | Float64Array;
  /**
   * One training step on what was fed: forward, backward, measurements, update at `learningRate`. Where loss or
   * gradient is not finite, nothing is updated and `nonFinite` says where it began. A probed step repeats both passes
   * after the update, which costs about as much as the step; `gradient` is then the one after the update.
   */
  step(learningRate: number, measure?: readonly MeasurementGroup[], probe?: boolean): StepMeasurements;
  /** The same without the update. */
  gradients(measure?: readonly MeasurementGroup[]): StepMeasurements;
  /**
   * Copies values into an input of the evaluation graph; fewer examples than its batch are allowed (see `evaluate`).
   */
  feedEvaluation(input: string, values: ArrayLike<number>): void;
  /** Loss and accuracy of the first `examples` of what was fed to the evaluation graph. */
  evaluate(examples: number): EvaluationResult;
  /** The output tensor's numbers, as the last run of the graph (over the last batch of a step) left them. */
  output(graph: 'training' | 'evaluation'): Float32Array | Float64Array;
}

/** A session whose memory is planned but not taken yet. */
export interface PlannedSession {
  readonly plan: Plan;
  /** Bytes that probing takes besides, where it was asked for, and the batches of a step where it has several. */
  readonly bytesBesides: number;
  /** Takes the memory. Throws a RangeError when it cannot be had. */
  open(): Session;
}

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
