/**
 * Quick fixes for names: the nearest known one for a misspelled one, ours for another library's, and all of them at once.
 */
import * as vscode from 'vscode';
import { asModelFile } from '../../frontends/model-file/as-model-file';
import type { Source } from '../../frontends/frontend';
import { ownNamesEdits } from '../../frontends/model-file/own-names';
import type { SourceDocument } from '../../frontends/model-file/source-document';
import type { TextEdit, TextRange } from '../../text/text-edit';
import { toEditorRange, toWorkspaceEdit } from '../documents/editor-ranges';
import type { ModelDocuments } from '../documents/model-documents';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('gradientHealth');

/** A change of one place that can be offered there. */
interface Offer {
  readonly title: string;
  readonly range: TextRange;
  readonly edits: readonly TextEdit[];
  /** Code of the problem that it fixes; `undefined` for a name that is accepted as it is. */
  readonly code: string | undefined;
}

/**
 * Offers the way out of every problem that has one, and our name for each of another library's that is accepted. Where
 * the file has several, all together too: among the fixes of a place, and as `source.fixAll.gradientHealth`.
 */
export class SuggestionActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, FIX_ALL];

  constructor(private readonly documents: ModelDocuments) {}

  provideCodeActions(
    text: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const { source } = this.documents.current(text);
    const file = asModelFile(source);
    const all = file ? ownNamesEdits(file.document, file.problems) : [];
    // Asked for by name only, as "fix all on save" does: never among the fixes of one place.
    if (context.only?.intersects(FIX_ALL) && !context.only.intersects(vscode.CodeActionKind.QuickFix)) {
      return all.length === 0 ? [] : [fixAll(text, all, FIX_ALL)];
    }
    if (context.only && !context.only.intersects(vscode.CodeActionKind.QuickFix)) return [];
    const offers = [...ofProblems(source), ...ofNames(file?.document.foreignNames ?? [])];
    const here = offers.filter(offer => toEditorRange(text, offer.range).intersection(range));
    const single = here.map(offer => {
      const action = new vscode.CodeAction(offer.title, vscode.CodeActionKind.QuickFix);
      action.edit = toWorkspaceEdit(text, offer.edits);
      action.diagnostics = context.diagnostics.filter(({ code }) => offer.code !== undefined && code === offer.code);
      action.isPreferred = offer.code !== undefined;
      return action;
    });
    return here.length > 0 && offers.length > 1 && all.length > 1
      ? [...single, fixAll(text, all, vscode.CodeActionKind.QuickFix)]
      : single;
  }
}

function ofProblems({ problems }: Source): readonly Offer[] {
  return problems.flatMap(({ range, code, suggestion, remedy }): Offer[] => [
    ...(suggestion === undefined
      ? []
      : [
          {
            title: vscode.l10n.t('Change to `{0}`', suggestion),
            range,
            edits: [{ range, text: suggestion }],
            code,
          },
        ]),
    ...(remedy ? [{ title: remedy.title, range, edits: remedy.edits, code }] : []),
  ]);
}

/** Our name for each of another library's that a model file may have. */
function ofNames(names: SourceDocument['foreignNames']): readonly Offer[] {
  return names
    .filter(({ edits }) => edits.length > 0)
    .map(({ range, own, edits }): Offer => ({
      title: vscode.l10n.t('Write `{0}`, the name here', own),
      range,
      edits,
      code: undefined,
    }));
}

function fixAll(text: vscode.TextDocument, edits: readonly TextEdit[], kind: vscode.CodeActionKind): vscode.CodeAction {
  const action = new vscode.CodeAction(vscode.l10n.t('Fix all names'), kind);
  action.edit = toWorkspaceEdit(text, edits);
  return action;
}
