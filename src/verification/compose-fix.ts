import { FIX_MAKERS } from '../fixes/catalog';
import type { Fix, FixPart } from '../fixes/fix';
import type { Change } from '../model/change';
import { changeModel } from './change-source';
import type { FaultyRun } from './verify-fixes';

/**
 * Cures made one after another, each of the model that the one before left; `undefined` where one of them does not apply
 * there.
 */
export function composeFix(
  { source, model: given, history, finding }: FaultyRun,
  parts: readonly FixPart[],
): Fix | undefined {
  const titles: string[] = [];
  const details: string[] = [];
  const changes: (readonly Change[])[] = [];
  for (const { id, value } of parts) {
    const model = changes.length === 0 ? given : changeModel(source, changes).model;
    const draft = model && FIX_MAKERS[id]({ model, history, finding, ...(value !== undefined && { value }) });
    if (!draft || draft.changes.length === 0) return undefined;
    titles.push(draft.title);
    if (draft.detail !== undefined) details.push(draft.detail);
    changes.push(draft.changes);
  }
  return {
    id: parts[0].id,
    title: titles.join(' + '),
    changes,
    preferred: false,
    ...(parts.some(({ value }) => value !== undefined) || parts.length > 1 ? { parts } : {}),
    ...(details.length > 0 && { detail: details.join(' ') }),
  };
}
