import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/engine/kernels/kernels';
import { ACTIVATION_CODES } from '../../../src/engine/kernels/simd/codes';
import { Draw } from './draw';
import { differences, type KernelCase } from './twin-run';

const [rows, columns] = [7, 13];
const n = rows * columns;
const draw = new Draw(2);
const a = draw.numbers(n);
const dy = draw.numbers(n);
const probabilities = draw.probabilities(rows, columns);

/** Calls in which an output may lie on an input, as the comments of `kernels.ts` say. */
const CASES: readonly [keyof Kernels, KernelCase][] = [
  ['add', { args: [a, dy, a] }],
  ['add', { args: [a, dy, dy] }],
  ...Object.keys(ACTIVATION_CODES).flatMap((kind): [keyof Kernels, KernelCase][] => [
    ['activate', { args: [kind, a, draw.numbers(columns), a, rows, columns] }],
    ['activateBackward', { args: [kind, a, dy, dy] }],
  ]),
  ['crossEntropyBackward', { args: [probabilities, draw.ids(rows, columns), probabilities, rows, columns, 1, -1] }],
  [
    'batchNormBackward',
    {
      args: [
        a,
        draw.numbers(columns),
        draw.numbers(columns, 0.1),
        draw.positive(columns),
        dy,
        dy,
        draw.numbers(columns),
        draw.numbers(columns),
        rows,
        columns,
        1,
      ],
      tolerance: 1e-5,
    },
  ],
  [
    'layerNormBackward',
    {
      args: [
        a,
        draw.numbers(columns),
        draw.numbers(rows, 0.1),
        draw.positive(rows),
        dy,
        dy,
        draw.numbers(columns),
        draw.numbers(columns),
        rows,
        columns,
      ],
      tolerance: 1e-5,
    },
  ],
  [
    'rmsNormBackward',
    {
      args: [a, draw.numbers(columns), draw.positive(rows), dy, dy, draw.numbers(columns), rows, columns],
      tolerance: 1e-5,
    },
  ],
];

describe('outputs on inputs', () => {
  it.each(CASES.map(([name, kernelCase], i) => ({ name, kernelCase, i })))('$name, case $i', ({ name, kernelCase }) => {
    expect(differences(name, kernelCase)).toEqual([]);
  });
});
