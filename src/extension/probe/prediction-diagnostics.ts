/** Predicted findings in the Problems view, until a run of the same model tells what is true. */
import * as vscode from 'vscode';
import type { Finding } from '../../diagnosis/finding';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import { DIAGNOSTIC_SOURCE } from '../checks/model-file-diagnostics';
import { findingDiagnostic } from '../findings/finding-diagnostics';
import type { PresentFinding } from '../findings/present-findings';
import type { RulePage } from '../findings/rule-page';
import { readDataFiles } from '../data/data-file';
import type { ModelRuns } from '../runs/model-runs';
import { settingsFor } from '../settings/settings';
import type { Predictions } from './predictions';

/** Told apart from what a run has shown, in the Problems view too. */
const PREDICTION_SOURCE = `${DIAGNOSTIC_SOURCE}, not trained yet`;
/**
 * Quiet time after a text was read before a worker is asked: with that of reading it, a third of a second after the
 * last key.
 */
const QUIET_MS = 150;

/**
 * Asks for predictions when a model file was opened and on every pause in typing, and takes them away with the first
 * key. In workspaces that are not trusted, or with `gradientHealth.predict` off, there are none.
 */
export class PredictionDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('gradient-health-predictions');
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly documents: ModelDocuments,
    runs: ModelRuns,
    private readonly predictions: Predictions,
    private readonly pageOf: RulePage,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions = [
      this.collection,
      documents.onDidRead(snapshot => this.schedule(snapshot)),
      documents.onDidForget(uri => this.forget(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.withdraw(document.uri);
      }),
      predictions.onDidChange(key => this.publish(key)),
      runs.onDidChange((key, change) => {
        if (change === 'records') return;
        this.publish(key);
        // A run that was canceled or failed leaves the prediction as what is known.
        const snapshot = change === 'status' && !runs.isActive(key) ? documents.find(vscode.Uri.parse(key)) : undefined;
        if (snapshot) this.schedule(snapshot);
      }),
    ];
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private schedule(snapshot: ModelSnapshot): void {
    const key = snapshot.text.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        this.ask(snapshot).catch((error: unknown) => this.log.error(`${key}: predicting failed.`, error));
      }, QUIET_MS),
    );
  }

  private async ask(snapshot: ModelSnapshot): Promise<void> {
    const {
      text: { uri },
      source,
    } = snapshot;
    const { model } = source;
    const key = uri.toString();
    const settings = settingsFor(uri);
    if (!model || !settings.predict || !vscode.workspace.isTrusted) {
      this.predictions.withdraw(key);
      return;
    }
    const data = await readDataFiles(uri, model);
    // Missing data is a problem of its own; nothing is said of a text that is no longer there.
    if ('problem' in data || snapshot.text.isClosed || snapshot.text.version !== snapshot.version) return;
    const request = { source, model, files: data.files, memoryLimitBytes: settings.memoryLimitBytes };
    await this.predictions.predict(key, request, { severities: settings.rules, options: settings.ruleOptions });
  }

  private publish(key: string): void {
    const uri = vscode.Uri.parse(key);
    const snapshot = this.documents.find(uri);
    const findings = snapshot && this.predictions.get(key, snapshot.source);
    if (!snapshot || !findings) {
      this.collection.delete(uri);
      return;
    }
    this.collection.set(
      uri,
      findings.map(finding => predictionDiagnostic(snapshot, presentPrediction(snapshot, finding), this.pageOf)),
    );
  }

  private withdraw(uri: vscode.Uri): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.predictions.withdraw(uri.toString());
  }

  private forget(uri: vscode.Uri): void {
    this.withdraw(uri);
    this.predictions.forget(uri.toString());
    this.collection.delete(uri);
  }
}

/** A prediction of the text of `snapshot` with its places in it. */
export function presentPrediction({ source }: ModelSnapshot, finding: Finding): PresentFinding {
  return { index: 0, finding, range: source.rangeOf(finding.at), extent: source.extentOf(finding.at) };
}

/** A prediction as the editor shows it; code actions name it too. */
export function predictionDiagnostic(
  snapshot: ModelSnapshot,
  prediction: PresentFinding,
  pageOf: RulePage,
): vscode.Diagnostic {
  const message = vscode.l10n.t('Predicted: {0}', prediction.finding.message);
  const diagnostic = findingDiagnostic(
    snapshot,
    { ...prediction, finding: { ...prediction.finding, message } },
    pageOf,
  );
  diagnostic.source = PREDICTION_SOURCE;
  return diagnostic;
}
