/** A clipping limit that no gradient reaches. Page: docs/rules/clip-never-binds.md */
import { outcomeOf } from '../consequence';
import { formatNumber } from '../format';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'clip-never-binds',
  word: 'clip idle',
  noun: 'the idle clipping',
  group: 'Learning rate, clipping and batch',
  summary: 'The clipping limit is so far above every gradient norm that it never clips.',
  severity: 'hint',
  options: [
    {
      name: 'margin',
      default: 10,
      description:
        'Limit over the largest recorded gradient norm, from which on it is out of reach in a run that learns.',
      source:
        'Limits in use are 0.5 to 10 times the typical norm (Pascanu et al. 2013); rare spikes are what they are for.',
    },
  ],
  needs: ['clipping', 'gradients'],
  fixes: ['clip-by-norm'],
  explains: [],
} as const satisfies RuleDescription;

export const clipNeverBinds: Rule<typeof meta> = {
  meta,
  check({ model, evidence, option, optionOf }) {
    const { clip } = model;
    const { learning, windows, growth } = evidence;
    if (clip.type !== 'norm' || windows.finite.some(({ clipFactor }) => clipFactor < 1)) return [];
    const largest = windows.finite.reduce((top, { gradientNorm }) => Math.max(top, gradientNorm), 0);
    if (!(largest > 0)) return [];
    // Norms grew in a run that went wild, and the clip that was to stop it never did.
    const failed =
      (learning.state === 'destroyed' || learning.state === 'diverged') &&
      growth.factor >= optionOf('exploding-gradient', 'growth');
    if (!failed && !(clip.max >= option('margin') * largest)) return [];
    const limit = formatNumber(clip.max);
    return [
      {
        rule: 'clip-never-binds',
        severity: failed ? 'warning' : 'hint',
        layer: undefined,
        at: { setting: 'clip' },
        message: failed
          ? `The gradient norm grows from ${formatNumber(growth.start)} to ${formatNumber(growth.peak)} and never reaches the ` +
            `clipping limit of ${limit}. ${outcomeOf(learning)}. Clip at a few times the first norms.`
          : `The clipping limit of ${limit} never clips: the largest gradient norm of the run is ${formatNumber(largest)}. ` +
            'Lower the limit to a few times the usual norm so that it catches spikes, or remove it.',
        measured: { limit: clip.max, largestNorm: largest, growth: growth.factor },
        step: windows.late[0]?.step ?? 0,
        related: [],
        fixes: ['clip-by-norm'],
      },
    ];
  },
};
