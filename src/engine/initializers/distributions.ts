import type { Random } from '../random';

/** Memory a parameter lives in. */
export type Target = Float32Array | Float64Array;

/** Every element N(mean, std^2). */
export function fillNormal(target: Target, random: Random, mean: number, std: number): void {
  for (let i = 0; i < target.length; i++) target[i] = mean + std * random.normal();
}

/**
 * N(mean, std^2) without its tails: what falls beyond two deviations is drawn again, as in Keras. The deviation of the
 * result is {@link TRUNCATED_DEVIATION} std.
 */
export function fillTruncatedNormal(target: Target, random: Random, mean: number, std: number): void {
  for (let i = 0; i < target.length; i++) {
    let draw = random.normal();
    while (Math.abs(draw) > 2) draw = random.normal();
    target[i] = mean + std * draw;
  }
}

/** Deviation of a standard normal cut at 2: sqrt(1 - 4 p(2) / (2 P(2) - 1)), p and P its density and distribution. */
export const TRUNCATED_DEVIATION = 0.87962566103423978;

/** Every element uniform in [minimum, maximum). */
export function fillUniform(target: Target, random: Random, minimum: number, maximum: number): void {
  for (let i = 0; i < target.length; i++) target[i] = minimum + (maximum - minimum) * random.uniform();
}
