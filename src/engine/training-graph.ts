import { emitClipping } from './clipping';
import { differentiate } from './differentiate';
import type { Graph } from './graph';
import type { Instruction } from './instruction';
import { groupMeasurementOnly } from './measurement-only';
import { optimizerOf } from './optimizers/index';
import type { SessionOptions } from './session';
import type { MeasureTensor, Tensor } from './tensor';

/** A training step as three lists of instructions, run in this order, and where they measure. */
export interface TrainingGraph {
  readonly graph: Graph;
  /** Forward, backward, penalties, norms. */
  readonly compute: readonly Instruction[];
  readonly clip: readonly Instruction[];
  readonly update: readonly Instruction[];
  /** By parameter. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  /** One value a parameter, each. */
  readonly penalties: MeasureTensor;
  readonly gradientNorms: MeasureTensor;
  readonly clippedNorms: MeasureTensor;
  readonly parameterNorms: MeasureTensor;
  readonly updateNorms: MeasureTensor;
  /** States that the passes change (running statistics), not the optimizer's. */
  readonly runningStates: readonly Tensor[];
  /** What gradients are scaled by when they are clipped, by parameter; to be filled before `clip` runs. */
  readonly clipFactors: Float64Array;
}

/** Differentiates a training graph and appends penalties, norms, clipping and the optimizer's updates to it. */
export function completeTraining({ training: graph, penalties, clip, optimizer }: SessionOptions): TrainingGraph {
  const gradients = differentiate(graph);
  const count = graph.parameters.size;
  const measures = {
    penalties: graph.measure(count), gradientNorms: graph.measure(count), clippedNorms: graph.measure(count),
    parameterNorms: graph.measure(count), updateNorms: graph.measure(count),
  };
  const parameters = [...graph.parameters].map(([name, parameter], index) =>
    ({ name, parameter, gradient: gradients.get(name)!, updateNorm: graph.entry(measures.updateNorms, index) }));

  parameters.forEach(({ parameter, gradient }, index) => {
    if (penalties && (penalties.l1 !== 0 || penalties.l2 !== 0) && parameter.shape.length >= 2) {
      graph.emitResult(graph.entry(measures.penalties, index), 'penalty', parameter, gradient, penalties.l1, penalties.l2);
    }
    graph.emitResult(graph.entry(measures.gradientNorms, index), 'norm', gradient);
    graph.emitMeasurement('parameters', graph.entry(measures.parameterNorms, index), 'norm', parameter);
  });
  const runningStates = [...graph.states.values()];
  const clipFactors = new Float64Array(count);
  const clipStart = graph.instructions.length;
  if (clip) emitClipping(graph, clip, parameters, clipFactors, measures.clippedNorms);
  const updateStart = graph.instructions.length;
  const update = optimizerOf(optimizer);
  for (const updated of parameters) update(graph, updated);

  const instructions = groupMeasurementOnly(graph.instructions, graph.kept);
  return {
    graph, gradients, ...measures, runningStates, clipFactors,
    compute: instructions.slice(0, clipStart),
    clip: instructions.slice(clipStart, updateStart),
    update: instructions.slice(updateStart),
  };
}
