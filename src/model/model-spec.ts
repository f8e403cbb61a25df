/**
 * What a model file means once every default is filled in and every shape is known: the meeting point between `spec/`,
 * which reads text, and `training/`, which builds the network. Plain data, safe to send to a worker.
 */
import type { Shape } from './model-spec/layer-base';
import type { LayerSpec } from './model-spec/layer-spec';
import type { ClipSpec, OptimizerSpec, ScheduleSpec } from './model-spec/training-specs';

export * from './model-spec/layer-base';
export type * from './model-spec/layer-spec';
export type * from './model-spec/map-layer-specs';
export type * from './model-spec/sequence-layers';
export type * from './model-spec/training-specs';

export type InputSpec =
  | { readonly kind: 'features'; readonly shape: Shape }
  /** Token ids below `vocabulary`, `length` of them an example. */
  | { readonly kind: 'tokens'; readonly vocabulary: number; readonly length: number };

/** Who says that the output holds probabilities, to which the loss then applies no activation of its own. */
export interface ProbabilityClaim {
  /** As messages quote it, e.g. "`bce`", "`from_logits: false`". */
  readonly text: string;
  /** Whether it is said outright, or follows from the name of the loss in its library. */
  readonly explicit: boolean;
}

/** `inferred` is true where the author names no loss and a fitting one was chosen. */
export type LossSpec = { readonly inferred?: true; readonly probabilities?: ProbabilityClaim } & LossKind;
type LossKind =
  | { readonly type: 'mse' | 'mae' | 'msle' }
  /** `classWeights` has one for each class; `balanced` are those that follow from how often each class occurs. */
  | {
      readonly type: 'cross-entropy';
      readonly labelSmoothing: number;
      readonly classWeights: 'none' | 'balanced' | readonly number[];
    }
  /** An answer 1 counts `posWeight` times. */
  | { readonly type: 'binary-cross-entropy'; readonly posWeight: number }
  | { readonly type: 'huber'; readonly delta: number };
export type LossName = LossSpec['type'];

/** Whether measured inputs, and targets that are numbers, are brought to mean 0 and deviation 1 before training. */
interface Standardizing {
  readonly standardize: boolean;
  readonly standardizeTarget: boolean;
  /** Whether measured inputs are brought to the range from 0 to 1. */
  readonly rescale?: boolean;
}

/**
 * What of a table is read. Absent keys: every column but the target, none left out, all rows; missing values are
 * refused.
 */
interface TableSelection {
  readonly columns?: readonly string[];
  readonly drop?: readonly string[];
  readonly missing?: 'drop' | 'mean' | 'median';
  readonly rows?: number;
}

/**
 * Where examples come from. `inferred` is true when the file names no data and a fitting task was chosen for it; `derived`
 * has `symbols` where they follow from the length.
 */
export type DataSpec = { readonly inferred: boolean; readonly derived?: readonly 'symbols'[] } &
  /** `path` is relative to the model file, here and below. */
  (
    | (Standardizing & TableSelection & { readonly type: 'csv'; readonly path: string; readonly target: string })
    /** `inputs` and `target` name arrays. */
    | (Standardizing & {
        readonly type: 'npz';
        readonly path: string;
        readonly inputs: string;
        readonly target: string;
      })
    /** `inputs` (or `columns` in its place) and `target` name fields of each line. */
    | (Standardizing &
        Omit<TableSelection, 'drop'> & {
          readonly type: 'json-lines';
          readonly path: string;
          readonly inputs: string;
          readonly target: string;
        })
    /** `targets` is the path of a second file. */
    | (Standardizing & { readonly type: 'npy'; readonly path: string; readonly targets: string })
    /** `labels` is the path of a second file. */
    | (Standardizing & { readonly type: 'idx'; readonly path: string; readonly labels: string })
    | { readonly type: 'text' | 'sentence-pairs'; readonly path: string; readonly tokens: 'characters' | 'words' }
    | {
        readonly type: 'blobs' | 'circles' | 'spirals';
        readonly examples: number;
        readonly noise: number;
        readonly scale: number;
        readonly target?: 'classes' | 'input';
      }
    | { readonly type: 'teacher'; readonly examples: number; readonly noise: number; readonly scale: number }
    | { readonly type: 'adding-problem'; readonly examples: number }
    | { readonly type: 'copy-memory'; readonly examples: number; readonly symbols: number }
  );

/** A whole model file. Everything is resolved; nothing is optional. */
export interface ModelSpec {
  readonly name: string;
  readonly input: InputSpec;
  readonly layers: readonly LayerSpec[];
  readonly loss: LossSpec;
  readonly data: DataSpec;
  readonly optimizer: OptimizerSpec;
  readonly schedule: ScheduleSpec;
  readonly clip: ClipSpec;
  readonly regularization: { readonly l1: number; readonly l2: number };
  /** Examples of one forward and backward pass. */
  readonly batchSize: number;
  /** Batches of a step, whose gradients are averaged before the one update. */
  readonly gradientAccumulation: number;
  readonly steps: number;
  /** Share of the examples held back for validation, in [0, 1). */
  readonly validation: number;
  readonly seed: number;
  /** `batchSize` where it follows from the optimizer. */
  readonly derived?: readonly 'batchSize'[];
}
