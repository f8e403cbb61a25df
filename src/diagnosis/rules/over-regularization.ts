/** A penalty that pulls the weights to zero faster than the task holds them. Page: docs/rules/over-regularization.md */
import { median } from '../../record/median';
import type { Place } from '../../model/place';
import type { ModelSpec } from '../../model/model-spec';
import type { StepRecord } from '../../record/step-record';
import { outcomeOf } from '../consequence';
import { decayPerStep, unstableDecay } from '../evidence/decay';
import { isHarmed } from '../evidence/learning';
import { formatNumber, formatShare } from '../format';
import { AFTERMATH, WILD } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'over-regularization',
  word: 'penalty too strong',
  noun: 'the weight of the penalty',
  group: 'Regularization and generalization',
  summary: 'Weight decay, l1 or l2 shrinks the weights faster than the loss restores them, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'shrunk',
      default: 0.1,
      description:
        "Share of the kernels' first norms that is left in a run that learns nothing, below which the penalty is blamed.",
      source: 'Three layers of a tenth make a signal of a thousandth.',
    },
    {
      name: 'forgotten',
      default: 0.03,
      description:
        'Share of the weights that each step takes away by decay, in a run that learns nothing, from which on the decay is blamed.',
      source: 'At 0.03 half of what a step taught is gone 23 steps later; customary are 1e-6 (SGD) to 1e-4 (AdamW).',
    },
  ],
  needs: ['weights'],
  fixes: ['lower-weight-decay', 'lower-penalty'],
  explains: [
    'poor-initialization',
    'vanishing-gradient',
    'vanishing-through-time',
    'dead-relu',
    'silent-death',
    'learning-rate-too-low',
    'depth-beyond-signal',
    ...WILD,
    ...AFTERMATH,
  ],
  costsPartly: true,
  showsLate: true,
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const overRegularization: Rule<typeof meta> = {
  meta,
  check(context) {
    const { model, evidence, option } = context;
    const { learning, windows } = evidence;
    const penalty = strongestPenalty(model);
    if (penalty === undefined || !isHarmed(learning) || learning.state === 'destroyed') return [];
    const left = weightsLeft(context);
    const forgotten = decayPerStep(model);
    const isShrunk = left < option('shrunk');
    // Decay that throws weights across zero makes them grow.
    if (!isShrunk && !(forgotten >= option('forgotten') && unstableDecay(model) === undefined)) return [];
    const { name, value, at } = isShrunk ? penalty : decayOf(model);
    const proof = isShrunk
      ? `Only ${formatNumber(left)} of the weight norms is left: ${name} of ${formatNumber(value)} pulls harder than the loss`
      : `A ${name} of ${formatNumber(value)} removes ${formatShare(forgotten)} of the weights per step, more than the loss restores`;
    return [
      {
        rule: 'over-regularization',
        severity: 'warning',
        layer: undefined,
        at,
        message: `${proof}. ${outcomeOf(learning)}. Lower it by a factor of 10 or more.`,
        measured: {
          weightsLeft: left,
          decayPerStep: forgotten,
          penalty: value,
          lateLoss: learning.lateLoss,
          referenceLoss: learning.reference,
        },
        step: windows.early[0]?.step ?? 0,
        related: [],
        fixes: ['lower-weight-decay', 'lower-penalty'],
        causal: ['lower-weight-decay', 'lower-penalty'],
      },
    ];
  },
};

interface Penalty {
  readonly name: string;
  readonly value: number;
  readonly at: Place;
}

/** The penalty that a model has: its weight decay, or else the larger of its l2 and l1. */
function strongestPenalty({ optimizer, regularization: { l1, l2 } }: ModelSpec): Penalty | undefined {
  const all: readonly Penalty[] = [
    decayOf({ optimizer }),
    { name: 'l2', value: l2, at: { setting: 'regularization', part: 'l2' } },
    { name: 'l1', value: l1, at: { setting: 'regularization', part: 'l1' } },
  ];
  return all
    .filter(({ value }) => value > 0)
    .reduce<Penalty | undefined>(
      (one, other) => (one === undefined || other.value > one.value ? other : one),
      undefined,
    );
}

function decayOf({ optimizer: { weightDecay } }: Pick<ModelSpec, 'optimizer'>): Penalty {
  return { name: 'weight decay', value: weightDecay, at: { setting: 'optimizer', part: 'weightDecay' } };
}

/**
 * Share of the kernel norms that training left, as their geometric mean: a single one may be small because the task
 * asks for it.
 */
function weightsLeft({ history, evidence: { windows } }: Context): number {
  const kernels = history.layout.parameters.flatMap(({ shape, trainable }, index) =>
    trainable && shape.length >= 2 ? [index] : [],
  );
  const norm = (records: readonly StepRecord[], index: number): number =>
    median(records.map(record => record.parameterNorms[index]));
  const left = kernels.map(index => norm(windows.late, index) / norm(windows.early.slice(0, 1), index));
  return Math.exp(left.reduce((sum, share) => sum + Math.log(Math.max(share, Number.MIN_VALUE)), 0) / left.length);
}
