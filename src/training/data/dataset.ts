import type { Remark } from '../remark';

/** A column with missing values, as inputs. */
export interface GapColumn {
  readonly name: string;
  /** Its first input; NaN there is a gap. */
  readonly offset: number;
  /** Inputs of a column of categories (one-hot); 0 for one of numbers. */
  readonly categories: number;
}

/** Examples to learn from, however they were made or read. */
export interface Dataset {
  readonly examples: number;
  /** `[examples, inputSize]`, each example row-major; integers for token ids. */
  readonly inputs: Float32Array | Int32Array;
  /** Elements of one example's input. */
  readonly inputSize: number;
  /** `[examples, targetSize]`: class ids (one a position) for cross-entropy, else numbers of the output's shape. */
  readonly targets: Float32Array | Int32Array;
  /** Elements of one example's target. */
  readonly targetSize: number;
  /** Columns of `inputs` that hold measured numbers, which is what standardizing is for; absent for generated data. */
  readonly measuredColumns?: readonly number[];
  /** Whether those are of one kind, as pixels are, and have one mean and deviation. */
  readonly measuredTogether?: boolean;
  /** Columns whose missing values are still to be filled; absent where none is missing. */
  readonly gaps?: { readonly by: 'mean' | 'median'; readonly columns: readonly GapColumn[] };
  /** What the author should know of the data; absent where nothing was noticed. */
  readonly remarks?: readonly Remark[];
  /** In words for the panel: "spirals with 3 arms, 512 examples of 2 features". */
  readonly description: string;
}
