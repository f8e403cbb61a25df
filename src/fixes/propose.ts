import type { FixId } from '../diagnosis/finding';
import { FIX_MAKERS } from './catalogue';
import type { Fix } from './fix';
import type { FixContext } from './fix-context';

/** The cures of the catalogue that the finding does not name, as far as they apply; none is preferred. */
export function otherFixes(context: FixContext): readonly Fix[] {
  const ids = (Object.keys(FIX_MAKERS) as FixId[]).filter((id) => !context.finding.fixes.includes(id));
  return proposeFixes({ ...context, finding: { ...context.finding, fixes: ids } }).map((fix) => ({ ...fix, preferred: false }));
}

/** The cures that the finding names and that apply to the file as it is, best first; the first one is preferred. */
export function proposeFixes(context: FixContext): readonly Fix[] {
  return context.finding.fixes
    .map((id) => FIX_MAKERS[id](context))
    .filter((draft) => draft !== undefined && draft.edits.length > 0)
    .map((draft, index) => ({ ...draft!, preferred: index === 0 }));
}
