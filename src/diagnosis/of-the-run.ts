/** Rules about a run as a whole, which many faults bring about. */
/** Symptoms of a run whose updates went wild. */
export const WILD = ['diverging-loss', 'diverging-parameters', 'oscillating-loss', 'clip-never-binds'] as const;

/** Symptoms of any run that learns little. */
export const AFTERMATH = ['batch-too-noisy', 'slow-convergence', 'overfitting'] as const;
