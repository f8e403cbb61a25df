/** From the user's wish to train a model file to a run of it, or to one sentence on why there is none. */
import * as vscode from 'vscode';
import type { SourcePath } from '../../spec/model-spec';
import { nearestRange } from '../../spec/source-range';
import { toEditorRange } from '../documents/editor-ranges';
import { baseName } from '../documents/model-file-selector';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import { settingsFor } from '../settings';
import { readDataFile } from './data-file';
import type { ModelRuns } from './model-runs';

/** Trains the text of `uri` as the editor shows it, saved or not. Resolves when the run is over or was refused. */
export async function trainModelFile(uri: vscode.Uri, documents: ModelDocuments, runs: ModelRuns, log: vscode.LogOutputChannel): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await explainTrust();
    return;
  }
  const snapshot = documents.current(await vscode.workspace.openTextDocument(uri));
  const key = uri.toString();
  const { model, document } = snapshot;
  if (!model) {
    await refuseForProblems(snapshot, runs);
    return;
  }
  const refuse = (message: string, source: SourcePath): void => {
    runs.refuse(key, { message, internal: false, document, source });
    offerPlace(snapshot, message, source);
  };
  const { maximumSteps, memoryLimitBytes } = settingsFor(uri);
  if (model.steps > maximumSteps) {
    refuse(vscode.l10n.t(
      '{0} steps are asked for, but the setting gradientHealth.maximumSteps allows {1}: ask for fewer, or raise the setting.', model.steps, maximumSteps,
    ), ['steps']);
    return;
  }
  const data = await readDataFile(uri, model);
  if ('problem' in data) {
    refuse(data.problem.message, data.problem.source);
    return;
  }
  const started = Date.now();
  log.info(`Training ${uri.toString(true)}: ${model.steps} steps.`);
  await runs.train(key, { document, model, data: data.bytes, memoryLimitBytes });
  const { status } = runs.get(key);
  log.info(`${baseName(uri)}: ${status.state} after ${status.step} steps, ${((Date.now() - started) / 1000).toFixed(1)} s. ${status.message}`);
}

async function explainTrust(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const message = vscode.l10n.t('Models are trained in trusted workspaces only, since training takes processor time and reads data files.');
  if (await vscode.window.showWarningMessage(message, manage) === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}

async function refuseForProblems(snapshot: ModelSnapshot, runs: ModelRuns): Promise<void> {
  const first = snapshot.problems.find((problem) => problem.severity === 'error');
  if (!first) return;
  const name = baseName(snapshot.text.uri);
  const message = vscode.l10n.t('{0} cannot be trained yet. {1}', name, first.message);
  runs.refuse(snapshot.text.uri.toString(), { message, internal: false, document: snapshot.document, source: undefined });
  offerRange(snapshot, message, toEditorRange(snapshot.text, first.range));
}

function offerPlace(snapshot: ModelSnapshot, message: string, source: SourcePath): void {
  offerRange(snapshot, message, toEditorRange(snapshot.text, nearestRange(snapshot.document, source)));
}

/** Says what keeps the file from being trained, with a way to the place. Not waited for: the message may stay for long. */
function offerRange(snapshot: ModelSnapshot, message: string, selection: vscode.Range): void {
  const show = vscode.l10n.t('Show Place');
  void vscode.window.showErrorMessage(message, show).then((chosen) => {
    if (chosen === show) void vscode.window.showTextDocument(snapshot.text, { selection });
  });
}
