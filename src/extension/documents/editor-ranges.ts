/** Between offsets of the spec and positions of the editor. Both count UTF-16 units. */
import * as vscode from 'vscode';
import type { TextEdit, TextRange } from '../../text/text-edit';

export function toEditorRange(document: vscode.TextDocument, range: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}

/** The edits of one change of `document`, ready to be applied. */
export function toWorkspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const workspaceEdit = new vscode.WorkspaceEdit();
  for (const edit of edits) workspaceEdit.replace(document.uri, toEditorRange(document, edit.range), edit.text);
  return workspaceEdit;
}
