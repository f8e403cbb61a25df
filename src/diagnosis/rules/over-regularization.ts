/** A penalty that pulls the weights to zero faster than the task holds them. Page: docs/rules/over-regularization.md */
import { median } from '../../history/median';
import type { ModelSpec, SourcePath } from '../../spec/model-spec';
import type { StepRecord } from '../../training/step-record';
import { consequenceOf } from '../consequence';
import { isHarmed } from '../evidence/learning';
import { formatNumber } from '../format';
import { AFTERMATH, WILD } from '../of-the-run';
import type { Rule, RuleContext } from '../rule';

export const overRegularization: Rule = {
  meta: {
    id: 'over-regularization',
    summary: 'Weight decay, l1 or l2 pulls the weights to zero faster than the task holds them, and the run learns nothing.',
    severity: 'warning',
    options: [
      {
        name: 'shrunk', default: 0.1,
        description: 'Share of the kernels\' first norms that is left in a run that learns nothing, below which the penalty is to blame.',
        source: 'Three layers of a tenth make a signal of a thousandth.',
      },
    ],
    fixes: ['lower-weight-decay', 'lower-penalty'],
    explains: [
      'poor-initialization', 'vanishing-gradient', 'vanishing-through-time', 'dead-relu', 'silent-death',
      'learning-rate-too-low', 'depth-beyond-signal', ...WILD, ...AFTERMATH,
    ],
    costsPartly: true,
    showsLate: true,
  },
  check(context) {
    const { model, evidence, option } = context;
    const { learning, windows } = evidence;
    const penalty = strongestPenalty(model);
    if (penalty === undefined || !isHarmed(learning) || learning.state === 'destroyed') return [];
    const left = weightsLeft(context);
    if (!(left < option('shrunk'))) return [];
    return [{
      rule: 'over-regularization', severity: 'warning', layer: undefined, source: penalty.source,
      message: `Only ${formatNumber(left)} of the weights' norms is left after ${penalty.name} of ${formatNumber(penalty.value)}, `
        + `which pulls harder than the task, and ${consequenceOf(learning)}. Lower it by a factor of ten or more.`,
      measured: { weightsLeft: left, penalty: penalty.value, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
      step: windows.early[0]?.step ?? 0, related: [],
      fixes: ['lower-weight-decay', 'lower-penalty'], causal: ['lower-weight-decay', 'lower-penalty'],
    }];
  },
};

interface Penalty {
  readonly name: string;
  readonly value: number;
  readonly source: SourcePath;
}

/** The penalty that a model has: its weight decay, or else the larger of its l2 and l1. */
function strongestPenalty({ optimizer: { weightDecay }, regularization: { l1, l2 } }: ModelSpec): Penalty | undefined {
  const all: readonly Penalty[] = [
    { name: 'weight decay', value: weightDecay, source: ['optimizer', 'weight_decay'] },
    { name: 'l2', value: l2, source: ['regularization', 'l2'] },
    { name: 'l1', value: l1, source: ['regularization', 'l1'] },
  ];
  return all.filter(({ value }) => value > 0).reduce<Penalty | undefined>((one, other) =>
    (one === undefined || other.value > one.value ? other : one), undefined);
}

/** What training left of the kernels' norms, as their geometric mean: a single one may be small because the task asks for it. */
function weightsLeft({ history, evidence: { windows } }: RuleContext): number {
  const kernels = history.layout.parameters.flatMap(({ shape, trainable }, index) => (trainable && shape.length >= 2 ? [index] : []));
  const norm = (records: readonly StepRecord[], index: number): number => median(records.map((record) => record.parameterNorms[index]));
  const left = kernels.map((index) => norm(windows.late, index) / norm(windows.early.slice(0, 1), index));
  return Math.exp(left.reduce((sum, share) => sum + Math.log(Math.max(share, Number.MIN_VALUE)), 0) / left.length);
}
