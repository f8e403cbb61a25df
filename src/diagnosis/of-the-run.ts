/** Rules about a run as a whole, which many faults bring about. */
/** Symptoms of a run whose updates went wild. */
export const WILD = ['diverging-loss', 'diverging-parameters', 'oscillating-loss', 'clip-never-binds'] as const;

/** Symptoms of any run that learns little. */
export const AFTERMATH = ['batch-too-noisy', 'slow-convergence', 'overfitting'] as const;

/** Symptoms of numbers on the wrong scale: of inputs, or of targets. */
export const SYMPTOMS_OF_SCALE = [
  'exploding-gradient',
  'non-finite',
  'dead-relu',
  'saturated-activation',
  'vanishing-gradient',
  'exploding-through-time',
  'vanishing-through-time',
  'dead-output',
  'silent-death',
  'forward-explosion',
  'poor-initialization',
  'missing-normalization',
  'depth-beyond-signal',
  'learning-rate-too-high',
  'learning-rate-too-low',
  ...WILD,
  ...AFTERMATH,
] as const;
