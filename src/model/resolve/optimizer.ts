/** The optimizer of a model, and the schedule of its rate. */
import type { OptimizerDraft } from '../layer-draft';
import type { ModelSpec, OptimizerSpec, ScheduleSpec } from '../model-spec';
import { MUON_TO_ADAMW, OPTIMIZERS, UNNAMED_RATE } from '../vocabulary/optimizers';
import { optimizerOf } from '../vocabulary/setting-parts';
import { withDefaults } from '../vocabulary/spec-parts';
import type { ProblemLog } from './problem-log';

/** The optimizer with what follows from its other parts; of a model that names none, Adam at a rate that fits most. */
export function resolveOptimizer(log: ProblemLog, draft: OptimizerDraft | undefined): OptimizerSpec {
  if (draft === undefined) {
    const adam = optimizerOf(withDefaults(OPTIMIZERS, 'adam'));
    return { ...resolveOptimizer(log, adam), learningRate: UNNAMED_RATE, inferred: true };
  }
  if (draft.type === 'sgd' && draft.nesterov && draft.momentum === 0) {
    const message = '`nesterov` needs a `momentum` above 0; set it to 0.9, which is usual.';
    log.report('out-of-range', message, { setting: 'optimizer', part: 'nesterov' });
  }
  if (draft.type !== 'muon') return draft;
  const { adamwLearningRate, adjustLearningRate, learningRate } = draft;
  return adamwLearningRate === undefined
    ? {
        ...draft,
        adamwLearningRate: learningRate * MUON_TO_ADAMW[adjustLearningRate],
        derived: ['adamwLearningRate'],
      }
    : { ...draft, adamwLearningRate };
}

/** Reports a schedule that looks at a loss which is never measured. */
export function checkSchedule(
  log: ProblemLog,
  schedule: ScheduleSpec,
  { validation }: Pick<ModelSpec, 'validation'>,
): void {
  if (schedule.type === 'plateau' && schedule.on === 'validation' && validation === 0) {
    const message =
      'No examples are held back to check the loss on; set `validation` to 0.2, or check the `training` loss.';
    log.report('out-of-range', message, { setting: 'schedule', part: 'on' });
  }
}
