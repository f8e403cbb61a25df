/** Clipping that cuts every gradient to a small part. Page: docs/rules/clip-always-binds.md */
import { median } from '../../record/median';
import { outcomeOf } from '../consequence';
import { isHarmed, learnedWell } from '../evidence/learning';
import { madeNoHeadway } from '../evidence/loss-course';
import { formatNumber, formatShare } from '../format';
import { AFTERMATH } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

/**
 * Their updates do not depend on the size of the gradient, so cutting it alike at every step changes next to nothing.
 */
const SCALE_FREE: ReadonlySet<string> = new Set([
  'adam',
  'adamw',
  'adamax',
  'nadam',
  'radam',
  'rmsprop',
  'adagrad',
  'adadelta',
  'lion',
  'muon',
  'shampoo',
]);

const meta = {
  id: 'clip-always-binds',
  word: 'always clipped',
  noun: 'the constant clipping',
  group: 'Learning rate, clipping and batch',
  summary:
    'Nearly every gradient is clipped to a small part of its length: the limit, not the gradient, sets the step.',
  severity: 'information',
  options: [
    {
      name: 'share',
      default: 0.95,
      description: 'Share of steps that are clipped.',
      source: 'AutoClip clips 9 of 10 steps on purpose (10th percentile, Seetharaman et al. 2020); this is more.',
    },
    {
      name: 'kept',
      default: 0.1,
      description: 'Median share of the norm that is kept, at most.',
      source: 'Limits in use are 0.5 to 10 times the typical norm (Pascanu et al. 2013); a tenth is far below.',
    },
  ],
  needs: ['clipping'],
  fixes: ['raise-clip', 'remove-clip'],
  explains: ['learning-rate-too-low', 'silent-death', ...AFTERMATH],
} as const satisfies RuleDescription;

export const clipAlwaysBinds: Rule<typeof meta> = {
  meta,
  check({ model, evidence, option, optionOf }) {
    const { learning, windows, updates, course } = evidence;
    if (model.clip.type === 'none' || windows.finite.length < 10) return [];
    const clipped = windows.finite.filter(({ clipFactor }) => clipFactor < 1).length / windows.finite.length;
    const kept = median(windows.finite.map(({ clipFactor }) => clipFactor));
    if (!(clipped >= option('share')) || !(kept <= option('kept'))) return [];
    const scaleFree = SCALE_FREE.has(model.optimizer.type);
    // Harm by the clip: without it, the same rate would make steps of a sound length.
    const starved =
      !scaleFree &&
      (isHarmed(learning) || (madeNoHeadway(course) && !learnedWell(learning))) &&
      updates.reach < optionOf('learning-rate-too-low', 'reach');
    const what = `Clipping cuts ${formatShare(clipped)} of the gradients, to ${formatNumber(kept)} of their norm (median)`;
    const advice = scaleFree
      ? `${model.optimizer.type} normalizes its steps, so this changes little and hides spikes. Raise the limit`
      : model.optimizer.type === 'lbfgs'
        ? 'lbfgs learns from how gradients change, which clipping hides. Raise the limit'
        : 'Every step has the same length, limit times learning rate, however steep the loss is. Raise the limit';
    return [
      {
        rule: 'clip-always-binds',
        severity: starved ? 'warning' : 'information',
        layer: undefined,
        at: { setting: 'clip' },
        message: `${what}${starved ? `. ${isHarmed(learning) ? outcomeOf(learning) : `The loss has hardly moved from ${formatNumber(course.start)}`}` : ''}. ${advice} to a few times the usual norm.`,
        measured: { clippedShare: clipped, kept, reach: updates.reach },
        step: windows.early[0]?.step ?? 0,
        related: [],
        fixes: ['raise-clip', 'remove-clip'],
        causal: ['raise-clip', 'remove-clip', 'clip-by-norm'],
      },
    ];
  },
};
