import { compileModel } from '../frontends/model-file/compile';
import { applyEdits, composeEdits } from '../frontends/model-file/edit';
import { parseModelFile } from '../frontends/model-file/parse';
import type { TextEdit } from '../text/text-edit';
import { FIX_MAKERS } from './catalogue';
import type { FixPart } from './fix';
import type { FixContext, FixDraft } from './fix-context';

/**
 * Cures made one after another, each of the text that the one before left, as one list of edits of the text as it is;
 * `undefined` where one of them does not apply there.
 */
export function composeFix(
  { document, model: given, history, finding }: FixContext,
  parts: readonly FixPart[],
): FixDraft | undefined {
  const titles: string[] = [];
  const details: string[] = [];
  const made: (readonly TextEdit[])[] = [];
  let text = document.text;
  for (const { id, value } of parts) {
    const isGiven = text === document.text;
    const now = isGiven ? document : parseModelFile(text, document.language);
    const model = isGiven ? given : compileModel(now).model;
    const draft =
      model && FIX_MAKERS[id]({ document: now, model, history, finding, ...(value !== undefined && { value }) });
    if (!draft || draft.edits.length === 0) return undefined;
    titles.push(draft.title);
    if (draft.detail !== undefined) details.push(draft.detail);
    made.push(draft.edits);
    text = applyEdits(text, draft.edits);
  }
  return {
    id: parts[0].id,
    title: titles.join(' + '),
    edits: composeEdits(
      document.text,
      made.map(each => () => each),
    ),
    ...(parts.some(({ value }) => value !== undefined) || parts.length > 1 ? { parts } : {}),
    ...(details.length > 0 && { detail: details.join(' ') }),
  };
}
