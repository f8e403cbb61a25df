/** Gradients that are mostly the batch's noise. Page: docs/rules/batch-too-noisy.md */
import { outcomeOf } from '../consequence';
import { examplesPerStep } from '../evidence/examples-per-step';
import { isHarmed } from '../evidence/learning';
import { formatNumber } from '../format';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'batch-too-noisy',
  word: 'noisy batches',
  noun: 'the noise of the batches',
  group: 'Learning rate, clipping and batch',
  summary: 'Gradients of two batches at the same weights have little in common: the batch is too small.',
  severity: 'information',
  options: [
    {
      name: 'noiseToBatch',
      default: 8,
      description: 'Gradient noise scale over batch size, from which on a step is mostly noise.',
      source:
        'McCandlish et al. 2018: far below the noise scale, progress is that of the noise; at it, half of the best.',
    },
  ],
  needs: ['gradientPairs'],
  fixes: ['larger-batch', 'lower-learning-rate'],
  explains: ['slow-convergence', 'overfitting'],
  judgesTheTask: true,
} as const satisfies RuleDescription;

export const batchTooNoisy: Rule<typeof meta> = {
  meta,
  check({ model, history, evidence, option }) {
    const { learning, updates, windows } = evidence;
    const examples = history.layout.trainingExamples;
    const batch = examplesPerStep(model, history.layout);
    if (batch > examples / 4 || !isHarmed(learning) || learning.state === 'destroyed') return [];
    if (!(updates.noiseScale >= option('noiseToBatch') * batch)) return [];
    const scale = updates.noiseScale;
    const several = model.gradientAccumulation > 1;
    const measuredAs = Number.isFinite(scale)
      ? `the gradient noise scale is ${formatNumber(scale)} examples, ${several ? 'a step' : 'the batch'} has ${batch}`
      : `gradients of two ${several ? 'steps' : 'batches'} of ${batch} at the same weights have nothing in common`;
    return [
      {
        rule: 'batch-too-noisy',
        severity: 'information',
        layer: undefined,
        at: { setting: 'batchSize' },
        message:
          `Steps follow the noise of the batch: ${measuredAs}. ${outcomeOf(learning)}. ` +
          'Take a larger batch, or a lower learning rate that averages over more of them.',
        measured: { noiseScale: scale, batchSize: batch, agreement: updates.agreement, lateLoss: learning.lateLoss },
        step: windows.late[0]?.step ?? 0,
        related: [],
        fixes: ['larger-batch', 'lower-learning-rate'],
        causal: ['larger-batch', 'lower-learning-rate'],
      },
    ];
  },
};
