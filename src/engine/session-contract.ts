/** What a session can do. */
import type { MeasurementGroup } from './instruction';
import type { Plan } from './plan';
import type { StepMeasurements } from './step-measurements';

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
