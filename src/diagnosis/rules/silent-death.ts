/** A run that moved its weights and gives what a constant would. Page: docs/rules/silent-death.md */
import { median } from '../../history/median';
import { taskLoss } from '../evidence/trivial-predictor';
import { formatNumber } from '../format';
import { outputLayer } from '../output';
import { AFTERMATH } from '../of-the-run';
import type { Rule, RuleContext } from '../rule';

export const silentDeath: Rule = {
  meta: {
    id: 'silent-death',
    summary: 'Loss and gradient are finite, weights moved far enough to learn, and the answers are no better than a constant.',
    severity: 'warning',
    options: [
      {
        name: 'moved', default: 1,
        description: 'Sum of the updates\' norms over the norm of the most moved kernel, from which on a run had its chance.',
        source: 'An update as large as the parameter can turn it into any other of its size.',
      },
      {
        name: 'steps', default: 100,
        description: 'Fewer steps than this prove nothing.',
        source: 'SageMaker Debugger looks at 10 steps at a time, ARC at 300 before it calls a loss stalled.',
      },
    ],
    fixes: ['lower-learning-rate', 'fitting-initializer', 'leaky-relu-activation'],
    explains: AFTERMATH,
  },
  check(context) {
    const { model, evidence, option } = context;
    const { learning, windows } = evidence;
    if (learning.state !== 'stuck' || !learning.referenceIsTrivial || windows.finite.length < option('steps')) return [];
    const moved = distanceMoved(context);
    if (!(moved >= option('moved')) || stillFalls(context)) return [];
    const output = outputLayer(model);
    return [{
      rule: 'silent-death', severity: 'warning', layer: output.path, source: output.source,
      message: `The loss is ${formatNumber(learning.lateLoss)}, where predicting a constant gives `
        + `${formatNumber(learning.reference)}: after ${windows.finite.length} steps that moved the weights by `
        + `${formatNumber(moved)} times their size, the answers say nothing `
        + 'of the input. Lower the learning rate, look at the first weights, or give the model what it needs to see the task.',
      measured: { moved, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
      step: windows.late[0]?.step ?? 0, related: [],
      fixes: ['lower-learning-rate', 'fitting-initializer', 'leaky-relu-activation'],
    }];
  },
};

/** Of the kernel that was moved most: all of its updates' norms over its norm; records that were thinned out are made up for. */
function distanceMoved({ history, evidence }: RuleContext): number {
  const { finite } = evidence.windows;
  const every = ((finite.at(-1)?.step ?? 0) + 1) / finite.length;
  const distances = history.layout.parameters.flatMap((parameter, index) => {
    const norm = median(finite.map((record) => record.parameterNorms[index]));
    const updates = finite.map((record) => record.updateNorms[index]).filter((update) => Number.isFinite(update));
    return parameter.shape.length < 2 || !(norm > 0) ? [] : [(every * updates.reduce((sum, update) => sum + update, 0)) / norm];
  });
  return Math.max(0, ...distances);
}

/** Whether the last steps are below those of the middle: it may get there yet. */
function stillFalls({ evidence }: RuleContext): boolean {
  const { middle, late } = evidence.windows;
  return middle.length > 0 && median(late.map(taskLoss)) < 0.95 * median(middle.map(taskLoss));
}
