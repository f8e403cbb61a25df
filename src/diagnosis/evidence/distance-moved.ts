/** How far a run moved its weights. */
import { median } from '../../record/median';
import type { RunHistory } from '../../record/run-history';
import type { Windows } from './windows';

/**
 * The sum of all updates' norms over the norm of the kernel, for the kernel that moved most: 1 is enough to turn a
 * kernel into any other of its size. Records that were thinned out are made up for. 0 for a run without kernels.
 */
export function distanceMoved({ layout }: RunHistory, { finite }: Windows): number {
  const every = ((finite.at(-1)?.step ?? 0) + 1) / finite.length;
  const distances = layout.parameters.flatMap((parameter, index) => {
    const norm = median(finite.map(record => record.parameterNorms[index]));
    const updates = finite.map(record => record.updateNorms[index]).filter(update => Number.isFinite(update));
    return parameter.shape.length < 2 || !(norm > 0)
      ? []
      : [(every * updates.reduce((sum, update) => sum + update, 0)) / norm];
  });
  return Math.max(0, ...distances);
}
