/** Trust of the workspace, asked at the one place where each kind of work begins, so that no way leads round it. */
import * as vscode from 'vscode';
import type { StartWorker } from '../../worker/worker-handle';

/** The sentence on why nothing is trained or read. */
export function trustMessage(): string {
  return vscode.l10n.t(
    'Models are trained in trusted workspaces only, because training takes processor time and reads data files.',
  );
}

/** Answers a command that trains. Answers of the user are not waited for: a message may stay for long. */
export function explainTrust(): void {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  void vscode.window.showWarningMessage(trustMessage(), manage).then(chosen => {
    if (chosen === manage) void vscode.commands.executeCommand('workbench.trust.manage');
  });
}

/** One sentence where nothing may be trained. */
export function refusalOfTraining(): string | undefined {
  return vscode.workspace.isTrusted ? undefined : trustMessage();
}

/** Starts workers in trusted workspaces only. @throws Error in others, which whoever asked tells of. */
export function onlyTrusted(start: StartWorker): StartWorker {
  return (limits, listener) => {
    if (!vscode.workspace.isTrusted) throw new Error(trustMessage());
    return start(limits, listener);
  };
}
