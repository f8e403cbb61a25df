/**
 * The walk of one direction of a recurrent layer through time, forward and back. Formulas:
 * `kernels/recurrent-kernels.ts`.
 */
import type { Graph } from '../graph';
import type { ObservedState } from '../observed';
import type { CellActivation } from '../kernels/recurrent-kernels';
import type { Tensor } from '../tensor';

export interface CellOptions {
  readonly cell: 'rnn' | 'lstm' | 'gru';
  /** Of the state; of lstm and gru, of what is new in it (and of an lstm's cell state). PyTorch's: tanh. */
  readonly nonlinearity: CellActivation;
  /** Of the gates of lstm and gru: sigmoid where none is given. */
  readonly gate?: CellActivation;
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

/** What a walk forward needs and leaves, without the measurements. */
export type CellWalk = Omit<CellTape, 'observed'>;

/** The parameters that act inside the walk. */
type CellParameters = { readonly weightHh: Tensor; readonly biasIh: Tensor; readonly biasHh: Tensor };

/**
 * Walks forward. gates `[time, n, gates units]` holds the input projections and is overwritten with the activated
 * gates.
 */
export function forwardCell(
  graph: Graph,
  gates: Tensor,
  parameters: CellParameters,
  options: CellOptions,
  direction: 'forward' | 'reverse',
): CellTape {
  const [time, batch] = gates.shape as readonly [number, number, number];
  const units = parameters.weightHh.shape[1];
  const hidden = initialStates(graph, time, batch, units);
  const memory = options.cell === 'lstm' ? initialStates(graph, time, batch, units) : undefined;
  const walk = walkForward(graph, gates, parameters, options, hidden, memory);
  return { ...walk, observed: observeStates(graph, hidden, options, direction) };
}

/** Room for the states of a walk, of which the initial one is zero. */
export function initialStates(graph: Graph, time: number, batch: number, units: number): Tensor {
  const states = graph.tensor([time + 1, batch, units]);
  graph.emit('fill', graph.view(states, [batch, units]), 0);
  return states;
}

/**
 * Walks forward from the state that stands at the beginning of `hidden` (lstm: and of `cells`), with nothing measured.
 */
export function walkForward(
  graph: Graph,
  gates: Tensor,
  { weightHh, biasIh, biasHh }: CellParameters,
  { cell, nonlinearity, gate = 'sigmoid' }: CellOptions,
  hidden: Tensor,
  cells: Tensor | undefined,
): CellWalk {
  const [time, batch] = gates.shape as readonly [number, number, number];
  const units = weightHh.shape[1];
  const scratch = scratchOf(graph, weightHh, batch);
  let memory = cells;
  if (cell === 'rnn') {
    graph.emit('rnn', gates, weightHh, biasIh, biasHh, hidden, scratch, time, batch, units, nonlinearity);
  } else if (cell === 'lstm') {
    graph.emit(
      'lstm',
      gates,
      weightHh,
      biasIh,
      biasHh,
      hidden,
      cells!,
      scratch,
      time,
      batch,
      units,
      nonlinearity,
      gate,
    );
  } else {
    memory = graph.tensor([time, batch, units]);
    graph.emit('gru', gates, weightHh, biasIh, biasHh, hidden, memory, scratch, time, batch, units, nonlinearity, gate);
  }
  return { gates, hidden, memory };
}

/** Puts the states of a walk under observation. hidden `[time + 1, n, units]` */
export function observeStates(
  graph: Graph,
  hidden: Tensor,
  { cell }: CellOptions,
  direction: 'forward' | 'reverse',
): ObservedState {
  const [places, batch, units] = hidden.shape as readonly [number, number, number];
  const time = places - 1;
  const observed: ObservedState = {
    path: graph.path,
    direction,
    hiddenNorm: graph.measure(time),
    hiddenGradient: graph.measure(time),
    ...(cell === 'lstm' && { cellGradient: graph.measure(time) }),
  };
  graph.recurrentStates.push(observed);
  const states = graph.view(hidden, [time, batch, units], batch * units);
  graph.emitMeasurement('states', undefined, 'rowNorms', states, observed.hiddenNorm, time, batch * units);
  return observed;
}

/**
 * Walks back. dHidden `[time, n, units]` holds what reaches the hidden states from outside and is overwritten with
 * their total gradients, whose norms are measured. Returns the gradients by the projected input and by hidden
 * weightHhᵀ, which differ for gru only.
 */
export function backwardCell(
  graph: Graph,
  tape: CellTape,
  weightHh: Tensor,
  dHidden: Tensor,
  options: CellOptions,
): { readonly dGates: Tensor; readonly dRecurrent: Tensor } {
  const [time, batch, units] = dHidden.shape as readonly [number, number, number];
  const dCells = options.cell === 'lstm' ? graph.tensor(dHidden.shape) : undefined;
  if (dCells) graph.emit('fill', graph.view(dCells, [batch, units], (time - 1) * batch * units), 0);
  const gradients = walkBackward(graph, tape, weightHh, dHidden, dCells, options);
  measureStateGradients(graph, tape.observed, dHidden, dCells);
  return gradients;
}

/**
 * Walks back with nothing measured. dCells (lstm) `[time, n, units]` holds at its last step what reaches the final cell
 * state from outside, and is overwritten as dHidden is. Also returns the gradient by the initial hidden state.
 */
export function walkBackward(
  graph: Graph,
  { gates, hidden, memory }: CellWalk,
  weightHh: Tensor,
  dHidden: Tensor,
  dCells: Tensor | undefined,
  { cell, nonlinearity, gate = 'sigmoid' }: CellOptions,
): { readonly dGates: Tensor; readonly dRecurrent: Tensor; readonly dInitial: Tensor } {
  const [time, batch, units] = dHidden.shape as readonly [number, number, number];
  const scratch = scratchOf(graph, weightHh, batch);
  const dInitial = graph.tensor([batch, units]);
  const dGates = graph.tensor(gates.shape);
  let dRecurrent = dGates;
  if (cell === 'rnn') {
    graph.emit('rnnBackward', weightHh, hidden, dHidden, dGates, dInitial, scratch, time, batch, units, nonlinearity);
  } else if (cell === 'lstm') {
    graph.emit(
      'lstmBackward',
      weightHh,
      gates,
      memory!,
      dHidden,
      dCells!,
      dGates,
      dInitial,
      scratch,
      time,
      batch,
      units,
      nonlinearity,
      gate,
    );
  } else {
    dRecurrent = graph.tensor(gates.shape);
    graph.emit(
      'gruBackward',
      weightHh,
      gates,
      hidden,
      memory!,
      dHidden,
      dGates,
      dRecurrent,
      dInitial,
      scratch,
      time,
      batch,
      units,
      nonlinearity,
      gate,
    );
  }
  return { dGates, dRecurrent, dInitial };
}

/** Measures the norms of total state gradients by time step. */
export function measureStateGradients(
  graph: Graph,
  observed: ObservedState,
  dHidden: Tensor,
  dCells: Tensor | undefined,
): void {
  const [time, batch, units] = dHidden.shape as readonly [number, number, number];
  if (dCells)
    graph.emitMeasurement('states', undefined, 'rowNorms', dCells, observed.cellGradient!, time, batch * units);
  graph.emitMeasurement('states', undefined, 'rowNorms', dHidden, observed.hiddenGradient, time, batch * units);
}

/** What the kernels want: see `RecurrentKernels`. */
function scratchOf(graph: Graph, weightHh: Tensor, batch: number): Tensor {
  const [gateRows, units] = weightHh.shape as readonly [number, number];
  return graph.tensor([gateRows * (units + batch + 8)]);
}
