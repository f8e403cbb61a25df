/** Cases of the recurrent kernels, with every function that may stand inside a recurrence. */
import type { CellActivation, RecurrentKernels } from '../../../src/engine/kernels/recurrent-kernels';
import { over, randomSizes, type Cases } from './draw';

/** The usual functions are held to what they keep; of others slopes such as 1 - z² cancel where a gate is near 1. */
const toleranceOf = (activation: CellActivation, gate: CellActivation): number =>
  activation === 'tanh' && gate === 'sigmoid' ? 4e-6 : 3e-5;

const CELL_ACTIVATIONS: readonly CellActivation[] = ['tanh', 'relu', 'sigmoid', 'hard-sigmoid', 'identity'];
/** Of the state and of the gates: the usual ones, whose loops are their own, and others. */
const FUNCTIONS: readonly (readonly [CellActivation, CellActivation])[] = [
  ['tanh', 'sigmoid'],
  ['relu', 'sigmoid'],
  ['identity', 'hard-sigmoid'],
  ['hard-sigmoid', 'tanh'],
  ['sigmoid', 'relu'],
];
/** time, batch, units */
const SEQUENCES: readonly (readonly [number, number, number])[] = [
  ...randomSizes<readonly [number, number, number]>(3, 6, 7, 20),
  [1, 1, 1],
  [3, 1, 5],
  [2, 2, 3],
  [4, 3, 7],
  [5, 4, 8],
  [3, 6, 9],
  [4, 9, 16],
  [2, 5, 33],
];

const scratchSize = (gates: number, batch: number, units: number): number => gates * units * (units + batch + 8);

export const RECURRENT_CASES: Readonly<Record<keyof RecurrentKernels, Cases>> = {
  rnn: draw =>
    over(SEQUENCES, ([t, n, h]) =>
      CELL_ACTIVATIONS.map(nonlinearity => ({
        args: [
          draw.numbers(t * n * h),
          draw.numbers(h * h, 0.5 / Math.sqrt(h)),
          draw.numbers(h),
          draw.numbers(h),
          draw.numbers((t + 1) * n * h),
          draw.scratch(scratchSize(1, n, h)),
          t,
          n,
          h,
          nonlinearity,
        ],
        tolerance: 4e-6,
      })),
    ),
  rnnBackward: draw =>
    over(SEQUENCES, ([t, n, h]) =>
      CELL_ACTIVATIONS.map(nonlinearity => ({
        args: [
          draw.numbers(h * h, 1 / Math.sqrt(h)),
          draw.numbers((t + 1) * n * h, 0.4),
          draw.numbers(t * n * h),
          draw.numbers(t * n * h),
          draw.numbers(n * h),
          draw.scratch(scratchSize(1, n, h)),
          t,
          n,
          h,
          nonlinearity,
        ],
        tolerance: 4e-6,
      })),
    ),
  lstm: draw =>
    over(SEQUENCES, ([t, n, h]) =>
      FUNCTIONS.map(([activation, gate]) => ({
        args: [
          draw.numbers(t * n * 4 * h),
          draw.numbers(4 * h * h, 1 / Math.sqrt(h)),
          draw.numbers(4 * h),
          draw.numbers(4 * h),
          draw.numbers((t + 1) * n * h),
          draw.numbers((t + 1) * n * h),
          draw.scratch(scratchSize(4, n, h)),
          t,
          n,
          h,
          activation,
          gate,
        ],
        tolerance: toleranceOf(activation, gate),
      })),
    ),
  lstmBackward: draw =>
    over(SEQUENCES, ([t, n, h]) =>
      FUNCTIONS.map(([activation, gate]) => ({
        args: [
          draw.numbers(4 * h * h, 1 / Math.sqrt(h)),
          draw.positive(t * n * 4 * h, 0.9),
          draw.numbers((t + 1) * n * h),
          draw.numbers(t * n * h),
          draw.numbers(t * n * h),
          draw.numbers(t * n * 4 * h),
          draw.numbers(n * h),
          draw.scratch(scratchSize(4, n, h)),
          t,
          n,
          h,
          activation,
          gate,
        ],
        tolerance: toleranceOf(activation, gate),
      })),
    ),
  gru: draw =>
    over(SEQUENCES, ([t, n, h]) =>
      FUNCTIONS.map(([activation, gate]) => ({
        args: [
          draw.numbers(t * n * 3 * h),
          draw.numbers(3 * h * h, 1 / Math.sqrt(h)),
          draw.numbers(3 * h),
          draw.numbers(3 * h),
          draw.numbers((t + 1) * n * h),
          draw.numbers(t * n * h),
          draw.scratch(scratchSize(3, n, h)),
          t,
          n,
          h,
          activation,
          gate,
        ],
        tolerance: toleranceOf(activation, gate),
      })),
    ),
  gruBackward: draw =>
    over(SEQUENCES, ([t, n, h]) =>
      FUNCTIONS.map(([activation, gate]) => ({
        args: [
          draw.numbers(3 * h * h, 1 / Math.sqrt(h)),
          draw.positive(t * n * 3 * h, 0.9),
          draw.numbers((t + 1) * n * h),
          draw.numbers(t * n * h),
          draw.numbers(t * n * h),
          draw.numbers(t * n * 3 * h),
          draw.numbers(t * n * 3 * h),
          draw.numbers(n * h),
          draw.scratch(scratchSize(3, n, h)),
          t,
          n,
          h,
          activation,
          gate,
        ],
        tolerance: toleranceOf(activation, gate),
      })),
    ),
};
