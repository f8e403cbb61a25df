import { causalFixes, type FixId } from '../diagnosis/finding';
import { FIX_MAKERS } from './catalog';
import type { Fix } from './fix';
import type { FixContext } from './fix-context';

/** The cures of the catalog that the finding does not name, as far as they apply. */
export function otherFixes(context: FixContext): readonly Fix[] {
  return make(
    context,
    (Object.keys(FIX_MAKERS) as FixId[]).filter(id => !context.finding.fixes.includes(id)),
  );
}

/**
 * The cures that the finding names and that apply to the model as it is: those that undo the cause first, each as the
 * finding has them, best first. None is preferred: that takes a measurement.
 */
export function proposeFixes(context: FixContext): readonly Fix[] {
  const { fixes } = context.finding;
  const causal = causalFixes(context.finding).filter(id => fixes.includes(id));
  return make(context, [...causal, ...fixes.filter(id => !causal.includes(id))]);
}

function make(context: FixContext, ids: readonly FixId[]): readonly Fix[] {
  const causal = causalFixes(context.finding);
  return ids
    .map(id => FIX_MAKERS[id](context))
    .filter(draft => draft !== undefined && draft.changes.length > 0)
    .map(draft => ({
      ...draft!,
      changes: [draft!.changes],
      preferred: false,
      ...(causal.includes(draft!.id) && { causal: true }),
    }));
}
