/** How far the reading of a data file is. */
export interface ReadingProgress {
  /** As the model file calls it. */
  readonly file: string;
  /** From 0 to 1. */
  readonly share: number;
}
