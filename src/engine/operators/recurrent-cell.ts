/** The walk of one direction of a recurrent layer through time, forward and back. Formulas: `kernels/recurrent-kernels.ts`. */
import type { Graph, ObservedState } from '../graph';
import type { Tensor } from '../tensor';

export interface CellOptions {
  readonly cell: 'rnn' | 'lstm' | 'gru';
  /** Of `rnn` only. */
  readonly nonlinearity: 'tanh' | 'relu';
}

/** Rows of weights and biases for each unit. */
export const GATES = { rnn: 1, gru: 3, lstm: 4 } as const;

/** What the forward walk leaves for the backward one; all in the order of computation. */
export interface CellTape {
  /** `[time, n, gates units]`: activated gates (rnn: nothing of use). */
  readonly gates: Tensor;
  /** `[time + 1, n, units]`, the initial state first. */
  readonly hidden: Tensor;
  /** lstm: cell states, as `hidden`. gru: the new gate's recurrent part `[time, n, units]`. */
  readonly memory: Tensor | undefined;
  readonly observed: ObservedState;
}

/** Walks forward. gates `[time, n, gates units]` holds the input projections and is overwritten with the activated gates. */
export function forwardCell(
  graph: Graph, gates: Tensor, parameters: { readonly weightHh: Tensor; readonly biasIh: Tensor; readonly biasHh: Tensor },
  { cell, nonlinearity }: CellOptions, direction: 'forward' | 'reverse',
): CellTape {
  const [time, batch] = gates.shape as readonly [number, number, number];
  const { weightHh, biasIh, biasHh } = parameters;
  const units = weightHh.shape[1]!;
  const scratch = scratchOf(graph, weightHh, batch);
  const hidden = graph.tensor([time + 1, batch, units]);
  graph.emit('fill', graph.view(hidden, [batch, units]), 0);
  let memory: Tensor | undefined;
  if (cell === 'rnn') {
    graph.emit('rnn', gates, weightHh, biasIh, biasHh, hidden, scratch, time, batch, units, nonlinearity);
  } else if (cell === 'lstm') {
    memory = graph.tensor(hidden.shape);
    graph.emit('fill', graph.view(memory, [batch, units]), 0);
    graph.emit('lstm', gates, weightHh, biasIh, biasHh, hidden, memory, scratch, time, batch, units);
  } else {
    memory = graph.tensor([time, batch, units]);
    graph.emit('gru', gates, weightHh, biasIh, biasHh, hidden, memory, scratch, time, batch, units);
  }
  const observed: ObservedState = {
    path: graph.path, direction, hiddenNorm: graph.measure(time), hiddenGradient: graph.measure(time),
    ...(cell === 'lstm' && { cellGradient: graph.measure(time) }),
  };
  graph.recurrentStates.push(observed);
  const states = graph.view(hidden, [time, batch, units], batch * units);
  graph.emitMeasurement('states', undefined, 'rowNorms', states, observed.hiddenNorm, time, batch * units);
  return { gates, hidden, memory, observed };
}

/**
 * Walks back. dHidden `[time, n, units]` holds what reaches the hidden states from outside and is overwritten with their total
 * gradients, whose norms are measured. Returns the gradients by the projected input and by hidden weightHhᵀ, which differ for gru
 * only.
 */
export function backwardCell(
  graph: Graph, tape: CellTape, weightHh: Tensor, dHidden: Tensor, { cell, nonlinearity }: CellOptions,
): { readonly dGates: Tensor; readonly dRecurrent: Tensor } {
  const { gates, hidden, observed } = tape;
  const [time, batch, units] = dHidden.shape as readonly [number, number, number];
  const scratch = scratchOf(graph, weightHh, batch);
  const dInitial = graph.tensor([batch, units]);
  const dGates = graph.tensor(gates.shape);
  let dRecurrent = dGates;
  if (cell === 'rnn') {
    graph.emit('rnnBackward', weightHh, hidden, dHidden, dGates, dInitial, scratch, time, batch, units, nonlinearity);
  } else if (cell === 'lstm') {
    const dCells = graph.tensor(dHidden.shape);
    graph.emit('lstmBackward', weightHh, gates, tape.memory!, dHidden, dCells, dGates, dInitial, scratch, time, batch, units);
    graph.emitMeasurement('states', undefined, 'rowNorms', dCells, observed.cellGradient!, time, batch * units);
  } else {
    dRecurrent = graph.tensor(gates.shape);
    graph.emit(
      'gruBackward', weightHh, gates, hidden, tape.memory!, dHidden, dGates, dRecurrent, dInitial, scratch, time, batch, units,
    );
  }
  graph.emitMeasurement('states', undefined, 'rowNorms', dHidden, observed.hiddenGradient, time, batch * units);
  return { dGates, dRecurrent };
}

/** What the kernels want: see `RecurrentKernels`. */
function scratchOf(graph: Graph, weightHh: Tensor, batch: number): Tensor {
  const [gateRows, units] = weightHh.shape as readonly [number, number];
  return graph.tensor([gateRows * (units + batch + 8)]);
}
