import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';

/** Whether nothing held gradients back in the run but, at most, a limit on every element. */
export function isUnclipped({ clip }: ModelSpec, { records }: RunHistory): boolean {
  return clip.type === 'none' || clip.type === 'value' || records.every(({ clipFactor }) => !(clipFactor < 1));
}
