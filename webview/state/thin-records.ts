/** Keeps the page's memory bounded in long runs, without losing a peak of any curve. */
import { decimate } from '../../src/record/decimate';
import type { StepView } from './run-view';

/** Records held before older ones are thinned: several times the pixels of a chart. */
export const MAXIMUM_RECORDS = 6000;

/** Steps at the end that are never thinned. */
const UNTOUCHED_TAIL = 500;

/**
 * `records` themselves while they are few; else about half of them: first, latest, not finite, and peaks of every curve
 * stay.
 */
export function thinRecords(records: readonly StepView[]): readonly StepView[] {
  if (records.length <= MAXIMUM_RECORDS) return records;
  const older = records.slice(0, -UNTOUCHED_TAIL);
  const layers = older[0].layerNorms.length;
  const series = [
    Float64Array.from(older, record => record.loss),
    Float64Array.from(older, record => record.gradientNorm),
    ...Array.from({ length: layers }, (_, layer) => Float64Array.from(older, record => record.layerNorms[layer])),
  ];
  let buckets = MAXIMUM_RECORDS / 2;
  let kept = decimate(series, buckets, 'peaks');
  while (kept.length > MAXIMUM_RECORDS / 2 && buckets > 1) {
    buckets = Math.floor(buckets / 2);
    kept = decimate(series, buckets, 'peaks');
  }
  return [...kept.map(index => older[index]), ...records.slice(-UNTOUCHED_TAIL)];
}
