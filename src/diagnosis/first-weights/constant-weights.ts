/** First weights that draw nothing at random. */
import type { InitializerSpec, LayerSpec } from '../../model/model-spec';
import { hasKernel } from '../layers';

/** Whether every weight that it draws is the same. */
export function isConstant(initializer: InitializerSpec): boolean {
  switch (initializer.type) {
    case 'zeros':
    case 'ones':
    case 'constant':
      return true;
    case 'normal':
    case 'truncated-normal':
      return initializer.std === 0;
    case 'uniform':
      return initializer.minimum === initializer.maximum;
    case 'variance-scaling':
      return initializer.scale === 0;
    case 'orthogonal':
    case 'identity':
      return initializer.gain === 0;
    default:
      return false;
  }
}

/** Whether a layer has a kernel of such weights. */
export function isConstantKernel(layer: LayerSpec | undefined): boolean {
  return hasKernel(layer) && isConstant(layer.kernelInitializer);
}
