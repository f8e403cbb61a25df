import type { Graph } from './graph';
import type { ObservedLayer, ObservedState } from './observed';
import type { Arena } from './program';
import type { NonFinite } from './step-measurements';
import { OUTPUT_STATISTICS } from './kernels/statistic-kernels';
import type { TrainingGraph } from './training-graph';

/**
 * The first value that was not finite, in the order of computation, of a step that took every measurement and whose
 * loss or gradient norm is not finite. A layer's backward pass is to blame when the gradient by its output was finite
 * and that by its input, its states or its parameters was not.
 */
export function findNonFinite(training: TrainingGraph, arena: Arena): NonFinite {
  return inForwardPass(training.graph, arena) ?? inLoss(training, arena) ?? inBackwardPass(training, arena);
}

/** The same of the update: the first parameter whose change was not finite. */
export function findNonFiniteUpdate(training: TrainingGraph, arena: Arena): NonFinite | undefined {
  const norms = arena.at(training.updateNorms).data;
  const index = norms.findIndex(norm => !Number.isFinite(norm));
  if (index < 0) return undefined;
  const parameter = [...training.graph.parameters.values()][index];
  return { direction: 'update', path: parameter.storage.scope, kind: kindOf(norms[index]), timeStep: undefined };
}

function inForwardPass(graph: Graph, arena: Arena): NonFinite | undefined {
  for (const layer of graph.layers) {
    const largest = arena.at(layer.statistics).data[OUTPUT_STATISTICS.largest];
    const inStates = firstTimeStep(graph, layer.path, state => arena.at(state.hiddenNorm).data, 'ascending');
    if (Number.isFinite(largest) && !inStates) continue;
    return {
      direction: 'forward',
      path: layer.path,
      kind: kindOf(inStates?.norm ?? largest),
      timeStep: inStates?.timeStep,
    };
  }
  return undefined;
}

function inLoss({ graph, penalties }: TrainingGraph, arena: Arena): NonFinite | undefined {
  const value = arena.at(penalties).data.reduce((sum, penalty) => sum + penalty, arena.at(graph.loss!.value).data[0]);
  return Number.isFinite(value) ? undefined : { direction: 'loss', path: '', kind: kindOf(value), timeStep: undefined };
}

function inBackwardPass({ graph, gradientNorms }: TrainingGraph, arena: Arena): NonFinite {
  const parameters = [...graph.parameters.values()];
  const parameterNorms = arena.at(gradientNorms).data;
  for (const layer of graph.layers.toReversed()) {
    const norm = arena.at(layer.gradientNorm).data[0];
    if (!Number.isFinite(norm)) {
      return { direction: 'backward', path: consumerOf(graph, layer), kind: kindOf(norm), timeStep: undefined };
    }
    const inStates =
      firstTimeStep(graph, layer.path, state => arena.at(state.hiddenGradient).data, 'descending') ??
      firstTimeStep(graph, layer.path, state => state.cellGradient && arena.at(state.cellGradient).data, 'descending');
    if (inStates)
      return { direction: 'backward', path: layer.path, kind: kindOf(inStates.norm), timeStep: inStates.timeStep };
    const own = parameterNorms.find(
      (value, index) => parameters[index].storage.scope === layer.path && !Number.isFinite(value),
    );
    if (own !== undefined) return { direction: 'backward', path: layer.path, kind: kindOf(own), timeStep: undefined };
  }
  // What is left: a parameter outside of all observed layers, or finite norms whose squares sum to more than a double
  // holds.
  let worst = parameterNorms.findIndex(norm => !Number.isFinite(norm));
  if (worst < 0) worst = parameterNorms.indexOf(Math.max(...parameterNorms));
  const path = parameters[worst].storage.scope;
  return {
    direction: 'backward',
    path,
    kind: Number.isNaN(parameterNorms[worst]) ? 'nan' : 'infinity',
    timeStep: undefined,
  };
}

/** The layer that takes this one's output, the last where there are several; '' for the loss. */
function consumerOf(graph: Graph, layer: ObservedLayer): string {
  return graph.nodes.findLast(node => node.inputs.includes(layer.output))?.scope ?? '';
}

/** The first time step of a layer's states, in the order of computation, whose norm is not finite. */
function firstTimeStep(
  graph: Graph,
  path: string,
  normsOf: (state: ObservedState) => Float64Array | undefined,
  order: 'ascending' | 'descending',
): { readonly timeStep: number; readonly norm: number } | undefined {
  for (const state of graph.recurrentStates) {
    const norms = state.path === path ? normsOf(state) : undefined;
    if (!norms) continue;
    const isNotFinite = (norm: number): boolean => !Number.isFinite(norm);
    const index = order === 'ascending' ? norms.findIndex(isNotFinite) : norms.findLastIndex(isNotFinite);
    if (index < 0) continue;
    return { timeStep: state.direction === 'forward' ? index : norms.length - 1 - index, norm: norms[index] };
  }
  return undefined;
}

function kindOf(value: number): 'nan' | 'infinity' {
  return Number.isNaN(value) ? 'nan' : 'infinity';
}
