import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import {
  GATES,
  initialStates,
  measureStateGradients,
  observeStates,
  walkBackward,
  walkForward,
  type CellOptions,
  type CellWalk,
} from './recurrent-cell';
import { addInputGradient, projectRows, someRows, timeMajorRows, type InputRows } from './input-rows';
import { addParameterGradients, type RecurrentParameters } from './recurrent';

/** A part of a sequence, walked with parameters of its own. */
export interface RelayPart {
  readonly time: number;
  readonly parameters: RecurrentParameters;
}

interface PartTape extends CellWalk {
  readonly input: InputRows;
  /** First time step. */
  readonly start: number;
}

/**
 * One recurrent walk over x `[n, time, features]` → every hidden state `[n, time, units]`, in which each part has its
 * own parameters and takes over the state in which the one before it ends: encoder and decoder of a translation model
 * (Sutskever et al. 2014). The states of all parts stand in one block, so handing one over costs nothing; they are
 * observed as one sequence, through which the gradient flows back from the decoder's end to the encoder's beginning.
 */
export function relay(graph: Graph, x: Tensor, parts: readonly RelayPart[], options: CellOptions): Tensor {
  const [batch, time, features] = x.shape as readonly [number, number, number];
  const units = parts[0].parameters.weightHh.shape[1];
  const gateRows = GATES[options.cell] * units;
  const step = batch * units;
  const input = timeMajorRows(graph, x, false, parts.length);
  const hidden = initialStates(graph, time, batch, units);
  const cells = options.cell === 'lstm' ? initialStates(graph, time, batch, units) : undefined;

  let next = 0;
  const tapes = parts.map((part): PartTape => {
    const start = next;
    next += part.time;
    const partInput = someRows(graph, input, start * batch, part.time * batch);
    const gates = projectRows(graph, partInput, part.parameters.weightIh, [part.time, batch, gateRows]);
    const states = (all: Tensor): Tensor => graph.view(all, [part.time + 1, batch, units], start * step);
    const walk = walkForward(graph, gates, part.parameters, options, states(hidden), cells && states(cells));
    return { ...walk, input: partInput, start };
  });
  const observed = observeStates(graph, hidden, options, 'forward');
  const y = graph.tensor([batch, time, units]);
  graph.emit(
    'fromTimeMajor',
    graph.view(hidden, [time, batch, units], step),
    y,
    batch,
    time,
    units,
    units,
    0,
    false,
    false,
  );

  const parameters = parts.flatMap(part => Object.values(part.parameters) as Tensor[]);
  return graph.node('relay', [x, ...parameters], y, (dy, gradients) => {
    const dHidden = graph.tensor([time, batch, units]);
    graph.emit('toTimeMajor', dy, dHidden, batch, time, units, units, 0, false);
    const dCells = cells && graph.tensor(dHidden.shape);
    const dInput = graph.tensor([time, batch, features]);
    const at = (all: Tensor, index: number): Tensor => graph.view(all, [batch, units], index * step);
    if (dCells) graph.emit('fill', at(dCells, time - 1), 0);
    for (const [index, part] of [...parts.entries()].reverse()) {
      const tape = tapes[index];
      const { start } = tape;
      const { weightIh, weightHh } = part.parameters;
      const steps = (all: Tensor): Tensor => graph.view(all, [part.time, batch, units], start * step);
      const { dGates, dRecurrent, dInitial } = walkBackward(
        graph,
        tape,
        weightHh,
        steps(dHidden),
        dCells && steps(dCells),
        options,
      );
      if (start > 0) {
        const before = at(dHidden, start - 1);
        graph.emit('add', before, dInitial, before);
        if (dCells) {
          const gates = graph.view(tape.gates, [batch, gateRows]);
          graph.emit('lstmInitialCellGradient', at(dCells, start), gates, at(dCells, start - 1), batch, units);
        }
      }
      addParameterGradients(graph, gradients, part.parameters, tape, dGates, dRecurrent);
      const dPartInput = graph.view(dInput, [part.time, batch, features], start * batch * features);
      graph.emit('matmul', dGates, weightIh, dPartInput, part.time * batch, features, gateRows, false);
    }
    measureStateGradients(graph, observed, dHidden, dCells);
    const dx = graph.tensor(x.shape);
    graph.emit('fromTimeMajor', dInput, dx, batch, time, features, features, 0, false, false);
    addInputGradient(gradients, x, input, dx);
  });
}
