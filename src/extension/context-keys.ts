/** What the manifest's `when` and `enablement` clauses ask for. */
import * as vscode from 'vscode';
import type { ModelRuns } from './runs/model-runs';

/** Keeps the keys `gradientHealth.modelFileActive`, `.training` and `.hasFindings` true to their names. */
export class ContextKeys implements vscode.Disposable {
  private readonly values = new Map<string, boolean>();
  private readonly subscription: { dispose(): void };

  constructor(private readonly runs: ModelRuns, private readonly activeModelFile: () => vscode.Uri | undefined) {
    this.subscription = runs.onDidChange((_key, change) => {
      if (change !== 'records') this.update();
    });
  }

  /** Call when another editor or panel is active. */
  update(): void {
    this.set('modelFileActive', this.activeModelFile() !== undefined);
    this.set('training', this.runs.activeKeys().length > 0);
    this.set('hasFindings', this.runs.keys().some((key) => (this.runs.get(key).current?.findings.length ?? 0) > 0));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private set(name: string, value: boolean): void {
    if (this.values.get(name) === value) return;
    this.values.set(name, value);
    void vscode.commands.executeCommand('setContext', `gradientHealth.${name}`, value);
  }
}
