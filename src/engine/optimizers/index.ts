/** Every optimizer, by growing complexity. Hyperparameters and semantics are PyTorch's. */
import { adagrad, type AdagradOptions } from './adagrad';
import { adam, type AdamOptions } from './adam';
import type { Optimizer } from './optimizer';
import { rmsprop, type RmspropOptions } from './rmsprop';
import { sgd, type SgdOptions } from './sgd';

export type OptimizerOptions = SgdOptions | AdagradOptions | RmspropOptions | AdamOptions;

/** The optimizer of these options. */
export function optimizerOf(options: OptimizerOptions): Optimizer {
  switch (options.type) {
    case 'sgd': return sgd(options);
    case 'adagrad': return adagrad(options);
    case 'rmsprop': return rmsprop(options);
    case 'adam':
    case 'adamw': return adam(options);
  }
}
