/** Measurements that a run may have, by the names that rules ask for; who measured it does not matter. */

/** Each measurement in the words of a report: "not judged: needs the norms of the weights". */
export const MEASUREMENTS = {
  gradients: 'the norm of the gradient',
  outputGradients: 'the norms of the gradients by layer outputs',
  activations: 'the means and standard deviations of layer outputs',
  deadUnits: 'the shares of dead units',
  saturation: 'the shares of saturated outputs',
  weights: 'the norms of the weights',
  updates: 'the norms of the updates',
  updateEffects: "the effect of updates on their own batch's loss",
  gradientPairs: 'the gradients of two batches at the same weights',
  clipping: 'the clipping factors',
  throughTime: 'the gradients by the states of recurrent layers',
  validation: 'the loss over held-back examples',
  input: 'the statistics of the input values',
  targets: 'the statistics of the targets',
} as const satisfies Readonly<Record<string, string>>;

export type Measurement = keyof typeof MEASUREMENTS;
