import type { ScheduleSpec } from '../../../model/model-spec';
import { rangeAt } from '../source-range';
import type { VariantValue } from '../../../model/vocabulary/family';
import type { SCHEDULES } from '../../../model/vocabulary/schedules';
import { report, type Compilation } from './compilation';

/** The schedule under the names of `ModelSpec`. `validation`: share of the examples that is held back. */
export function compileSchedule(
  compilation: Compilation,
  values: VariantValue<typeof SCHEDULES>,
  validation: number,
): ScheduleSpec {
  if (values.type === 'one-cycle') {
    const { type, pct_start, div_factor, final_div_factor } = values;
    return { type, warmupShare: pct_start, divFactor: div_factor, finalDivFactor: final_div_factor };
  }
  if (values.type === 'plateau' && values.on === 'validation' && validation === 0) {
    const range = rangeAt(compilation.document, ['schedule', 'on']);
    const message =
      'No examples are held back to check the loss on; set `validation` to 0.2, or check the `training` loss.';
    report(compilation, 'out-of-range', message, range ?? { start: 0, end: 0 });
  }
  return values;
}
