/** The truth about a model of the evaluation: by construction, not by our rules. */

/** One fault, planted in a model that trains without it. The model without it, its twin, has the same name. */
export interface PlantedFault {
  /** The change made to the model. */
  readonly what: string;
  /** Rules whose finding names the planted cause; any of them is right. */
  readonly roots: readonly string[];
  /** Layers where the fault was planted, or `'*'` where it is a matter of the whole model. */
  readonly layers: readonly string[] | '*';
  /** Whether it is known that an edit cures it: its twin learns the same task in as many steps. */
  readonly curable: boolean;
  /** Whether it keeps the model from training. Without, a finding of any severity is what is asked for. */
  readonly harm: boolean;
  /** Ids of the fixes that undo the fault. Empty where the catalog has none yet: then `undoing` says what would. */
  readonly cures: readonly string[];
  /** Ids of the fixes that may go along: those by which the twin differs besides, such as a rate that fits it. */
  readonly companions?: readonly string[];
  /** The edit that undoes the fault, in words, where no fix of the catalog does. */
  readonly undoing?: string;
}
