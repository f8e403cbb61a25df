/** Findings of training runs in the Problems view, on the lines of the layers that cause them. */
import * as vscode from 'vscode';
import type { Severity } from '../../diagnosis/finding';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import { DIAGNOSTIC_SOURCE } from '../checks/model-file-diagnostics';
import type { ModelRuns } from '../runs/model-runs';
import { settingsFor } from '../settings/settings';
import { presentFindings, type PresentFinding } from './present-findings';
import type { RulePage } from './rule-page';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/**
 * Keeps the published findings those of the latest run, placed in the present text. A finding goes when the text under
 * it says something else, when its rule is switched off, when another run starts, and when its file is closed or
 * deleted.
 */
export class FindingDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('gradient-health');
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    documents: ModelDocuments,
    private readonly runs: ModelRuns,
    private readonly pageOf: RulePage,
  ) {
    this.subscriptions = [
      this.collection,
      documents.onDidRead(snapshot => this.publish(snapshot)),
      documents.onDidForget(uri => {
        if (!settingsFor(uri).keepFindingsOnClose || uri.scheme === 'untitled') this.collection.delete(uri);
      }),
      runs.onDidChange((key, change) => {
        const uri = vscode.Uri.parse(key);
        const snapshot = documents.find(uri);
        if (change === 'forgotten' || (change === 'run' && !snapshot)) this.collection.delete(uri);
        else if (snapshot && change !== 'records') this.publish(snapshot);
      }),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(uri => this.collection.delete(uri))),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private publish(snapshot: ModelSnapshot): void {
    const { uri } = snapshot.text;
    const { current } = this.runs.get(uri.toString());
    if (!current || !vscode.workspace.isTrusted) {
      this.collection.delete(uri);
      return;
    }
    const present = presentFindings(current, snapshot.places, settingsFor(uri).rules);
    this.collection.set(
      uri,
      present.map(finding => findingDiagnostic(snapshot, finding, this.pageOf)),
    );
  }
}

/** A finding as the editor shows it; code actions name it too. */
export function findingDiagnostic(
  snapshot: ModelSnapshot,
  { finding, range }: PresentFinding,
  pageOf: RulePage,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    toEditorRange(snapshot.text, range),
    finding.message,
    SEVERITIES[finding.severity],
  );
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = { value: finding.rule, target: pageOf(finding.rule) };
  diagnostic.relatedInformation = finding.related.map(({ at, message }) => {
    const place = toEditorRange(snapshot.text, snapshot.places.rangeOf(at));
    return new vscode.DiagnosticRelatedInformation(new vscode.Location(snapshot.text.uri, place), message);
  });
  return diagnostic;
}
