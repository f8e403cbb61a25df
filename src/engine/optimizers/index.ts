/** Every optimizer, by growing complexity. Hyperparameters and semantics are PyTorch's. */
import { adadelta, type AdadeltaOptions } from './adadelta';
import { adagrad, type AdagradOptions } from './adagrad';
import { adam, type AdamOptions } from './adam';
import { adamax, type AdamaxOptions } from './adamax';
import { amsgrad, type AmsgradOptions } from './amsgrad';
import { lbfgs, type LbfgsOptions } from './lbfgs';
import { lion, type LionOptions } from './lion';
import { muon, type MuonOptions } from './muon';
import { nadam, type NadamOptions } from './nadam';
import type { Optimizer } from './optimizer';
import { radam, type RadamOptions } from './radam';
import { rmsprop, type RmspropOptions } from './rmsprop';
import { sgd, type SgdOptions } from './sgd';
import { shampoo, type ShampooOptions } from './shampoo';

export type OptimizerOptions =
  | SgdOptions
  | LionOptions
  | AdagradOptions
  | RmspropOptions
  | AdadeltaOptions
  | AdamOptions
  | AdamaxOptions
  | AmsgradOptions
  | NadamOptions
  | RadamOptions
  | MuonOptions
  | LbfgsOptions
  | ShampooOptions;

/** The optimizer of these options. */
export function optimizerOf(options: OptimizerOptions): Optimizer {
  switch (options.type) {
    case 'sgd':
      return sgd(options);
    case 'lion':
      return lion(options);
    case 'adagrad':
      return adagrad(options);
    case 'rmsprop':
      return rmsprop(options);
    case 'adadelta':
      return adadelta(options);
    case 'adam':
    case 'adamw':
      return adam(options);
    case 'adamax':
      return adamax(options);
    case 'amsgrad':
      return amsgrad(options);
    case 'nadam':
      return nadam(options);
    case 'radam':
      return radam(options);
    case 'muon':
      return muon(options);
    case 'shampoo':
      return shampoo(options);
    case 'lbfgs':
      return lbfgs(options);
  }
}
