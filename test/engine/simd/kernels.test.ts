import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/engine/kernels/kernels';
import { referenceKernels } from '../../../src/engine/kernels/reference/open-reference-kernels';
import { openSimdKernels } from '../../../src/engine/kernels/simd/open-simd-kernels';
import { Draw } from './draw';
import { KERNEL_CASES } from './kernel-cases';
import { differences, Operand } from './twin-run';

const names = Object.keys(KERNEL_CASES) as (keyof Kernels)[];

describe('SIMD kernels against the reference', () => {
  it('has a case for every kernel of both sets', () => {
    const sorted = [...names].sort();
    expect(Object.keys(referenceKernels).sort()).toEqual(sorted);
    expect(Object.keys(openSimdKernels(64).kernels).sort()).toEqual(sorted);
  });

  it.each(names)('%s', name => {
    const cases = KERNEL_CASES[name](new Draw(1));
    expect(cases.length).toBeGreaterThan(0);
    for (const kernelCase of cases) {
      const sizes = kernelCase.args
        .map(arg => (arg instanceof Operand ? `[${arg.values.length}]` : String(arg)))
        .join(', ');
      expect(differences(name, kernelCase), `${name}(${sizes})`).toEqual([]);
    }
  });
});
