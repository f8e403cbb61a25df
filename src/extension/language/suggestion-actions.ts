/** Quick fixes for misspelt names: the nearest known one takes their place. */
import * as vscode from 'vscode';
import type { SpecProblem } from '../../spec/spec-document';
import { toEditorRange, toWorkspaceEdit } from '../documents/editor-ranges';
import type { ModelDocuments } from '../documents/model-documents';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('gradientHealth');

type Suggestion = SpecProblem & { readonly suggestion: string };

/** Offers the suggestion of every problem, one by one and, as `source.fixAll.gradientHealth`, all together. */
export class SuggestionActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, FIX_ALL];

  constructor(private readonly documents: ModelDocuments) {}

  provideCodeActions(text: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    const suggestions = this.documents.current(text).problems.filter((problem): problem is Suggestion => problem.suggestion !== undefined);
    // Asked for by name only, as "fix all on save" does: never among the fixes of one place.
    if (context.only?.intersects(FIX_ALL) && !context.only.intersects(vscode.CodeActionKind.QuickFix)) return fixAll(text, suggestions);
    if (context.only && !context.only.intersects(vscode.CodeActionKind.QuickFix)) return [];
    return suggestions
      .filter((problem) => toEditorRange(text, problem.range).intersection(range))
      .map((problem) => {
        const action = new vscode.CodeAction(vscode.l10n.t('Change to `{0}`', problem.suggestion), vscode.CodeActionKind.QuickFix);
        action.edit = toWorkspaceEdit(text, [{ range: problem.range, text: problem.suggestion }]);
        action.diagnostics = context.diagnostics.filter((diagnostic) => diagnostic.code === problem.code);
        action.isPreferred = true;
        return action;
      });
  }
}

function fixAll(text: vscode.TextDocument, suggestions: readonly Suggestion[]): vscode.CodeAction[] {
  if (suggestions.length === 0) return [];
  const action = new vscode.CodeAction(vscode.l10n.t('Correct all misspelt names'), FIX_ALL);
  action.edit = toWorkspaceEdit(text, suggestions.map(({ range, suggestion }) => ({ range, text: suggestion })));
  return [action];
}
