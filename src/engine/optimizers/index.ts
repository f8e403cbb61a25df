/** Every optimizer of the engine, by growing complexity. Hyperparameters and semantics are PyTorch's. */
export type OptimizerOptions =
  | { readonly type: 'sgd'; readonly weightDecay: number; readonly momentum: number; readonly nesterov: boolean }
  | { readonly type: 'adagrad'; readonly weightDecay: number; readonly epsilon: number }
  | { readonly type: 'rmsprop'; readonly weightDecay: number; readonly alpha: number; readonly epsilon: number; readonly momentum: number }
  | {
      readonly type: 'adam' | 'adamw'; readonly weightDecay: number;
      readonly beta1: number; readonly beta2: number; readonly epsilon: number;
    };
