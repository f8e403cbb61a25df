import { ACTIVATION_CODES, LOSS_CODES } from '../../../src/engine/kernels/simd/codes';
import { ACTIVATION_READS, type ElementwiseActivation } from '../../../src/engine/kernels/elementwise-activation';
import type { Kernels } from '../../../src/engine/kernels/kernels';
import { ATTENTION_CASES } from './attention-cases';
import { CONVOLUTION_CASES } from './convolution-cases';
import { over, randomSizes, type Cases } from './draw';
import { MAP_CASES } from './map-cases';
import { RECURRENT_CASES } from './recurrent-cases';
import { STRIDED_CASES } from './strided-cases';

const ACTIVATIONS = Object.keys(ACTIVATION_CODES) as ElementwiseActivation[];
const LOSSES = Object.keys(LOSS_CODES);

/** Around multiples of 4, 8 and 16, where the vector loops end. */
const LENGTHS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 100, ...randomSizes(4, 300).flat()];
const ROWS_AND_COLUMNS: readonly (readonly [number, number])[] = [
  ...randomSizes<readonly [number, number]>(4, 50, 70),
  [1, 1],
  [1, 3],
  [3, 1],
  [2, 4],
  [5, 7],
  [4, 8],
  [17, 16],
  [33, 19],
  [40, 35],
  [7, 64],
];
const MATRICES: readonly (readonly [m: number, n: number, k: number])[] = [
  ...randomSizes<readonly [number, number, number]>(6, 40, 60, 90),
  [1, 1, 1],
  [1, 8, 3],
  [2, 3, 4],
  [3, 5, 7],
  [4, 8, 16],
  [5, 9, 17],
  [7, 16, 5],
  [8, 7, 33],
  [13, 10, 12],
  [12, 24, 64],
  [16, 3, 2],
  [33, 31, 29],
  [1, 40, 65],
  [20, 300, 9],
  [11, 17, 600],
  [14, 262, 517],
  [64, 1, 10],
];
/** Classes whose rows do not count: none, and one that some rows have. */
const IGNORED = [-1, 0];
/** outer, units, inner */
const BLOCKS: readonly (readonly [number, number, number])[] = [
  ...randomSizes<readonly [number, number, number]>(4, 9, 12, 20).map(([o, u, i]) => [o + 1, u, i] as const),
  [2, 1, 1],
  [5, 3, 1],
  [9, 4, 1],
  [16, 13, 1],
  [4, 3, 7],
  [6, 5, 4],
  [3, 2, 33],
];

/** A change of a parameter around 1 is known to the parameter's rounding. */
const UPDATE_ROUNDING = 2e-7;

const product =
  (aSize: (m: number, k: number) => number): Cases =>
  draw =>
    over(MATRICES, ([m, n, k]) =>
      [false, true].map(accumulate => ({
        args: [draw.numbers(aSize(m, k)), draw.numbers(k * n), draw.numbers(m * n), m, n, k, accumulate],
        tolerance: 5e-6,
      })),
    );

const products: Cases = draw =>
  over(MATRICES.slice(0, 12), ([m, n, k]) => ({
    args: [draw.numbers(3 * m * k), draw.numbers(3 * k * n), draw.numbers(3 * m * n), 3, m, n, k],
    tolerance: 5e-6,
  }));

/** Cases of every kernel; the type asks for each by name. */
export const KERNEL_CASES: Readonly<Record<keyof Kernels, Cases>> = {
  matmul: product((m, k) => m * k),
  matmulTransposedB: product((m, k) => m * k),
  matmulTransposedA: product((m, k) => m * k),
  matmulEach: products,
  matmulEachTransposedB: products,
  matmulEachTransposedA: products,

  ...CONVOLUTION_CASES,
  ...MAP_CASES,
  ...STRIDED_CASES,

  fill: draw => over(LENGTHS, n => ({ args: [draw.numbers(n), 0.3] })),
  copy: draw => over(LENGTHS, n => ({ args: [draw.numbers(n), draw.numbers(n)] })),
  add: draw => over(LENGTHS, n => ({ args: [draw.numbers(n), draw.numbers(n), draw.numbers(n)] })),
  multiply: draw => over(LENGTHS, n => ({ args: [draw.numbers(n), draw.numbers(n), draw.numbers(n)] })),
  scale: draw => over(LENGTHS, n => ({ args: [draw.numbers(n), -1.7] })),
  clamp: draw => over(LENGTHS, n => ({ args: [draw.numbers(n), 0.5] })),
  activate: draw =>
    over(ACTIVATIONS, kind =>
      over(ROWS_AND_COLUMNS, ([rows, columns]) =>
        [draw.numbers(columns), undefined].map(bias => ({
          args: [kind, draw.numbers(rows * columns, 3), bias, draw.numbers(rows * columns), rows, columns],
        })),
      ),
    ),
  activateKeepingSlope: draw =>
    over(
      ACTIVATIONS.filter(kind => ACTIVATION_READS[kind] === 'input'),
      kind =>
        over(ROWS_AND_COLUMNS, ([rows, columns]) =>
          [draw.numbers(columns), undefined].map(bias => ({
            args: [kind, draw.numbers(rows * columns, 3), bias, draw.numbers(rows * columns), rows, columns],
          })),
        ),
    ),
  activateBackward: draw =>
    over(ACTIVATIONS, kind =>
      over(LENGTHS, n => ({
        args: [kind, draw.numbers(n, 0.8), draw.numbers(n), draw.numbers(n)],
      })),
    ),
  softmax: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) => ({
      args: [draw.numbers(rows * columns, 4, 50), draw.numbers(rows * columns), rows, columns],
    })),
  softmaxBackward: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) => ({
      args: [
        draw.probabilities(rows, columns),
        draw.numbers(rows * columns),
        draw.numbers(rows * columns),
        rows,
        columns,
      ],
    })),
  columnSums: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) =>
      [false, true].map(accumulate => ({
        args: [draw.numbers(rows * columns), draw.numbers(columns), rows, columns, accumulate],
      })),
    ),
  dropout: draw =>
    over(LENGTHS, n =>
      [0, 0.1, 0.5, 0.9].map(rate => ({
        args: [draw.numbers(n), draw.numbers(n), rate, 0x9abcdef1 + n],
      })),
    ),

  copyRows: draw =>
    over([1, 3, 4, 6, 9], columns => ({
      args: [draw.numbers(5 * 12), 2, 12, draw.numbers(5 * 10), 1, 9, 5, Math.min(columns, 9)],
    })),
  toTimeMajor: draw =>
    over([1, 3, 4, 9, ...randomSizes(2, 40).flat()], columns =>
      [false, true].map(reverse => ({
        args: [
          draw.numbers(3 * 5 * (columns + 3)),
          draw.numbers(5 * 3 * columns),
          3,
          5,
          columns,
          columns + 3,
          2,
          reverse,
        ],
      })),
    ),
  fromTimeMajor: draw =>
    over([1, 3, 4, 9, ...randomSizes(2, 40).flat()], columns =>
      [0, 1, 2, 3].map(flags => ({
        args: [
          draw.numbers(5 * 3 * columns),
          draw.numbers(3 * 5 * (columns + 3)),
          3,
          5,
          columns,
          columns + 3,
          2,
          (flags & 1) > 0,
          (flags & 2) > 0,
        ],
      })),
    ),
  meanOverMiddle: draw =>
    over(BLOCKS, ([o, m, i]) => ({ args: [draw.numbers(o * m * i), draw.numbers(o * i), o, m, i] })),
  meanOverMiddleBackward: draw =>
    over(BLOCKS, ([o, m, i]) => ({
      args: [draw.numbers(o * i), draw.numbers(o * m * i), o, m, i],
    })),
  embed: draw =>
    over([1, 3, 4, 9, ...randomSizes(2, 40).flat()], units => ({
      args: [draw.ids(11, 6), draw.numbers(6 * units), draw.numbers(11 * units), units],
    })),
  embedBackward: draw =>
    over([1, 3, 4, 9, ...randomSizes(2, 40).flat()], units => ({
      args: [draw.ids(11, 6), draw.numbers(11 * units), draw.numbers(6 * units), units],
    })),

  crossEntropy: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) =>
      IGNORED.map(ignored => ({
        args: [
          draw.numbers(rows * columns, 5, 20),
          draw.ids(rows, columns),
          draw.numbers(rows * columns),
          rows,
          columns,
          ignored,
        ],
      })),
    ),
  crossEntropyBackward: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) =>
      IGNORED.map(ignored => ({
        args: [
          draw.probabilities(rows, columns),
          draw.ids(rows, columns),
          draw.numbers(rows * columns),
          rows,
          columns,
          0.7,
          ignored,
        ],
      })),
    ),
  elementwiseLoss: draw =>
    over(LOSSES, kind =>
      over(LENGTHS, n => ({
        // more elements than are counted
        args: [kind, draw.numbers(n + 3, 2), draw.positive(n + 3), n, 0.8],
      })),
    ),
  elementwiseLossBackward: draw =>
    over(LOSSES, kind =>
      over(LENGTHS, n => ({
        args: [kind, draw.numbers(n + 3, 2), draw.positive(n + 3), draw.numbers(n + 3), n, 0.8, 1.5],
      })),
    ),
  countRightClasses: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) =>
      IGNORED.map(ignored => ({
        args: [draw.numbers(rows * columns), draw.ids(rows, columns), rows, columns, ignored],
      })),
    ),
  countRightSigns: draw => over(LENGTHS, n => ({ args: [draw.numbers(n + 2), draw.positive(n + 2), n] })),

  ...ATTENTION_CASES,

  batchNorm: draw =>
    over(BLOCKS, ([outer, channels, inner]) => {
      const n = outer * channels * inner;
      const perChannel = Array.from({ length: 4 }, () => draw.numbers(channels));
      return {
        args: [
          draw.numbers(n, 2, 3),
          draw.numbers(channels),
          draw.numbers(channels),
          draw.numbers(n),
          ...perChannel,
          outer,
          channels,
          inner,
          0.1,
          1e-5,
        ],
        tolerance: 2e-5,
      };
    }),
  batchNormInference: draw =>
    over(BLOCKS, ([outer, channels, inner]) => {
      const n = outer * channels * inner;
      return {
        args: [
          draw.numbers(n, 2, 3),
          draw.numbers(channels),
          draw.numbers(channels),
          draw.numbers(n),
          draw.numbers(channels),
          draw.positive(channels),
          outer,
          channels,
          inner,
          1e-5,
        ],
      };
    }),
  batchNormBackward: draw =>
    over(BLOCKS, ([outer, channels, inner]) => {
      const n = outer * channels * inner;
      return {
        args: [
          draw.numbers(n, 2, 3),
          draw.numbers(channels),
          draw.numbers(channels, 0.1, 3),
          draw.positive(channels),
          draw.numbers(n),
          draw.numbers(n),
          draw.numbers(channels),
          draw.numbers(channels),
          outer,
          channels,
          inner,
        ],
        tolerance: 1e-5,
      };
    }),
  layerNorm: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) => ({
      args: [
        draw.numbers(rows * columns, 2, 3),
        draw.numbers(columns),
        draw.numbers(columns),
        draw.numbers(rows * columns),
        draw.numbers(rows),
        draw.numbers(rows),
        rows,
        columns,
        1e-5,
      ],
      tolerance: 2e-5,
    })),
  layerNormBackward: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) => ({
      args: [
        draw.numbers(rows * columns, 2, 3),
        draw.numbers(columns),
        draw.numbers(rows, 0.1, 3),
        draw.positive(rows),
        draw.numbers(rows * columns),
        draw.numbers(rows * columns),
        draw.numbers(columns),
        draw.numbers(columns),
        rows,
        columns,
      ],
      tolerance: 1e-5,
    })),

  rmsNorm: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) => ({
      args: [
        draw.numbers(rows * columns, 2, 3),
        draw.numbers(columns),
        draw.numbers(rows * columns),
        draw.numbers(rows),
        rows,
        columns,
        1e-6,
      ],
    })),
  rmsNormBackward: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) => ({
      args: [
        draw.numbers(rows * columns, 2, 3),
        draw.numbers(columns),
        draw.positive(rows),
        draw.numbers(rows * columns),
        draw.numbers(rows * columns),
        draw.numbers(columns),
        rows,
        columns,
      ],
      tolerance: 1e-5,
    })),

  ...RECURRENT_CASES,

  sgd: draw =>
    over(LENGTHS, n =>
      [1, 2].flatMap(step =>
        [false, true].flatMap(nesterov =>
          [draw.numbers(n), undefined].map(velocity => ({
            args: [draw.numbers(n), draw.numbers(n), velocity, step, 0.1, 0.01, 0.9, nesterov],
            resultAllowance: UPDATE_ROUNDING * Math.sqrt(n),
          })),
        ),
      ),
    ),
  rmsprop: draw =>
    over(LENGTHS, n =>
      [draw.numbers(n), undefined].map(velocity => ({
        args: [draw.numbers(n), draw.numbers(n), draw.positive(n), velocity, 0.01, 0.1, 0.99, 1e-8, 0.9],
        tolerance: 2e-5,
        resultAllowance: UPDATE_ROUNDING * Math.sqrt(n),
      })),
    ),
  adagrad: draw =>
    over(LENGTHS, n => ({
      args: [draw.numbers(n), draw.numbers(n), draw.positive(n), 0.01, 0.1, 1e-10],
      tolerance: 2e-5,
      resultAllowance: UPDATE_ROUNDING * Math.sqrt(n),
    })),
  adam: draw =>
    over(LENGTHS, n =>
      [1, 2, 1000].flatMap(step =>
        [false, true].map(decoupled => ({
          args: [
            draw.numbers(n),
            draw.numbers(n),
            draw.numbers(n),
            draw.positive(n),
            step,
            0.01,
            0.1,
            0.9,
            0.999,
            1e-8,
            decoupled,
          ],
          tolerance: 2e-5,
          resultAllowance: UPDATE_ROUNDING * Math.sqrt(n),
        })),
      ),
    ),
  penalty: draw => over(LENGTHS, n => ({ args: [draw.numbers(n), draw.numbers(n), 0.01, 0.1] })),

  norm: draw => over(LENGTHS, n => ({ args: [draw.numbers(n)], tolerance: 1e-14 })),
  rowNorms: draw =>
    over(ROWS_AND_COLUMNS, ([rows, columns]) => ({
      args: [draw.numbers(rows * columns), draw.measures(rows), rows, columns],
      tolerance: 1e-14,
    })),
  outputStatistics: draw =>
    over(BLOCKS, ([outer, units, inner]) => {
      const x = draw.numbers(outer * units * inner);
      // one unit that is always 0, and some zeros elsewhere
      for (let o = 0; o < outer; o++) x.values.fill(0, o * units * inner, o * units * inner + inner);
      x.values[x.values.length - 1] = 0;
      return { args: [x, draw.measures(6), outer, units, inner, -0.5, 0.9], tolerance: 1e-12 };
    }),
};
