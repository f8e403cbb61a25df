/**
 * Light bulb of a prediction: training, which tells whether it is true, the page of its rule, and ways to silence it.
 */
import * as vscode from 'vscode';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments } from '../documents/model-documents';
import { ruleActions } from '../findings/rule-actions';
import type { RulePage } from '../findings/rule-page';
import { predictionDiagnostic, presentPrediction } from './prediction-diagnostics';
import type { Predictions } from './predictions';

export class PredictionActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(
    private readonly documents: ModelDocuments,
    private readonly predictions: Predictions,
    private readonly pageOf: RulePage,
  ) {}

  provideCodeActions(
    text: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (context.only && !context.only.intersects(vscode.CodeActionKind.QuickFix)) return [];
    const snapshot = this.documents.current(text);
    const present = (this.predictions.get(text.uri.toString(), snapshot.source) ?? [])
      .map(finding => presentPrediction(snapshot, finding))
      .filter(({ extent }) => toEditorRange(text, extent).intersection(range));
    return present.flatMap(prediction => {
      const diagnostic = predictionDiagnostic(snapshot, prediction, this.pageOf);
      const title = vscode.l10n.t('Train to find out');
      const train = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      train.command = { command: 'gradientHealth.train', title, arguments: [text.uri] };
      train.diagnostics = [diagnostic];
      return [train, ...ruleActions(snapshot, prediction, diagnostic)];
    });
  }
}
