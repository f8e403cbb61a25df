/** The pages of the rules, which the extension carries with it. */
import * as vscode from 'vscode';
import type { RuleId } from '../../diagnosis/finding';

/**
 * Address of the page of a rule. The manifest has the editor show these files formatted, whichever link leads to them.
 */
export type RulePage = (rule: RuleId) => vscode.Uri;

export function rulePagesIn(extensionUri: vscode.Uri): RulePage {
  return rule => vscode.Uri.joinPath(extensionUri, 'docs', 'rules', `${rule}.md`);
}

/** Shows a page, as formatted text. */
export async function openRulePage(page: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
