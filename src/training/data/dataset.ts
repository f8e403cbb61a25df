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
  /** Columns of `inputs` that hold measured numbers, which is what standardising is for; absent for generated data. */
  readonly measuredColumns?: readonly number[];
  /** Whether those are of one kind, as pixels are, and have one mean and deviation. */
  readonly measuredTogether?: boolean;
  /** In words for the panel: "spirals with 3 arms, 512 examples of 2 features". */
  readonly description: string;
}
