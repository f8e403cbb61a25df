import { emitClipping } from './clipping';
import { differentiate } from './differentiate';
import type { Graph } from './graph';
import type { Instruction, RunState } from './instruction';
import { groupMeasurementOnly } from './measurement-only';
import { optimizerOf } from './optimizers/index';
import type { SessionOptions } from './session-options';
import type { MeasureTensor, Tensor } from './tensor';

/**
 * A training step as lists of instructions, run in this order (`pass` and `endOfPass` once a batch), and where they
 * measure.
 */
export interface TrainingGraph {
  readonly graph: Graph;
  /** Batches of a step, whose gradients are averaged. */
  readonly batches: number;
  /** Clears sums of gradients; empty for one batch, as `endOfPass` is. */
  readonly begin: readonly Instruction[];
  /** Forward and backward. */
  readonly pass: readonly Instruction[];
  /** Adds the gradients of a pass up. */
  readonly endOfPass: readonly Instruction[];
  /** Averages, penalties, norms. */
  readonly finish: readonly Instruction[];
  readonly clip: readonly Instruction[];
  readonly update: readonly Instruction[];
  /** By parameter that is trained. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  /** One value a parameter, each; 0 for one that is not trained, but for its norm. */
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

/**
 * Differentiates a training graph and appends penalties, norms, clipping and the optimizer's updates to it, with the
 * sums of gradients over the batches of a step.
 */
export function completeTraining(options: SessionOptions): TrainingGraph {
  const { training: graph, penalties, clip, optimizer, accumulation: batches = 1 } = options;
  const ofPass = differentiate(graph);
  const pass = graph.instructions.splice(0);
  const gradients = batches === 1 ? ofPass : sumsOf(graph, ofPass);
  const begin = batches === 1 ? [] : emitted(graph, () => gradients.forEach(sum => graph.emit('fill', sum, 0)));
  const endOfPass =
    batches === 1
      ? []
      : emitted(graph, () => {
          for (const [name, sum] of gradients) graph.emit('add', sum, ofPass.get(name)!, sum);
        });
  const count = graph.parameters.size;
  const measures = {
    penalties: graph.measure(count),
    gradientNorms: graph.measure(count),
    clippedNorms: graph.measure(count),
    parameterNorms: graph.measure(count),
    updateNorms: graph.measure(count),
  };
  const all = [...graph.parameters].map(([name, parameter], index) => ({
    index,
    name,
    parameter,
    gradient: gradients.get(name),
    updateNorm: graph.entry(measures.updateNorms, index),
  }));
  const trained = all.flatMap(({ gradient, ...rest }) =>
    gradient
      ? [{ ...rest, gradient, rate: rateOf(graph, rest.name), decay: graph.decayMultipliers.get(rest.name) ?? 1 }]
      : [],
  );

  const finish = emitted(graph, () =>
    all.forEach(({ index, parameter, gradient }) => {
      if (gradient) {
        if (batches > 1) graph.emit('scale', gradient, 1 / batches);
        if (penalties && (penalties.l1 !== 0 || penalties.l2 !== 0) && parameter.shape.length >= 2) {
          graph.emitResult(
            graph.entry(measures.penalties, index),
            'penalty',
            parameter,
            gradient,
            penalties.l1,
            penalties.l2,
          );
        }
        graph.emitResult(graph.entry(measures.gradientNorms, index), 'norm', gradient);
      }
      graph.emitMeasurement('parameters', graph.entry(measures.parameterNorms, index), 'norm', parameter);
    }),
  );
  const runningStates = [...graph.states.values()];
  const clipFactors = new Float64Array(count);
  const clipping = emitted(graph, () => {
    if (clip) emitClipping(graph, clip, trained, clipFactors, measures.clippedNorms);
  });
  const update = emitted(graph, () => optimizerOf(optimizer)(graph, trained));

  const parts = groupMeasurementOnly([begin, pass, endOfPass, finish, clipping, update], graph.kept);
  graph.instructions.push(...parts.flat());
  return {
    graph,
    batches,
    gradients,
    ...measures,
    runningStates,
    clipFactors,
    begin: parts[0],
    pass: parts[1],
    endOfPass: parts[2],
    finish: parts[3],
    clip: parts[4],
    update: parts[5],
  };
}

/** The rate of a parameter's updates. */
function rateOf(graph: Graph, name: string): (run: RunState) => number {
  const multiplier = graph.rateMultipliers.get(name);
  return multiplier === undefined ? run => run.learningRate : run => run.learningRate * multiplier;
}

/** The whole step, in order. */
export function instructionsOf({
  begin,
  pass,
  endOfPass,
  finish,
  clip,
  update,
}: TrainingGraph): readonly Instruction[] {
  return [...begin, ...pass, ...endOfPass, ...finish, ...clip, ...update];
}

/** What `emit` appends to the graph, taken out again. */
function emitted(graph: Graph, emit: () => void): Instruction[] {
  const start = graph.instructions.length;
  emit();
  return graph.instructions.splice(start);
}

/** Room for the sum of each gradient, which is kept in place of that of a single pass. */
function sumsOf(graph: Graph, gradients: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor> {
  return new Map(
    [...gradients].map(([name, gradient]) => {
      const sum = graph.within(gradient.storage.scope, () => graph.tensor(gradient.shape));
      graph.kept.delete(gradient.storage);
      graph.kept.add(sum.storage);
      return [name, sum];
    }),
  );
}
