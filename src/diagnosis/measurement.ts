/** What a run may have measured, by the names that rules ask for; who measured it does not matter. */

/** Each measurement in the words of a report: "not judged: needs the norms of the weights". */
export const MEASUREMENTS = {
  gradients: 'the norm of the gradient',
  outputGradients: 'the norms of the gradients by the outputs of layers',
  activations: 'the means and deviations of the outputs of layers',
  deadUnits: 'the shares of units that are zero for all examples',
  saturation: 'the shares of saturated outputs',
  weights: 'the norms of the weights',
  updates: 'the norms of the updates',
  updateEffects: "the effect of updates on their own batch's loss",
  gradientPairs: 'gradients of two batches at the same weights',
  clipping: 'the factors of clipping',
  throughTime: 'the gradients by the states of recurrent layers',
  validation: 'the loss over held-back examples',
  input: 'the statistics of the input values',
  targets: 'the statistics of the targets',
} as const satisfies Readonly<Record<string, string>>;

export type Measurement = keyof typeof MEASUREMENTS;
