import { describe, expect, it } from 'vitest';
import { attendScratch, attendWeights } from '../../../src/engine/kernels/attention-kernels';
import { ACTIVATION_READS, type ElementwiseActivation } from '../../../src/engine/kernels/elementwise-activation';
import type { Kernels } from '../../../src/engine/kernels/kernels';
import { referenceKernels } from '../../../src/engine/kernels/reference/open-reference-kernels';
import { MAP_READS } from '../../../src/engine/kernels/strided-kernels';
import { ACTIVATION_CODES, COMBINATION_CODES, LOSS_CODES, MAP_CODES } from '../../../src/engine/kernels/simd/codes';
import { differences, Operand, type Argument } from './twin-run';

const SPECIAL = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1,
  -1,
  2 ** -149,
  -(2 ** -140),
  1e30,
  -1e30,
  3e38,
  88,
  -88,
  104,
  -104,
  0.5,
  20,
  -20,
];
const numbers = (values: readonly number[]): Operand => new Operand('numbers', Float64Array.from(values, Math.fround));
const zeros = (n: number): Operand => numbers(new Array<number>(n).fill(0));
const shuffled = numbers([...SPECIAL.slice(7), ...SPECIAL.slice(0, 7)]);
const n = SPECIAL.length;
const ones = numbers(new Array<number>(n).fill(1));

/** One special value at a time among ordinary ones, so that it cannot hide behind another. */
function eachAmongOrdinary(columns: number): Operand {
  return numbers(
    SPECIAL.flatMap((value, row) =>
      Array.from({ length: columns }, (_, c) => (c === row % columns ? value : 0.25 * c - 0.4)),
    ),
  );
}

/** Attention of one head of four features, by queries of which each has one special value. */
function attendBySpecial(causal: boolean): [keyof Kernels, readonly Argument[]] {
  const keys = numbers(Array.from({ length: 4 * n }, (_, i) => 0.05 + 0.01 * (i % 7)));
  const scratch = new Operand('scratch', new Float64Array(attendScratch(n, 4)));
  return [
    'attend',
    [
      eachAmongOrdinary(4),
      keys,
      keys,
      zeros(attendWeights(n, n, causal)),
      zeros(4 * n),
      scratch,
      1,
      1,
      n,
      n,
      4,
      1,
      causal,
    ],
  ];
}

const activations = (Object.keys(ACTIVATION_CODES) as ElementwiseActivation[]).flatMap(
  (kind): [keyof Kernels, readonly Argument[]][] => [
    ...(ACTIVATION_READS[kind] === 'input'
      ? [
          ['activateKeepingSlope', [kind, numbers(SPECIAL), undefined, zeros(n), 1, n]] satisfies [
            keyof Kernels,
            readonly Argument[],
          ],
        ]
      : []),
    ['activate', [kind, numbers(SPECIAL), undefined, zeros(n), 1, n]],
    ['activateBackward', [kind, numbers(SPECIAL), ones, zeros(n)]],
    // what comes from above may be special while the layer's own values are not
    ['activateBackward', [kind, numbers(SPECIAL.map((_, i) => 0.1 + 0.02 * i)), numbers(SPECIAL), zeros(n)]],
  ],
);

const losses = Object.keys(LOSS_CODES).flatMap((kind): [keyof Kernels, readonly Argument[]][] =>
  SPECIAL.flatMap((value): [keyof Kernels, readonly Argument[]][] => [
    ['elementwiseLoss', [kind, numbers([0.1, value, 0.3, -0.2, 0.5]), numbers([0, 1, 1, 0, 1]), 5, 1]],
    [
      'elementwiseLossBackward',
      [kind, numbers([0.1, value, 0.3, -0.2, 0.5]), numbers([0, 1, 1, 0, 1]), zeros(5), 5, 1, 1],
    ],
  ]),
);

/** What memory may hold: no subnormal numbers. */
const KEPT = SPECIAL.filter(value => value === 0 || Math.abs(value) > 2 ** -100 || Number.isNaN(value));
const otherKept = [...KEPT.slice(7), ...KEPT.slice(0, 7)];
const flat = [1, 1, 1, 1, 1, KEPT.length] as const;
const dense = [0, 0, 0, 0, 0, 1] as const;

const combinations = Object.keys(COMBINATION_CODES).map((kind): [keyof Kernels, readonly Argument[]] => [
  'combine',
  [kind, numbers(KEPT), numbers(otherKept), zeros(KEPT.length), ...flat, ...dense, ...dense],
]);

const maps = Object.keys(MAP_CODES).flatMap((kind): [keyof Kernels, readonly Argument[]][] => [
  ['mapElements', [kind, numbers(KEPT), zeros(KEPT.length), -0.5, 2]],
  ...(kind in MAP_READS
    ? [
        [
          'mapElementsBackward',
          [kind, numbers(KEPT), numbers(KEPT.map(() => 1)), zeros(KEPT.length), -0.5, 2],
        ] satisfies [keyof Kernels, readonly Argument[]],
      ]
    : []),
]);

const CASES: readonly [keyof Kernels, readonly Argument[]][] = [
  ...activations,
  ...losses,
  ...combinations,
  ...maps,
  ['fill', [zeros(5), NaN]],
  ['copy', [numbers(SPECIAL), zeros(n)]],
  ['add', [numbers(SPECIAL), shuffled, zeros(n)]],
  ['scale', [numbers(SPECIAL), -2]],
  ['clamp', [numbers(SPECIAL), 10]],
  ['softmax', [eachAmongOrdinary(7), zeros(7 * n), n, 7]],
  ['softmaxBackward', [numbers(new Array<number>(7 * n).fill(1 / 7)), eachAmongOrdinary(7), zeros(7 * n), n, 7]],
  attendBySpecial(false),
  attendBySpecial(true),
  ['columnSums', [eachAmongOrdinary(7), zeros(7), n, 7, false]],
  ['rowNorms', [eachAmongOrdinary(7), new Operand('measures', new Float64Array(n)), n, 7]],
  ['layerNorm', [eachAmongOrdinary(7), zeros(7), zeros(7), zeros(7 * n), zeros(n), zeros(n), n, 7, 1e-5]],
  ['rmsNorm', [eachAmongOrdinary(7), zeros(7), zeros(7 * n), zeros(n), n, 7, 1e-6]],
  ['meanOverMiddle', [eachAmongOrdinary(7), zeros(7), 1, n, 7]],
  ['countRightSigns', [numbers(SPECIAL), zeros(n), n]],
  ['countRightSigns', [numbers(SPECIAL), ones, n]],
  [
    'countRightClasses',
    [
      eachAmongOrdinary(7),
      new Operand(
        'ids',
        Float64Array.from(SPECIAL, (_, row) => row % 7),
      ),
      n,
      7,
      -1,
    ],
  ],
  ['multiply', [numbers(SPECIAL), shuffled, zeros(n)]],
  ['matmul', [eachAmongOrdinary(5), numbers(new Array<number>(5 * 11).fill(1)), zeros(11 * n), n, 11, 5, false]],
  [
    'matmulTransposedB',
    [eachAmongOrdinary(5), numbers(new Array<number>(5 * 11).fill(1)), zeros(11 * n), n, 11, 5, false],
  ],
  [
    'matmulTransposedA',
    [eachAmongOrdinary(5), numbers(new Array<number>(n * 11).fill(1)), zeros(11 * 5), 5, 11, n, false],
  ],
  ...SPECIAL.map((value): [keyof Kernels, readonly Argument[]] => ['norm', [numbers([0.5, 1, 2, 0.1, value])]]),
  ...SPECIAL.map((value): [keyof Kernels, readonly Argument[]] => [
    'outputStatistics',
    [numbers([0.5, 1, 2, 0.1, value, 3]), new Operand('measures', new Float64Array(6)), 2, 3, 1, -1, 1],
  ]),
  ...SPECIAL.map((value): [keyof Kernels, readonly Argument[]] => [
    'crossEntropy',
    [numbers([0.5, value, 2, 0.1, 1]), new Operand('ids', Float64Array.of(3)), zeros(5), 1, 5, -1],
  ]),
];

describe('special values', () => {
  it.each(CASES.map(([name, args], i) => ({ name, args, i })))('$name, case $i', ({ name, args }) => {
    expect(differences(name, { args })).toEqual([]);
  });

  it('never counts a NaN as right', () => {
    const nan = { offset: 0, length: 2, data: Float64Array.of(NaN, NaN) };
    const targets = { offset: 0, length: 2, data: Float64Array.of(0, 1) };
    expect(referenceKernels.countRightSigns(nan, targets, 2)).toBe(0);
  });

  it.each([1e30, 3.4e38])('measures %d in every statistic, in rows and means too', size => {
    const large = numbers(new Array<number>(4 * 250).fill(size).map((value, i) => (i % 2 === 0 ? value : -value)));
    const measures = (count: number): Operand => new Operand('measures', new Float64Array(count));
    expect(differences('norm', { args: [large], tolerance: 1e-14 })).toEqual([]);
    expect(differences('rowNorms', { args: [large, measures(4), 4, 250], tolerance: 1e-14 })).toEqual([]);
    expect(differences('outputStatistics', { args: [large, measures(6), 4, 250, 1, -1, 1], tolerance: 1e-12 })).toEqual(
      [],
    );
    const norm = referenceKernels.norm({ offset: 0, length: 1000, data: Float32Array.from(large.values) });
    expect(norm / (Math.fround(size) * Math.sqrt(1000))).toBeCloseTo(1, 12);
  });

  it('sums squares up to the float32 limit without overflow', () => {
    const large = new Float64Array(1000).fill(Math.fround(3.4e38));
    expect(differences('norm', { args: [new Operand('numbers', large)], tolerance: 1e-14 })).toEqual([]);
    const tiny = new Float64Array(1000).fill(2 ** -149);
    expect(differences('norm', { args: [new Operand('numbers', tiny)], tolerance: 1e-14 })).toEqual([]);
  });
});
