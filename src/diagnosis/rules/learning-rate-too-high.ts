/** Steps longer than the loss's curvature bears. Page: docs/rules/learning-rate-too-high.md */
import { outcomeOf, orClip } from '../consequence';
import { LEARNING_RATE_PLACE } from '../../model/place';
import { leftOver } from '../depth-decay';
import { unstableDecay } from '../evidence/decay';
import { isHarmed } from '../evidence/learning';
import { inputToBlame } from '../evidence/step-length';
import { criticalCurvature, type ProbedUpdate } from '../evidence/update-course';
import { largestUpdateRatio } from '../evidence/update-ratio';
import { formatNumber } from '../format';
import { AFTERMATH, WILD } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'learning-rate-too-high',
  word: 'rate too high',
  noun: 'the overshooting',
  group: 'Learning rate, clipping and batch',
  summary: 'Updates overshoot: they raise the loss of their own batch and harm the run.',
  severity: 'warning',
  options: [
    {
      name: 'beyondStable',
      default: 1,
      description:
        'Learning rate times measured curvature over the largest stable value, from which on a step is too long.',
      source:
        'Edge of stability: 2 for gradient descent, 2 (1 + β) with momentum, 38 for Adam (Cohen et al. 2021, 2022).',
    },
    {
      name: 'rise',
      default: 1,
      description:
        "Rise of the batch's own loss by one update, over that of a constant prediction, that is overshooting too.",
      source: 'One such update undoes all that could have been learned; an update of the right length lowers the loss.',
    },
    {
      name: 'growth',
      default: 10,
      description:
        'Growth of the gradient norm in a run that diverges that shows it where no update was probed in time.',
      source: 'Ten times the norm of the first steps; ARC takes ten times the loss.',
    },
    {
      name: 'lostShare',
      default: 0.5,
      description:
        'Share of what was learned that must be lost again for a run to be harmed that still beats a constant.',
      source: 'Half; TheDeepChecker takes a loss of twice the best one for divergence.',
    },
  ],
  needs: ['gradients'],
  fixes: ['lower-learning-rate', 'clip-by-norm', 'clip-by-value'],
  explains: [
    'exploding-gradient',
    'dead-relu',
    'saturated-activation',
    'vanishing-gradient',
    'vanishing-through-time',
    'non-finite',
    ...WILD,
    ...AFTERMATH,
    'silent-death',
  ],
  costsPartly: true,
  showsLate: true,
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const learningRateTooHigh: Rule<typeof meta> = {
  meta,
  check(context) {
    const { model, evidence, option, optionOf } = context;
    const { learning, course } = evidence;
    const lost =
      course.lostShare >= option('lostShare') && course.late >= optionOf('diverging-loss', 'factor') * course.best;
    if (!isHarmed(learning) && !lost) return [];
    // Decay that is too strong makes weights grow whatever the loss is like.
    if (unstableDecay(model) !== undefined) return [];
    // Where no gradient comes through from the start, it is the output layer alone that swings.
    if (leftOver(evidence.start, 'backward') < BEYOND_NOISE * optionOf('vanishing-gradient', 'totalGain')) return [];
    // Standardizing would make the same rate a sound one.
    if (inputToBlame(model, evidence) !== undefined) return [];
    const proof = proofOf(context);
    if (proof === undefined) return [];
    const rate = formatNumber(model.optimizer.learningRate);
    const harm = isHarmed(learning)
      ? outcomeOf(learning)
      : `The loss ends at ${formatNumber(course.late)} after ${formatNumber(course.best)} at step ${course.bestStep}`;
    return [
      {
        rule: 'learning-rate-too-high',
        severity: learning.state === 'destroyed' ? 'error' : 'warning',
        layer: undefined,
        at: LEARNING_RATE_PLACE,
        message:
          `${proof.sentence}. ${harm}. ` +
          `The learning rate of ${rate} is too high for how steep the loss is. Lower it${orClip(model)}.`,
        measured: {
          ...proof.measured,
          criticalCurvature: criticalCurvature(model),
          learningRate: model.optimizer.learningRate,
          lateLoss: learning.lateLoss,
          referenceLoss: learning.reference,
        },
        step: proof.step,
        related: [],
        fixes: ['lower-learning-rate', 'clip-by-norm', 'clip-by-value'],
      },
    ];
  },
};

/** Share of the limit of vanishing-gradient that is well below what noise explains. */
const BEYOND_NOISE = 0.1;

interface Proof {
  readonly sentence: string;
  readonly step: number;
  readonly measured: Readonly<Record<string, number>>;
}

/** The first update that overshot; where none was probed in time, the growth of a run that went wild. */
function proofOf({ evidence, option }: Context): Proof | undefined {
  const { updates, growth, learning, windows } = evidence;
  const rise = (update: ProbedUpdate): number => (update.lossAfter - update.lossBefore) / learning.reference;
  const overshot = updates.probed.filter(
    update =>
      (update.lossAfter > update.lossBefore && update.beyondStable >= option('beyondStable')) ||
      !(rise(update) < option('rise')),
  );
  const wild = learning.state === 'destroyed' || learning.state === 'diverged';
  const grew = wild && growth.factor >= option('growth');
  const jump = largestUpdateRatio(windows.finite.at(-1));
  const jumped = learning.state === 'destroyed' && jump > 1;
  if (overshot.length === 0 && !grew && !jumped) return undefined;
  const [firstLong] = overshot;
  // It shows at the step after the update.
  const step = firstLong !== undefined ? firstLong.step + 1 : grew ? growth.since : (windows.finite.at(-1)?.step ?? 0);
  const measured = {
    overshooting: overshot.length,
    probed: updates.probed.length,
    beyondStable: firstLong?.beyondStable ?? Number.NaN,
    lossBefore: firstLong?.lossBefore ?? Number.NaN,
    lossAfter: firstLong?.lossAfter ?? Number.NaN,
    growth: growth.factor,
    updateRatio: jump,
  };
  if (firstLong !== undefined) {
    const again =
      overshot.length === 1 ? '' : `; ${overshot.length} of ${updates.probed.length} measured updates go too far`;
    const sentence =
      `The update of step ${firstLong.step} raises the loss of its own batch from ${formatNumber(firstLong.lossBefore)} to ` +
      `${formatNumber(firstLong.lossAfter)}${again}`;
    return { sentence, step, measured };
  }
  const sentence = grew
    ? `The gradient norm grows from ${formatNumber(growth.start)} to ${formatNumber(growth.peak)} by step ${growth.peakStep}`
    : `One update changes a layer's weights by ${formatNumber(jump)} times their own size`;
  return { sentence, step, measured };
}
