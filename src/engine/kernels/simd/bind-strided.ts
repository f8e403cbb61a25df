import type { StridedKernels } from '../strided-kernels';
import { COMBINATION_CODES, MAP_CODES } from './codes';
import type { WasmKernels } from './wasm-kernels';

const FLOAT_BYTES = 4;

export function bindStrided(wasm: WasmKernels): StridedKernels {
  return {
    copyStrided: (x, xStart, y, yStart, accumulate, ...axes) =>
      wasm.copyStrided(x.offset + FLOAT_BYTES * xStart, y.offset + FLOAT_BYTES * yStart, accumulate, ...axes),
    combine: (kind, a, b, y, ...axes) => wasm.combine(COMBINATION_CODES[kind], a.offset, b.offset, y.offset, ...axes),
    mapElements: (kind, x, y, p, q) => wasm.mapElements(MAP_CODES[kind], x.offset, y.offset, y.length, p, q),
    mapElementsBackward: (kind, saved, dy, dx, p, q) =>
      wasm.mapElementsBackward(MAP_CODES[kind], saved.offset, dy.offset, dx.offset, dx.length, p, q),
    sumMiddle: (x, y, outer, middle, inner) => wasm.sumMiddle(x.offset, y.offset, outer, middle, inner),
  };
}
