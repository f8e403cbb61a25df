/** Tells once of each setting that is not used as it is written. */
import * as vscode from 'vscode';
import { SECTION, settingsFor } from './settings';

/** Looks at the settings now and whenever they change. A value is told of once, until it is another. */
export class SettingNotices implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private told = new Set<string>();

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.subscription = vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(SECTION)) this.look();
    });
    this.look();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private look(): void {
    const wrong = new Set<string>();
    const scopes = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
    for (const scope of scopes) settingsFor(scope, message => wrong.add(message));
    for (const message of wrong) {
      if (!this.told.has(message)) this.tell(message);
    }
    this.told = wrong;
  }

  private tell(message: string): void {
    this.log.warn(message);
    const open = vscode.l10n.t('Open Settings');
    void vscode.window.showWarningMessage(message, open).then(chosen => {
      if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettings', SECTION);
    });
  }
}
