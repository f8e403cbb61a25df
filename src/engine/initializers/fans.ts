/** How many values each output is a sum of (`fanIn`) and how many outputs each input reaches (`fanOut`). */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * The fans of a weight: `[out, in]` of a dense layer, `[out, in / groups, kernel...]` of a convolution, where each
 * position of the kernel counts. A vector `[n]` has n for both, a scalar 1, as in Keras.
 */
export function fansOf(shape: readonly number[]): Fans {
  if (shape.length < 2) {
    const size = shape[0] ?? 1;
    return { fanIn: size, fanOut: size };
  }
  const [out, into, ...kernel] = shape as readonly [number, number, ...number[]];
  const positions = kernel.reduce((product, size) => product * size, 1);
  return { fanIn: into * positions, fanOut: out * positions };
}
