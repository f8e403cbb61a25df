import { MAP_READS, type CurvedMap } from '../../../src/engine/kernels/strided-kernels';
import type { StridedKernels } from '../../../src/engine/kernels/strided-kernels';
import { COMBINATION_CODES, MAP_CODES } from '../../../src/engine/kernels/simd/codes';
import { over, randomSizes, type Cases, type Draw } from './draw';
import type { Operand } from './twin-run';

const LENGTHS = [1, 2, 3, 4, 5, 7, 16, 17, 33];
type Six = readonly [number, number, number, number, number, number];
const SIZES: readonly Six[] = [
  [1, 1, 1, 1, 1, 1],
  [1, 1, 1, 1, 3, 7],
  [1, 1, 2, 3, 4, 8],
  [2, 1, 2, 3, 2, 5],
  ...randomSizes<Six>(4, 2, 2, 3, 3, 4, 19),
];
/** Which axes an operand walks; the others are broadcast. */
const WALKED: readonly Six[] = [
  [1, 1, 1, 1, 1, 1],
  [0, 0, 0, 0, 0, 1],
  [1, 0, 1, 0, 1, 0],
  [0, 0, 0, 0, 0, 0],
];

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** Strides over the walked axes, the last `step` apart, and how many elements they need. */
function strides(sizes: Six, walked: Six, step = 1): { readonly strides: Six; readonly length: number } {
  const result = [0, 0, 0, 0, 0, 0];
  let next = step;
  for (let axis = 5; axis >= 0; axis--) {
    if (walked[axis] === 0) continue;
    result[axis] = next;
    next *= sizes[axis];
  }
  return { strides: result as unknown as Six, length: next };
}

const isComparison = (kind: string): boolean => ['greater', 'greater-or-equal', 'equal', 'larger-share'].includes(kind);

/** Operands of which some numbers are equal and some 0, where that matters. */
function operand(draw: Draw, kind: string, n: number, isSecond: boolean): Operand {
  const numbers = draw.numbers(n);
  if (isComparison(kind) || (isSecond && (kind === 'where' || kind === 'unless'))) {
    numbers.values.forEach((value, i) => (numbers.values[i] = Math.round(value)));
  }
  return kind === 'divide' && isSecond ? draw.positive(n, 2) : numbers;
}

const copies: Cases = draw =>
  over(SIZES, sizes =>
    over(WALKED, walked =>
      over([false, true], accumulate => {
        const x = strides(sizes, walked, 2);
        const y = strides(sizes, [1, 1, 1, 1, 1, 1]);
        const n = product(sizes);
        const backward = x.strides.map((stride, axis) => (axis === 5 ? -stride : stride));
        const last = x.strides[5] * (sizes[5] - 1);
        return [
          {
            args: [
              draw.numbers(x.length + 1),
              1,
              draw.numbers(n + 3),
              2,
              accumulate,
              ...sizes,
              ...x.strides,
              ...y.strides,
            ],
          },
          { args: [draw.numbers(x.length), last, draw.numbers(n), 0, accumulate, ...sizes, ...backward, ...y.strides] },
          // the way back: several may fall on one element
          ...(accumulate
            ? [
                {
                  args: [draw.numbers(n), 0, draw.numbers(x.length), 0, true, ...sizes, ...y.strides, ...x.strides],
                  tolerance: 1e-5,
                },
              ]
            : []),
        ];
      }),
    ),
  );

const combinations: Cases = draw =>
  over(Object.keys(COMBINATION_CODES), kind =>
    over(SIZES, sizes =>
      over(WALKED, walked => {
        const step = walked[5] === 1 && walked[0] === 0 ? 3 : 1;
        const a = strides(sizes, walked, step);
        const b = strides(sizes, [1, 1, 1, 1, 1, 1]);
        const n = product(sizes);
        return [
          {
            args: [
              kind,
              operand(draw, kind, a.length, false),
              operand(draw, kind, n, true),
              draw.numbers(n),
              ...sizes,
              ...a.strides,
              ...b.strides,
            ],
          },
          {
            args: [
              kind,
              operand(draw, kind, n, false),
              operand(draw, kind, a.length, true),
              draw.numbers(n),
              ...sizes,
              ...b.strides,
              ...a.strides,
            ],
          },
        ];
      }),
    ),
  );

/** Cases of `StridedKernels`. */
export const STRIDED_CASES: Readonly<Record<keyof StridedKernels, Cases>> = {
  copyStrided: copies,
  combine: combinations,
  mapElements: draw =>
    over(Object.keys(MAP_CODES), kind =>
      over(LENGTHS, n => {
        const isSigned = kind === 'affine' || kind === 'clamp' || kind === 'absolute' || kind === 'reciprocal';
        return { args: [kind, isSigned ? draw.numbers(n) : draw.positive(n, 3), draw.numbers(n), -0.4, 0.7] };
      }),
    ),
  mapElementsBackward: draw =>
    over(Object.keys(MAP_READS) as CurvedMap[], kind =>
      over(LENGTHS, n => ({
        args: [
          kind,
          kind === 'clamp' || kind === 'absolute' ? draw.numbers(n) : draw.positive(n, 2),
          draw.numbers(n),
          draw.numbers(n),
          -0.4,
          0.7,
        ],
      })),
    ),
  sumMiddle: draw =>
    over(
      [
        ...randomSizes<readonly [number, number, number]>(4, 6, 40, 20),
        [1, 1, 1] as const,
        [3, 9, 1] as const,
        [1, 33, 4] as const,
        [2, 50, 17] as const,
      ],
      ([outer, middle, inner]) => ({
        args: [draw.numbers(outer * middle * inner), draw.numbers(outer * inner), outer, middle, inner],
      }),
    ),
};
