import { plainSpelling } from './spelling';

/** A key of another library whose values are written otherwise than ours. */
export interface TranslatedKey {
  readonly own: string;
  /** Every value that is understood, and ours for it. */
  readonly values: readonly (readonly [from: boolean | string, to: boolean | string | number])[];
}

const INVERTED: TranslatedKey = {
  own: 'trainable',
  values: [
    [true, false],
    [false, true],
  ],
};

/** Keys of layers that PyTorch and Keras write with other values, in any spelling; they count where `own` does. */
export const TRANSLATED_KEYS: Readonly<Record<string, TranslatedKey>> = {
  return_sequences: {
    own: 'output',
    values: [
      [true, 'sequence'],
      [false, 'last'],
    ],
  },
  norm_first: {
    own: 'norm',
    values: [
      [true, 'pre'],
      [false, 'post'],
    ],
  },
  unit_forget_bias: {
    own: 'forget_bias',
    values: [
      [true, 1],
      [false, 0],
    ],
  },
  frozen: INVERTED,
  freeze: INVERTED,
  padding: { own: 'padding', values: [['valid', 0]] },
};

/**
 * Names of losses that take probabilities in their library (PyTorch's BCELoss, Keras's default `from_logits=False`), in
 * plain spelling. Our own name of the binary one, letter for letter, is none of them. Ours take raw scores, so the
 * activation of the output is folded into the loss.
 */
export const LOSSES_OF_PROBABILITIES: ReadonlySet<string> = new Set([
  'bce',
  'bceloss',
  'binarycrossentropy',
  'categoricalcrossentropy',
  'sparsecategoricalcrossentropy',
]);

/** Keras's batch normalization, whose `momentum` is the share of the old statistics: 1 minus ours. */
export const KERAS_BATCH_NORM = 'batchnormalization';

/** The rule of a key in any spelling. */
export function translatedKey(key: string): TranslatedKey | undefined {
  return BY_PLAIN_SPELLING.get(plainSpelling(key));
}

const BY_PLAIN_SPELLING: ReadonlyMap<string, TranslatedKey> = new Map(
  Object.entries(TRANSLATED_KEYS).map(([name, rule]) => [plainSpelling(name), rule]),
);
