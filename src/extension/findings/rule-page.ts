/** The page of a rule, which the extension carries with it. */
import * as vscode from 'vscode';
import type { RuleId } from '../../diagnosis/finding';

/** Address that opens the page of `rule` when it is clicked, in the Problems view and in hovers. */
export function rulePageLink(rule: RuleId): vscode.Uri {
  return vscode.Uri.parse(`command:gradientHealth.openRulePage?${encodeURIComponent(JSON.stringify([rule]))}`);
}

/** Shows the page of `rule`, as formatted text. */
export async function openRulePage(extensionUri: vscode.Uri, rule: RuleId): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(extensionUri, 'docs', 'rules', `${rule}.md`));
}
