/** Reading what a step measured out of the arena. */
import { MEASUREMENT_GROUPS, type MeasurementGroup } from './instruction';
import { OUTPUT_STATISTICS } from './kernels/statistic-kernels';
import type { Arena } from './program';
import type { GradientPair, NonFinite, StateGradientNorms, StepMeasurements, UpdateEffect } from './step-measurements';
import type { TrainingGraph } from './training-graph';

/** Euclidean norm of norms: that of everything together. */
export function combinedNorm(norms: Float64Array): number {
  let squares = 0;
  for (const norm of norms) squares += norm * norm;
  return Math.sqrt(squares);
}

/** The session's one `StepMeasurements`, overwritten by every step. */
export class Measurements implements StepMeasurements {
  loss = NaN;
  penalty = 0;
  accuracy: number | undefined;
  gradientNorm = NaN;
  clipFactor = 1;
  inputGradientNorm = NaN;
  nonFinite: NonFinite | undefined;
  updateEffect: UpdateEffect | undefined;
  gradientPair: GradientPair | undefined;
  stateGradients: readonly StateGradientNorms[] = [];
  readonly parameterGradientNorms: Float64Array;
  readonly parameterNorms: Float64Array;
  readonly updateNorms: Float64Array;
  readonly outputMean: Float64Array;
  readonly outputStd: Float64Array;
  readonly outputLargest: Float64Array;
  readonly zeroShare: Float64Array;
  readonly deadShare: Float64Array;
  readonly saturatedShare: Float64Array;
  readonly outputGradientNorms: Float64Array;
  private readonly states: readonly StateGradientNorms[];
  /** Places of parameters without a gradient. */
  private readonly untrained: readonly number[];

  constructor(
    private readonly training: TrainingGraph,
    private readonly arena: Arena,
  ) {
    const perParameter = (): Float64Array => new Float64Array(training.graph.parameters.size).fill(NaN);
    const perLayer = (): Float64Array => new Float64Array(training.graph.layers.length).fill(NaN);
    this.parameterGradientNorms = perParameter();
    this.parameterNorms = perParameter();
    this.updateNorms = perParameter();
    this.outputMean = perLayer();
    this.outputStd = perLayer();
    this.outputLargest = perLayer();
    this.zeroShare = perLayer();
    this.deadShare = perLayer();
    this.saturatedShare = perLayer();
    this.outputGradientNorms = perLayer();
    this.untrained = [...training.graph.parameters.keys()].flatMap((name, index) =>
      training.gradients.has(name) ? [] : [index],
    );
    this.states = training.graph.recurrentStates.map(state => ({
      path: state.path,
      direction: state.direction,
      hidden: new Float64Array(state.hiddenGradient.shape[0]),
      cell: state.cellGradient && new Float64Array(state.cellGradient.shape[0]),
    }));
  }

  /** Loss that the last forward and backward pass left, with penalties. */
  lossOfPasses(): number {
    return this.arena.at(this.training.graph.loss!.value).data[0] + this.penaltyOfPasses();
  }

  private penaltyOfPasses(): number {
    return this.arena.at(this.training.penalties).data.reduce((sum, penalty) => sum + penalty, 0);
  }

  /** Takes over what the forward and backward pass left; NaN for the groups that were not measured. */
  readPasses(groups: readonly MeasurementGroup[], examples: number): void {
    const { training, arena } = this;
    const { graph } = training;
    const loss = graph.loss!;
    this.loss = this.lossOfPasses();
    this.penalty = this.penaltyOfPasses();
    this.accuracy = loss.right && arena.at(loss.right).data[0] / (examples * loss.answersPerExample);
    const gradientNorms = arena.at(training.gradientNorms).data;
    this.gradientNorm = combinedNorm(gradientNorms);
    this.parameterGradientNorms.set(gradientNorms);
    for (const index of this.untrained) this.parameterGradientNorms[index] = NaN;
    this.clipFactor = 1;
    this.updateNorms.fill(0);
    this.nonFinite = undefined;
    this.updateEffect = undefined;
    this.gradientPair = undefined;
    const [outputs, outputGradients, inputGradient, states, parameters] = MEASUREMENT_GROUPS.map(group =>
      groups.includes(group),
    );
    if (parameters) this.parameterNorms.set(arena.at(training.parameterNorms).data);
    else this.parameterNorms.fill(NaN);
    this.readLayers(outputs, outputGradients);
    this.inputGradientNorm =
      inputGradient && graph.inputs.get('input')?.kind === 'number' ? arena.at(graph.inputGradientNorm).data[0] : NaN;
    this.stateGradients = states ? this.states : [];
    if (states) this.readStates();
  }

  private readLayers(outputs: boolean, outputGradients: boolean): void {
    this.training.graph.layers.forEach((layer, index) => {
      const statistics = this.arena.at(layer.statistics).data;
      const value = (place: number): number => (outputs ? statistics[place] : NaN);
      this.outputMean[index] = value(OUTPUT_STATISTICS.mean);
      this.outputStd[index] = value(OUTPUT_STATISTICS.std);
      this.outputLargest[index] = value(OUTPUT_STATISTICS.largest);
      this.zeroShare[index] = value(OUTPUT_STATISTICS.zeroShare);
      this.saturatedShare[index] = value(OUTPUT_STATISTICS.saturatedShare);
      this.deadShare[index] = value(OUTPUT_STATISTICS.deadShare);
      this.outputGradientNorms[index] = outputGradients ? this.arena.at(layer.gradientNorm).data[0] : NaN;
    });
  }

  private readStates(): void {
    this.training.graph.recurrentStates.forEach((state, index) => {
      const { hidden, cell } = this.states[index];
      hidden.set(this.arena.at(state.hiddenGradient).data);
      if (cell) cell.set(this.arena.at(state.cellGradient!).data);
      if (state.direction === 'forward') return;
      // Measured in the order of computation, reported in the order of the sequence.
      hidden.reverse();
      cell?.reverse();
    });
  }
}
