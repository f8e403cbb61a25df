import type { Random } from '../random';
import { fillNormal, fillTruncatedNormal, fillUniform, type Target } from './distributions';
import { fansOf, type Fans } from './fans';
import type { InitializerOptions } from './initializer-options';
import { fillOrthogonal } from './orthogonal';
import { NAMED_SCHEMES, varianceScaling } from './variance-scaling';

/**
 * Fills a parameter with its first values. The numbers are computed in double precision and rounded to the target's
 * kind, so a float32 and a float64 model with one seed start from the same point.
 *
 * @param target the parameter, row-major, as long as `shape` says
 * @param shape `[out, in]`, `[out, in / groups, kernel...]` or `[n]`
 * @param fans for the schemes that scale by fan; by default those of the shape (of one block, where there are several)
 * @param blocks equal parts of the first axis, each initialised as a parameter of its own: 4 for an lstm's `[4 units,
 * in]`, 3 for a
 *   gru's, so that every gate is orthogonal by itself and has its own fans
 * @throws RangeError when the sizes do not fit or `orthogonal` or `identity` is asked of something that is no matrix
 */
export function initialize(
  target: Target,
  shape: readonly number[],
  initializer: InitializerOptions,
  random: Random,
  fans?: Fans,
  blocks = 1,
): void {
  const size = shape.reduce((product, length) => product * length, 1);
  if (target.length !== size) {
    throw new RangeError(`A parameter of shape [${shape.join(', ')}] has ${size} values, not ${target.length}.`);
  }
  const [first = 1, ...rest] = shape;
  if (!Number.isInteger(blocks) || blocks < 1 || first % blocks !== 0) {
    throw new RangeError(`The first axis of [${shape.join(', ')}] has no ${blocks} equal blocks.`);
  }
  const blockShape = shape.length === 0 ? shape : [first / blocks, ...rest];
  for (let block = 0; block < blocks; block++) {
    const part = target.subarray((block * size) / blocks, ((block + 1) * size) / blocks);
    fill(part, blockShape, initializer, random, fans ?? fansOf(blockShape));
  }
}

function fill(
  target: Target,
  shape: readonly number[],
  initializer: InitializerOptions,
  random: Random,
  fans: Fans,
): void {
  switch (initializer.type) {
    case 'zeros':
      target.fill(0);
      return;
    case 'ones':
      target.fill(1);
      return;
    case 'constant':
      target.fill(initializer.value);
      return;
    case 'normal':
      return fillNormal(target, random, initializer.mean, initializer.std);
    case 'truncated-normal':
      return fillTruncatedNormal(target, random, initializer.mean, initializer.std);
    case 'uniform':
      return fillUniform(target, random, initializer.minimum, initializer.maximum);
    case 'orthogonal': {
      const [rows, columns] = matrixSizes(shape, initializer.type);
      return fillOrthogonal(target, random, rows, columns, initializer.gain);
    }
    case 'identity': {
      const [rows, columns] = matrixSizes(shape, initializer.type);
      target.fill(0);
      for (let i = 0; i < Math.min(rows, columns); i++) target[i * columns + i] = initializer.gain;
      return;
    }
    case 'variance-scaling':
      return varianceScaling(target, random, initializer, fans);
    default:
      return varianceScaling(target, random, NAMED_SCHEMES[initializer.type], fans);
  }
}

/** Rows and columns; the axes after the first count as one, as in PyTorch's `orthogonal_`. */
function matrixSizes(shape: readonly number[], type: string): [rows: number, columns: number] {
  const [rows, ...rest] = shape;
  if (rows === undefined || rest.length === 0) {
    throw new RangeError(`The ${type} initializer needs a matrix; this parameter has the shape [${shape.join(', ')}].`);
  }
  return [rows, rest.reduce((product, length) => product * length, 1)];
}
