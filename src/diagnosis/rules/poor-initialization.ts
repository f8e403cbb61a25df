/**
 * First weights that make units alike, or far from the size that keeps signals alive. Page:
 * docs/rules/poor-initialization.md
 */
import { biasesFarOff } from '../first-weights/large-biases';
import { loudScores } from '../first-weights/loud-scores';
import { unitsAlike } from '../first-weights/units-alike';
import { weightsFarOff } from '../first-weights/weight-size';
import { AFTERMATH, WILD } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'poor-initialization',
  word: 'unfit weights',
  noun: 'the unfit first weights',
  group: 'Units and first weights',
  summary:
    'First weights or biases that make all units of a layer alike, or are far from the size that keeps a signal alive.',
  severity: 'warning',
  options: [
    {
      name: 'ratio',
      default: 3,
      description:
        "Gain of a hidden layer's first weights over the one that keeps norms, or the reverse, in a harmed run.",
      source: 'SageMaker Debugger takes a ratio of variances of 10 between layers, which is 3.2 of deviations.',
    },
    {
      name: 'bias',
      default: 5,
      description: 'Size of constant first biases of a hidden layer in a run that learns nothing.',
      source: 'At 5 the slope of sigmoid is 0.0066 and that of tanh 0.0002; a relu is off for inputs of deviation 1.',
    },
    {
      name: 'loudLoss',
      default: 3,
      description:
        'First loss of a classifier over that of a constant prediction, from which on its first scores are too loud (a hint).',
      source:
        "Scores of deviation 1 start at 1.2 times the constant's loss at most; three times need a deviation of 4 or more.",
    },
  ],
  needs: [],
  fixes: ['fitting-initializer', 'lsuv-initializer', 'lower-learning-rate', 'zero-bias', 'smaller-output-initializer'],
  explains: [
    'exploding-gradient',
    'forward-explosion',
    'vanishing-gradient',
    'dead-relu',
    'saturated-activation',
    'non-finite',
    'exploding-through-time',
    'vanishing-through-time',
    'silent-death',
    'learning-rate-too-high',
    'learning-rate-too-low',
    ...WILD,
    ...AFTERMATH,
  ],
  costsPartly: true,
  travels: 'forward',
} as const satisfies RuleDescription;

export const poorInitialization: Rule<typeof meta> = {
  meta,
  check(context) {
    const finding = unitsAlike(context) ?? biasesFarOff(context) ?? weightsFarOff(context) ?? loudScores(context);
    return finding === undefined ? [] : [finding];
  },
};
