/**
 * Scale of a layer's first weights, and the scale that its activation asks for (mean field theory of signal
 * propagation).
 */
import type { ActivationName, InitializerSpec, LayerSpec } from '../../model/model-spec';
import { ACTIVATION_SLOPES } from './activation-slopes';

/**
 * Standard deviation of a normal distribution cut off at two of its own (glorot-normal and the like are corrected for
 * it).
 */
const TRUNCATED_STD = 0.8796;

/** Root mean square of the weights that an initializer draws for a kernel with these fans. */
export function weightScale(initializer: InitializerSpec, fanIn: number, fanOut: number): number {
  switch (initializer.type) {
    case 'zeros':
      return 0;
    case 'ones':
      return 1;
    case 'constant':
      return Math.abs(initializer.value);
    case 'normal':
      return Math.hypot(initializer.mean, initializer.std);
    case 'truncated-normal':
      return Math.hypot(initializer.mean, TRUNCATED_STD * initializer.std);
    case 'uniform': {
      const mean = (initializer.minimum + initializer.maximum) / 2;
      return Math.hypot(mean, (initializer.maximum - initializer.minimum) / Math.sqrt(12));
    }
    case 'glorot-uniform':
    case 'glorot-normal':
      return Math.sqrt(2 / (fanIn + fanOut));
    case 'he-uniform':
    case 'he-normal':
      return Math.sqrt(2 / fanIn);
    case 'lecun-uniform':
    case 'lecun-normal':
      return Math.sqrt(1 / fanIn);
    case 'orthogonal':
    case 'identity':
      return initializer.gain / Math.sqrt(Math.max(fanIn, fanOut));
    case 'variance-scaling': {
      const fan = { 'fan-in': fanIn, 'fan-out': fanOut, 'fan-average': (fanIn + fanOut) / 2 }[initializer.mode];
      return Math.sqrt(initializer.scale / fan);
    }
  }
}

/**
 * The fans of a kernel as initializers take them (a position of the kernel counts each): of a dense layer or a
 * convolution, how many values an output is a sum of and how many outputs an input reaches. A transposed convolution
 * has PyTorch's, its weight's second and first axis; a separable one those of its pointwise half. `undefined` for other
 * layers.
 */
export function kernelFans(layer: LayerSpec): { readonly fanIn: number; readonly fanOut: number } | undefined {
  switch (layer.type) {
    case 'dense':
      return { fanIn: layer.inputShape[layer.inputShape.length - 1], fanOut: layer.units };
    case 'conv1d':
    case 'conv2d': {
      const positions = product(layer.kernel);
      return { fanIn: (layer.inputShape[0] / layer.groups) * positions, fanOut: layer.filters * positions };
    }
    case 'conv1d-transpose':
    case 'conv2d-transpose': {
      const positions = product(layer.kernel);
      return { fanIn: (layer.filters / layer.groups) * positions, fanOut: layer.inputShape[0] * positions };
    }
    case 'separable-conv2d':
      return { fanIn: layer.inputShape[0] * layer.depthMultiplier, fanOut: layer.filters };
    default:
      return undefined;
  }
}

/**
 * The gain sigma_w of a layer's kernel at the start: root mean square of its weights times the square root of the
 * values that an output is a sum of (of a transposed convolution, on average over its outputs); of a separable
 * convolution the product of its two. `undefined` for layers that have no `kernelFans`.
 */
export function kernelGain(layer: LayerSpec): number | undefined {
  const fans = kernelFans(layer);
  if (fans === undefined || !('kernelInitializer' in layer)) return undefined;
  const { fanIn, fanOut } = fans;
  const scale = (into: number, out: number, rows: number): number => scaleOf(layer.kernelInitializer, into, out, rows);
  switch (layer.type) {
    case 'conv1d':
    case 'conv2d':
      return scale(fanIn, fanOut, layer.filters) * Math.sqrt(fanIn);
    case 'conv1d-transpose':
    case 'conv2d-transpose': {
      const [channels] = layer.inputShape;
      const summed = ((channels / layer.groups) * product(layer.kernel)) / product(layer.stride);
      return scale(fanIn, fanOut, channels) * Math.sqrt(summed);
    }
    case 'separable-conv2d': {
      const [positions, maps] = [product(layer.kernel), fanIn];
      const depthwise = scale(positions, maps * positions, maps) * Math.sqrt(positions);
      return depthwise * scale(maps, layer.filters, layer.filters) * Math.sqrt(maps);
    }
    default:
      return scale(fanIn, fanOut, fanOut) * Math.sqrt(fanIn);
  }
}

/** `weightScale`, given the rows of the weight as a matrix, one a filter, which is all that these two know. */
function scaleOf(initializer: InitializerSpec, fanIn: number, fanOut: number, rows: number): number {
  const matrix = initializer.type === 'orthogonal' || initializer.type === 'identity';
  return weightScale(initializer, fanIn, matrix ? rows : fanOut);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}

/**
 * The sigma_w at which gradients keep their norm: sigma_w^2 E[phi'(z)^2] = 1 over standard normal z (Poole et al. 2016,
 * Schoenholz et al. 2017). Square root of 2 for relu (He et al. 2015), 1 for identity.
 */
export function criticalGain(activation: ActivationName): number {
  const slope = ACTIVATION_SLOPES[activation];
  const [limit, parts] = [8, 1600];
  let sum = 0;
  for (let part = 0; part < parts; part++) {
    const z = -limit + ((part + 0.5) * 2 * limit) / parts;
    sum += slope(z) ** 2 * Math.exp((-z * z) / 2);
  }
  return 1 / Math.sqrt((sum * 2 * limit) / parts / Math.sqrt(2 * Math.PI));
}
