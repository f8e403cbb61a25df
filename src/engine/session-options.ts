import type { CallWatcher } from './call-watcher';
import type { ClipOptions } from './clipping';
import type { Graph } from './graph';
import type { OptimizerOptions } from './optimizers/index';

/** What a session runs, and how. */
export interface SessionOptions {
  /** A graph in training mode with a loss (`graph.loss` set by a loss operator). It is differentiated here. */
  readonly training: Graph;
  /** Graphs in evaluation mode that share parameters and states by name; by any name, e.g. `validation`. */
  readonly evaluation?: Graph;
  readonly optimizer: OptimizerOptions;
  readonly clip?: ClipOptions;
  /** l1 Σ |w| + l2 Σ w² over every trained parameter of two or more axes, in loss and gradients. */
  readonly penalties?: { readonly l1: number; readonly l2: number };
  /** `simd`: WebAssembly, float32 only. */
  readonly kernels: 'simd' | 'reference';
  readonly precision: 'float32' | 'float64';
  /** Of dropout masks. */
  readonly seed: number;
  /**
   * Batches of a step, whose gradients are averaged before penalties, clipping and the one update (gradient
   * accumulation); 1 by default. What a step measures is then that of all its examples together, see
   * `MergedMeasurements`.
   */
  readonly accumulation?: number;
  /** Whether steps may be probed: takes memory besides the arena. */
  readonly probe?: boolean;
  /** Looks on at every kernel call, at some cost: a `Profile` or a `SubnormalCount`. */
  readonly watcher?: CallWatcher;
}
