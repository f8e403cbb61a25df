/** The key of a model file for each part of a `ModelSpec`: its name in snake case, but for these. */

/** Of parts that have this key whatever the type of what they are part of. */
const KEYS: Readonly<Record<string, string>> = {
  beta1: 'betas',
  beta2: 'betas',
  adamwBeta1: 'adamw_betas',
  adamwBeta2: 'adamw_betas',
  adjustLearningRate: 'adjust_lr_fn',
  toleranceGradient: 'tolerance_grad',
  warmupShare: 'pct_start',
  gateActivation: 'recurrent_activation',
  tiedTo: 'tied_to',
  probabilities: 'from_logits',
};

/** The key that sets a part, e.g. `kernel_initializer` for `kernelInitializer`; `type` is that of the layer or setting. */
export function keyOfPart(part: string, type?: string): string {
  // Keras calls an lstm's and gru's nonlinearity its activation.
  if (part === 'nonlinearity' && type !== 'rnn') return 'activation';
  return KEYS[part] ?? part.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/** The parts that a key sets, e.g. `kernelInitializer`; a pair sets two. `type` is that of the layer or setting. */
export function partsOfKey(key: string, type?: string): readonly string[] {
  if (key === 'activation' && (type === 'lstm' || type === 'gru')) return ['nonlinearity'];
  const named = Object.keys(KEYS).filter(part => KEYS[part] === key);
  return named.length > 0 ? named : [key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())];
}
