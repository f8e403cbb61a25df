/** How far one update moves the parameters. */
import type { StepRecord } from '../../record/step-record';

/**
 * The largest norm of an update over the norm of the parameter it changes; parameters that are still zero are left out.
 */
export function largestUpdateRatio(record: StepRecord | undefined): number {
  let largest = 0;
  record?.updateNorms.forEach((update, index) => {
    const norm = record.parameterNorms[index];
    if (norm > 0 && !(update / norm <= largest)) largest = update / norm;
  });
  return largest;
}
