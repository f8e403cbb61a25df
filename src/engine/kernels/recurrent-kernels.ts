/**
 * Kernels of the recurrent cells: one call walks a whole sequence of a whole batch. Everything is time-major, and time
 * runs in the order of computation (the operator has already turned a reverse direction around). The products with the
 * input are done before, as one matrix product, and those with the gradients after; see `operators/recurrent.ts`.
 *
 * Shapes: T = time, N = batch, H = units, G = gates (rnn 1, gru 3, lstm 4). `hidden` [T + 1, N, H] and `cells` [T + 1,
 * N, H] hold the initial state at 0, and what step t makes at t + 1. Weights and biases are PyTorch's: weightHh [G H,
 * H], biases [G H], gates in the order i, f, g, o and r, z, n. `scratch` has G H (H + N + 8) elements for whatever a
 * set wants to put there (the weight transposed or packed in panels of 8 columns, a step's product).
 *
 * The backward kernels get in dHidden [T, N, H] the gradient that reaches each step's hidden state from outside, and
 * turn it into the total derivative by that state, through the output and all later steps: dHidden[t] += (gradient by
 * pre-activations of t + 1) · weightHh, plus gru's direct path. dInitial [N, H] gets the derivative by the initial
 * hidden state.
 */
import type { NumberBuffer, Out } from './buffers';
import type { ElementwiseActivation } from './elementwise-activation';

/** Functions inside a recurrence: each has a slope that follows from its value. `identity` is Keras's `linear`. */
export type CellActivation = Extract<ElementwiseActivation, 'tanh' | 'relu' | 'sigmoid' | 'hard-sigmoid' | 'identity'>;

export interface RecurrentKernels {
  /**
   * hidden[t + 1] = f(projected[t] + biasIh + biasHh + hidden[t] weightHhᵀ), f being the nonlinearity. projected [T, N,
   * H]
   */
  rnn(
    projected: NumberBuffer,
    weightHh: NumberBuffer,
    biasIh: NumberBuffer,
    biasHh: NumberBuffer,
    hidden: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    time: number,
    batch: number,
    units: number,
    nonlinearity: CellActivation,
  ): void;
  /** dGates[t] = dHidden[t] f'(hidden[t + 1]), with dHidden[t] total. dGates [T, N, H] */
  rnnBackward(
    weightHh: NumberBuffer,
    hidden: NumberBuffer,
    dHidden: Out<NumberBuffer>,
    dGates: Out<NumberBuffer>,
    dInitial: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    time: number,
    batch: number,
    units: number,
    nonlinearity: CellActivation,
  ): void;

  /**
   * gates [T, N, 4 H] comes in holding the projected input and leaves holding the activated i, f, g, o of gates[t] +
   * biasIh + biasHh + hidden[t] weightHhᵀ; cells[t + 1] = f cells[t] + i g; hidden[t + 1] = o φ(cells[t + 1]). φ,
   * `activation`, is tanh in PyTorch and makes g too; σ, `gate`, is sigmoid there and makes i, f and o.
   */
  lstm(
    gates: Out<NumberBuffer>,
    weightHh: NumberBuffer,
    biasIh: NumberBuffer,
    biasHh: NumberBuffer,
    hidden: Out<NumberBuffer>,
    cells: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    time: number,
    batch: number,
    units: number,
    activation: CellActivation,
    gate: CellActivation,
  ): void;
  /**
   * With c = cells[t + 1] and dHidden[t] total: dCells[t] = dHidden[t] o φ'(c) + (dCells f)[t + 1]; dGates[t] =
   * gradient by the pre-activations: i: dCells g σ'(i), f: dCells cells[t] σ'(f), g: dCells i φ'(g), o: dHidden φ(c)
   * σ'(o), the slopes from the values. dCells [T, N, H] is written; its last step comes in holding the gradient that
   * reaches the final cell state from outside, which stands for (dCells f)[T].
   */
  lstmBackward(
    weightHh: NumberBuffer,
    gates: NumberBuffer,
    cells: NumberBuffer,
    dHidden: Out<NumberBuffer>,
    dCells: Out<NumberBuffer>,
    dGates: Out<NumberBuffer>,
    dInitial: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    time: number,
    batch: number,
    units: number,
    activation: CellActivation,
    gate: CellActivation,
  ): void;

  /**
   * gates [T, N, 3 H] comes in holding the projected input and leaves holding the activated r, z, n:
   * r, z = σ(gates + biasIh + biasHh + hidden[t] weightHhᵀ); newHidden[t] = hidden[t] W_hnᵀ + b_hn [T, N, H];
   * n = φ(gates + b_in + r newHidden[t]); hidden[t + 1] = (1 - z) n + z hidden[t]. φ and σ as of `lstm`.
   */
  gru(
    gates: Out<NumberBuffer>,
    weightHh: NumberBuffer,
    biasIh: NumberBuffer,
    biasHh: NumberBuffer,
    hidden: Out<NumberBuffer>,
    newHidden: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    time: number,
    batch: number,
    units: number,
    activation: CellActivation,
    gate: CellActivation,
  ): void;
  /**
   * With d = dHidden[t] total: dn = d (1 - z) φ'(n), dz = d (hidden[t] - n) σ'(z), dr = dn newHidden[t] σ'(r);
   * dGates[t] = (dr, dz, dn) by the projected input, dRecurrent[t] = (dr, dz, dn r) by hidden[t] weightHhᵀ; both [T, N,
   * 3 H]. dHidden[t - 1] += d z + dRecurrent[t] · weightHh.
   */
  gruBackward(
    weightHh: NumberBuffer,
    gates: NumberBuffer,
    hidden: NumberBuffer,
    newHidden: NumberBuffer,
    dHidden: Out<NumberBuffer>,
    dGates: Out<NumberBuffer>,
    dRecurrent: Out<NumberBuffer>,
    dInitial: Out<NumberBuffer>,
    scratch: Out<NumberBuffer>,
    time: number,
    batch: number,
    units: number,
    activation: CellActivation,
    gate: CellActivation,
  ): void;
}
