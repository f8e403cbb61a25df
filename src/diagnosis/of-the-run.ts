/** Rules about a run as a whole, which many faults bring about. */
/** What a run shows that went wild. */
export const WILD = ['diverging-loss', 'diverging-parameters', 'oscillating-loss', 'clip-never-binds'] as const;

/** What any run may show that learns little. */
export const AFTERMATH = ['batch-too-noisy', 'slow-convergence', 'overfitting'] as const;
