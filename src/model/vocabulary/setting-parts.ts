/** Settings of a model file under the names of `ModelSpec`. */
import type { DataDraft, OptimizerDraft } from '../layer-draft';
import type { ClipSpec, LossSpec, ScheduleSpec } from '../model-spec';
import { CLIPS } from './clips';
import { DATA } from './data';
import type { VariantValue } from './family';
import { LOSSES } from './losses';
import { OPTIMIZERS } from './optimizers';
import { SCHEDULES } from './schedules';
import { specParts, withDefaults } from './spec-parts';

type Written = Readonly<Record<string, unknown>>;

/** The loss of that type of which only these keys are written. */
export function lossParts(type: LossSpec['type'], written: Written = {}): LossSpec {
  return lossOf(withDefaults(LOSSES, type, written));
}

/** The data of that type of which only these keys are written. */
export function dataParts(type: DataDraft['type'], written: Written = {}): DataDraft {
  return dataOf(withDefaults(DATA, type, written));
}

// Each table has one key for each part of the type, so its values under the names of parts are the setting.

export function lossOf(values: VariantValue<typeof LOSSES>): LossSpec {
  return specParts(values) as LossSpec;
}

export function dataOf(values: VariantValue<typeof DATA>): DataDraft {
  return specParts(values) as DataDraft;
}

export function optimizerOf(values: VariantValue<typeof OPTIMIZERS>): OptimizerDraft {
  return specParts(values) as unknown as OptimizerDraft;
}

export function scheduleOf(values: VariantValue<typeof SCHEDULES>): ScheduleSpec {
  return specParts(values) as ScheduleSpec;
}

export function clipOf(values: VariantValue<typeof CLIPS>): ClipSpec {
  return specParts(values) as ClipSpec;
}
