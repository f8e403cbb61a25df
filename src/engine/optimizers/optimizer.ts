import type { Graph } from '../graph';
import type { RunState } from '../instruction';
import type { MeasureTensor, Tensor } from '../tensor';

/** A parameter about to be updated. */
export interface Updated {
  readonly name: string;
  readonly parameter: Tensor;
  readonly gradient: Tensor;
  /** Rate of this step's update: the schedule's, by the parameter's multiplier. */
  readonly rate: (run: RunState) => number;
  /** What the optimizer's weight decay is multiplied by. */
  readonly decay: number;
  /** Gets the norm of the change. */
  readonly updateNorm: MeasureTensor;
}

/** Appends the update of every parameter to the graph, and makes the state it needs. */
export type Optimizer = (graph: Graph, parameters: readonly Updated[]) => void;

/** An optimizer that updates each parameter without regard to the others. */
export function eachByItself(update: (graph: Graph, updated: Updated) => void): Optimizer {
  return (graph, parameters) => {
    for (const updated of parameters) update(graph, updated);
  };
}

/** Whose memory it is that belongs to no layer but to all parameters together; no layer has such a path. */
export const OPTIMIZER_SCOPE = '.optimizer';

/** This step's rate, schedule applied, for all parameters together. */
export const rate = (run: RunState): number => run.learningRate;

/** Updates made, this one included: from 1. */
export const updateCount = (run: RunState): number => run.step + 1;

/** A state of the parameter's own shape, zero at the start. */
export function stateOf(graph: Graph, { name, parameter }: Updated, role: string): Tensor {
  return graph.within(parameter.storage.scope, () => graph.state(`${name} ${role}`, parameter.shape));
}
