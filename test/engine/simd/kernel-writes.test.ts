/** The contract says which arguments a kernel writes to; a plan drops what nothing reads by it. */
import { describe, expect, it } from 'vitest';
import { KERNEL_WRITES } from '../../../src/engine/kernels/kernel-writes';
import type { Kernels } from '../../../src/engine/kernels/kernels';
import { openReferenceKernels } from '../../../src/engine/kernels/reference/open-reference-kernels';
import { openSimdKernels } from '../../../src/engine/kernels/simd/open-simd-kernels';
import { Draw } from './draw';
import { KERNEL_CASES } from './kernel-cases';
import { Operand, writtenBy } from './twin-run';

const names = Object.keys(KERNEL_CASES) as (keyof Kernels)[];

describe.each([
  ['simd', openSimdKernels],
  ['reference', openReferenceKernels],
] as const)('%s kernels write what the contract marks', (_set, open) => {
  const set = open(16 * 2 ** 20);

  it.each(names)('%s', name => {
    const changed = new Set<number>();
    const watched = new Set<number>();
    for (const { args } of KERNEL_CASES[name](new Draw(11))) {
      const written = writtenBy(set, name, args);
      const outputs = new Set(KERNEL_WRITES[name].map(position => args[position]));
      args.forEach((arg, position) => {
        if (!(arg instanceof Operand) || arg.kind !== 'numbers') return;
        watched.add(position);
        const isChanged = written[position]!.some((value, index) => !Object.is(value, Math.fround(arg.values[index])));
        if (!isChanged) return;
        changed.add(position);
        expect(outputs.has(arg), `${name} changed argument ${position}`).toBe(true);
      });
    }
    expect(KERNEL_WRITES[name].filter(position => watched.has(position) && !changed.has(position))).toEqual([]);
  });
});
