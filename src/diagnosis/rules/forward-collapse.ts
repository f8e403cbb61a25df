/** Signals that die on their way forward. Page: docs/rules/forward-collapse.md */
import { median } from '../../history/median';
import { consequenceOf } from '../consequence';
import { decayFinding, decayOf } from '../depth-decay';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { AFTERMATH, WILD } from '../of-the-run';
import type { Rule, RuleContext } from '../rule';

export const forwardCollapse: Rule = {
  meta: {
    id: 'forward-collapse',
    summary: 'The signal dies on its way forward, from the start or by regularization, and the run learns nothing.',
    severity: 'warning',
    options: [
      {
        name: 'totalGain', default: 1e-3,
        description: 'What is left of the signal over the whole depth, below which it has collapsed.',
        source: 'As for the gradient: AutoTrainer takes 1e-3 for the ratio of the first to the last layer.',
      },
      {
        name: 'shrunk', default: 0.1,
        description: 'What regularization leaves of the weights in training, below which it is to blame for the signal.',
        source: 'Three layers of a tenth make a signal of a thousandth.',
      },
    ],
    fixes: ['relu-activation', 'fitting-initializer', 'lsuv-initializer'],
    explains: [
      'vanishing-gradient', 'vanishing-through-time', 'dead-relu', 'silent-death', 'learning-rate-too-low', ...WILD, ...AFTERMATH,
    ],
    travels: 'forward',
  },
  check(context) {
    const starved = starvedByPenalty(context);
    if (starved !== undefined) return [starved];
    const blamed = decayOf(context, 'forward', context.option('totalGain'));
    return blamed === undefined ? [] : [decayFinding('forward-collapse', context, 'forward', blamed)];
  },
};

/** Weights that l1, l2 or weight decay pulled to zero against what the task asks of them. */
function starvedByPenalty({ model, history, evidence, option }: RuleContext): Finding | undefined {
  const { learning, windows } = evidence;
  const { l1, l2 } = model.regularization;
  const { weightDecay } = model.optimizer;
  if (learning.state !== 'stuck' || l1 + l2 + weightDecay === 0) return undefined;
  // What is not trained is not pulled at.
  const kernels = history.layout.parameters.flatMap(({ shape, trainable }, index) => (trainable && shape.length >= 2 ? [index] : []));
  const norm = (records: readonly { readonly parameterNorms: Float64Array }[], index: number): number =>
    median(records.map((record) => record.parameterNorms[index]));
  const left = kernels.map((index) => norm(windows.late, index) / norm(windows.early.slice(0, 1), index));
  // Of all kernels together it is the penalty; a single one may be small because the task asks for it.
  const kept = Math.exp(left.reduce((sum, share) => sum + Math.log(Math.max(share, Number.MIN_VALUE)), 0) / left.length);
  if (!(kept < option('shrunk'))) return undefined;
  const [name, value, source] = weightDecay > 0 && l1 + l2 === 0
    ? ['weight decay', weightDecay, ['optimizer', 'weight_decay']] as const
    : l2 > 0 ? ['l2', l2, ['regularization', 'l2']] as const : ['l1', l1, ['regularization', 'l1']] as const;
  return {
    rule: 'forward-collapse', severity: 'warning', layer: undefined, source,
    message: `Only ${formatNumber(kept)} of the weights' norms is left after ${name} of ${formatNumber(value)}, hardly any `
      + `signal passes, and ${consequenceOf(learning)}. Lower it by a factor of ten or more.`,
    measured: { weightsLeft: kept, penalty: value, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: windows.early[0]?.step ?? 0, related: [], fixes: [],
  };
}
