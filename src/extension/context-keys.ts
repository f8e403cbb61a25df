/** Context keys for the manifest's `when` and `enablement` clauses. */
import * as vscode from 'vscode';
import type { Comparisons } from './cures/comparisons';
import type { Verifications } from './cures/verifications';
import type { ModelDocuments } from './documents/model-documents';
import type { ModelRuns } from './runs/model-runs';

/**
 * Keeps `gradientHealth.modelFileActive`, `.training`, `.measuring`, `.hasFindings` and `.modelFilePaths` (of open
 * ones) true to their names.
 */
export class ContextKeys implements vscode.Disposable {
  private readonly values = new Map<string, string>();
  private readonly subscriptions: readonly { dispose(): void }[];

  constructor(
    private readonly documents: ModelDocuments,
    private readonly runs: ModelRuns,
    private readonly verifications: Verifications,
    private readonly comparisons: Comparisons,
    private readonly activeModelFile: () => vscode.Uri | undefined,
  ) {
    this.subscriptions = [
      runs.onDidChange((_key, change) => {
        if (change !== 'records') this.update();
      }),
      verifications.onDidChange(() => this.update()),
      comparisons.onDidChange(() => this.update()),
      documents.onDidRead(() => this.update()),
      documents.onDidForget(() => this.update()),
    ];
  }

  /** Call when another editor or panel is active. */
  update(): void {
    this.set('modelFileActive', this.activeModelFile() !== undefined);
    // A path is seen with the slashes of the machine that the window is on, which need not be this one.
    this.set(
      'modelFilePaths',
      this.documents.openFiles().flatMap(({ path, fsPath }) => (path === fsPath ? [path] : [path, fsPath])),
    );
    this.set('training', this.runs.activeKeys().length > 0);
    this.set(
      'measuring',
      this.runs.keys().some(key => this.verifications.isMeasuring(key) || this.comparisons.isMeasuring(key)),
    );
    this.set(
      'hasFindings',
      this.runs.keys().some(key => (this.runs.get(key).current?.findings.length ?? 0) > 0),
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private set(name: string, value: boolean | readonly string[]): void {
    const text = JSON.stringify(value);
    if (this.values.get(name) === text) return;
    this.values.set(name, text);
    void vscode.commands.executeCommand('setContext', `gradientHealth.${name}`, value);
  }
}
