/** Actions for a finding, found or predicted, besides its cures: read the page of its rule, or silence it. */
import * as vscode from 'vscode';
import { toWorkspaceEdit } from '../documents/editor-ranges';
import type { ModelSnapshot } from '../documents/model-documents';
import type { PresentFinding } from './present-findings';

/** @param diagnostic what the editor shows of the finding, so that the actions stand with it in the Problems view */
export function ruleActions(
  snapshot: ModelSnapshot,
  { finding }: PresentFinding,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction[] {
  const { rule, at } = finding;
  const action = (title: string, part: Pick<vscode.CodeAction, 'edit' | 'command'>): vscode.CodeAction =>
    Object.assign(new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix), part, { diagnostics: [diagnostic] });
  const withCommand = (title: string, command: string, args: unknown[]): vscode.CodeAction =>
    action(title, { command: { command, title, arguments: args } });
  // A comment in the file: for the finding's layer or entry where one can mean it alone, and for the file.
  // In a text without a model the finding stands where it stood, which no comment can name.
  const here = snapshot.source.ignore(rule, at);
  const inFile = snapshot.source.ignore(rule);
  return [
    withCommand(vscode.l10n.t('Open the documentation of {0}', rule), 'gradientHealth.openRulePage', [rule]),
    ...(here ? [action(vscode.l10n.t('Ignore {0} here', rule), { edit: toWorkspaceEdit(snapshot.text, [here]) })] : []),
    ...(inFile
      ? [action(vscode.l10n.t('Ignore {0} in this file', rule), { edit: toWorkspaceEdit(snapshot.text, [inFile]) })]
      : []),
    withCommand(vscode.l10n.t('Silence {0} in this workspace', rule), 'gradientHealth.silenceRule', [
      rule,
      snapshot.text.uri,
    ]),
  ];
}
