/** Activations at places that matter, and their slopes there, as PyTorch 1.13 gives them in float64. */
import { describe, expect, it } from 'vitest';
import type { NumberBuffer } from '../../src/engine/kernels/buffers';
import type { ElementwiseActivation } from '../../src/engine/kernels/elementwise-activation';
import type { Kernels } from '../../src/engine/kernels/kernels';
import { ACTIVATION_READS } from '../../src/engine/kernels/elementwise-activation';
import { referenceKernels } from '../../src/engine/kernels/reference/open-reference-kernels';
import { openSimdKernels } from '../../src/engine/kernels/simd/open-simd-kernels';

const X = [-4.5, -3, -1.75, -0.25, 0, 0.5, 2.25, 3, 4];

/** torch.exp, F.hardswish, F.logsigmoid and F.celu with its default alpha of 1, which is elu. */
const PYTORCH: Readonly<
  Partial<Record<ElementwiseActivation, { readonly y: readonly number[]; readonly slope: readonly number[] }>>
> = {
  exponential: {
    y: [
      0.011108996538242, 0.049787068367864, 0.173773943450445, 0.778800783071405, 1, 1.648721270700128,
      9.487735836358526, 20.085536923187668, 54.598150033144236,
    ],
    slope: [
      0.011108996538242, 0.049787068367864, 0.173773943450445, 0.778800783071405, 1, 1.648721270700128,
      9.487735836358526, 20.085536923187668, 54.598150033144236,
    ],
  },
  'hard-swish': {
    y: [0, 0, -0.364583333333333, -0.114583333333333, 0, 0.291666666666667, 1.96875, 3, 4],
    slope: [0, -0.5, -0.083333333333333, 0.416666666666667, 0.5, 0.666666666666667, 1.25, 1, 1],
  },
  'log-sigmoid': {
    y: [
      -4.511047744848594, -3.048587351573742, -1.910224150438087, -0.825939419878844, -0.693147180559945,
      -0.474076984180107, -0.100206558916747, -0.048587351573742, -0.01814992791781,
    ],
    slope: [
      0.989013057369407, 0.952574126822433, 0.85195280196831, 0.562176500885798, 0.5, 0.377540668798145,
      0.09534946489911, 0.047425873177567, 0.017986209962092,
    ],
  },
  elu: {
    y: [-0.988891003461758, -0.950212931632136, -0.826226056549555, -0.221199216928595, 0, 0.5, 2.25, 3, 4],
    slope: [0.011108996538242, 0.049787068367864, 0.173773943450445, 0.778800783071405, 1, 1, 1, 1, 1],
  },
};

const simd = openSimdKernels(1024);
const SETS: readonly [name: string, kernels: Kernels, buffer: (index: number) => NumberBuffer, tolerance: number][] = [
  [
    'reference, float64',
    referenceKernels,
    () => ({ offset: 0, length: X.length, data: new Float64Array(X.length) }),
    1e-14,
  ],
  [
    'simd',
    simd.kernels,
    index => {
      const offset = simd.base + 64 * index;
      return { offset, length: X.length, data: new Float32Array(simd.memory, offset, X.length) };
    },
    2e-7,
  ],
];

describe.each(SETS)('%s', (_, kernels, buffer, tolerance) => {
  it.each(Object.keys(PYTORCH) as ElementwiseActivation[])('%s', name => {
    const [x, y, ones, dx] = [0, 1, 2, 3].map(buffer) as [NumberBuffer, NumberBuffer, NumberBuffer, NumberBuffer];
    x.data.set(X);
    ones.data.fill(1);
    kernels.activate(name, x, undefined, y, 1, X.length);
    kernels.activateBackward(name, ACTIVATION_READS[name] === 'input' ? x : y, ones, dx);
    const { y: values, slope } = PYTORCH[name]!;
    X.forEach((at, i) => {
      expect(Math.abs(y.data[i] - values[i]), `${name}(${at})`).toBeLessThanOrEqual(
        tolerance * Math.max(1, Math.abs(values[i])),
      );
      expect(Math.abs(dx.data[i] - slope[i]), `slope of ${name} at ${at}`).toBeLessThanOrEqual(
        tolerance * Math.max(1, slope[i]),
      );
    });
  });
});
