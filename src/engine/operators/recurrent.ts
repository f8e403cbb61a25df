import type { Gradients } from '../graph';
import type { Graph } from '../graph';
import { sizeOf, type Tensor } from '../tensor';
import { addInputGradient, addProjectionGradients, projectRows, timeMajorRows, type InputRows } from './input-rows';
import { backwardCell, forwardCell, GATES, type CellOptions, type CellTape } from './recurrent-cell';

/**
 * One direction's parameters, PyTorch's: weightIh `[gates units, features]`, weightHh `[gates units, units]`, biases
 * `[gates units]`.
 */
export interface RecurrentParameters {
  readonly weightIh: Tensor;
  readonly weightHh: Tensor;
  readonly biasIh: Tensor;
  readonly biasHh: Tensor;
}

export interface RecurrentOptions extends CellOptions {
  /** `last`: the final state of each direction; `sequence`: every hidden state. */
  readonly output: 'last' | 'sequence';
}

/**
 * A recurrent layer over x `[n, time, features]` → `[n, D units]` or `[n, time, D units]`, D being the number of
 * `directions` given: forward, and where bidirectional then reverse, concatenated. The state starts at zero. Each
 * direction is turned into the order of computation and made time-major, all its input projections are one matrix
 * product (of an embedding's table, where that is smaller), one kernel walks the sequence, and the weight gradients are
 * one product each.
 */
export function recurrent(
  graph: Graph,
  x: Tensor,
  directions: readonly RecurrentParameters[],
  options: RecurrentOptions,
): Tensor {
  const [batch, time, features] = x.shape as readonly [number, number, number];
  const units = directions[0].weightHh.shape[1];
  const width = units * directions.length;
  const gateRows = GATES[options.cell] * units;
  const rows = time * batch;
  const last = rows * units;
  const y = graph.tensor(options.output === 'last' ? [batch, width] : [batch, time, width]);

  const tapes = directions.map((parameters, index): CellTape & { readonly input: InputRows } => {
    const reverse = index === 1;
    const input = timeMajorRows(graph, x, reverse);
    const gates = projectRows(graph, input, parameters.weightIh, [time, batch, gateRows]);
    const tape = forwardCell(graph, gates, parameters, options, reverse ? 'reverse' : 'forward');
    if (options.output === 'last') {
      graph.emit('copyRows', tape.hidden, last, units, y, index * units, width, batch, units);
    } else {
      const states = graph.view(tape.hidden, [time, batch, units], batch * units);
      graph.emit('fromTimeMajor', states, y, batch, time, units, width, index * units, reverse, false);
    }
    return { ...tape, input };
  });

  const parameters = directions.flatMap(direction => Object.values(direction) as Tensor[]);
  return graph.node(options.cell, [x, ...parameters], y, (dy, gradients) => {
    const dx = graph.tensor(x.shape);
    directions.forEach(({ weightIh, weightHh }, index) => {
      const reverse = index === 1;
      const tape = tapes[index];
      const dHidden = graph.tensor([time, batch, units]);
      if (options.output === 'last') {
        graph.emit('fill', dHidden, 0);
        graph.emit('copyRows', dy, index * units, width, dHidden, last - batch * units, units, batch, units);
      } else {
        graph.emit('toTimeMajor', dy, dHidden, batch, time, units, width, index * units, reverse);
      }
      const { dGates, dRecurrent } = backwardCell(graph, tape, weightHh, dHidden, options);
      addParameterGradients(graph, gradients, directions[index], tape, dGates, dRecurrent);
      if (x.needsGradient) {
        const dInput = graph.tensor([time, batch, features]);
        graph.emit('matmul', dGates, weightIh, dInput, rows, features, gateRows, false);
        graph.emit('fromTimeMajor', dInput, dx, batch, time, features, features, 0, reverse, index > 0);
      }
    });
    addInputGradient(gradients, x, tapes[0].input, dx);
  });
}

/**
 * The gradients by one direction's parameters (and by an embedding's table), one product or sum over all time steps
 * each. input, time-major, and hidden `[time (+ 1), n, units]`: what each step got.
 */
export function addParameterGradients(
  graph: Graph,
  gradients: Gradients,
  { weightIh, weightHh, biasIh, biasHh }: RecurrentParameters,
  { input, hidden }: { readonly input: InputRows; readonly hidden: Tensor },
  dGates: Tensor,
  dRecurrent: Tensor,
): void {
  const [gateRows, units] = weightHh.shape as readonly [number, number];
  const rows = sizeOf(dGates.shape) / gateRows;
  const dWeightHh = graph.tensor(weightHh.shape);
  graph.emit('matmulTransposedA', dRecurrent, hidden, dWeightHh, gateRows, units, rows, false);
  gradients.add(weightHh, dWeightHh);
  const biases = dRecurrent === dGates ? [biasIh, biasHh] : [biasIh];
  addProjectionGradients(graph, gradients, input, weightIh, biases, dGates);
  if (dRecurrent === dGates) return;
  const dBiasHh = graph.tensor(biasHh.shape);
  graph.emit('columnSums', dRecurrent, dBiasHh, rows, gateRows, false);
  gradients.add(biasHh, dBiasHh);
}
