/** From the user's wish to train a model file to a run of it, or to one sentence on why there is none. */
import * as vscode from 'vscode';
import type { BlamedPlace } from '../../model/place';
import { rangeOfPath } from '../../frontends/model-file/as-model-file';
import type { TextRange } from '../../text/text-edit';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import { baseName } from '../documents/model-file-selector';
import type { ModelPanels } from '../panel/model-panels';
import { readDataFiles } from '../data/data-file';
import type { ModelRuns, TrainingRequest } from '../runs/model-runs';
import type { RunStore } from '../stored/run-store';
import { noticeText } from '../../text/plain-text';
import { settingsFor } from '../settings/settings';
import { explainTrust } from '../settings/trust';

/** Parts of the extension that training uses. */
export interface TrainingContext {
  readonly documents: ModelDocuments;
  readonly runs: ModelRuns;
  readonly panels: ModelPanels;
  readonly store: Pick<RunStore, 'restore' | 'dataOf'>;
  readonly log: vscode.LogOutputChannel;
}

/** Why a text cannot be trained, and where. */
export interface Refusal {
  readonly message: string;
  readonly range: TextRange;
  readonly path: BlamedPlace | undefined;
}

/** Trains the text of `uri` as the editor shows it, saved or not. Resolves when the run is over or was refused. */
export async function trainModelFile(uri: vscode.Uri, context: TrainingContext): Promise<void> {
  const { documents, runs, panels, store, log } = context;
  if (!vscode.workspace.isTrusted) {
    explainTrust();
    return;
  }
  const commandedAt = performance.now();
  const snapshot = documents.current(await vscode.workspace.openTextDocument(uri));
  const key = uri.toString();
  // Data first: a window that opens a panel answers nothing else for a while.
  const preparing = prepare(snapshot);
  if (settingsFor(uri).openPanelOnTrain) panels.show(uri);
  // Runs of an earlier session are what this one is compared with.
  const [prepared] = await Promise.all([preparing, store.restore(key)]);
  if ('message' in prepared) {
    runs.refuse(key, {
      message: prepared.message,
      internal: false,
      source: snapshot.source,
      path: prepared.path,
    });
    offerPlace(snapshot, prepared);
    return;
  }
  const startedAt = Date.now();
  log.info(`${uri.toString(true)}: training for ${prepared.model.steps} steps.`);
  const first = onFirstRecords(runs, key, () => {
    log.debug(`${baseName(uri)}: first records ${Math.round(performance.now() - commandedAt)} ms after the command.`);
  });
  await runs.train(key, prepared);
  first.dispose();
  const { status, failure } = runs.get(key);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  log.info(
    `${baseName(uri)}: ${status.state} after ${status.step} steps and ${seconds} s. ${status.message}`.trimEnd(),
  );
  // A later run of the same file speaks for itself.
  if (failure?.source === prepared.source) reportFailure(snapshot, failure, context);
}

/** Calls `listener` once, when the run of `key` has given its first records. */
function onFirstRecords(runs: ModelRuns, key: string, listener: () => void): vscode.Disposable {
  const subscription = runs.onDidChange((changed, change) => {
    if (changed !== key || change !== 'records') return;
    subscription.dispose();
    listener();
  });
  return new vscode.Disposable(() => subscription.dispose());
}

/** Prepares the training of a text, or says why there can be none. */
export async function prepare(snapshot: ModelSnapshot): Promise<TrainingRequest | Refusal> {
  const { source } = snapshot;
  const { model } = source;
  const { uri } = snapshot.text;
  if (!model) {
    const first = source.problems.find(({ severity }) => severity === 'error') ?? {
      message: '',
      range: { start: 0, end: 0 },
    };
    return {
      message: vscode.l10n.t('{0} cannot be trained yet. {1}', baseName(uri), first.message),
      range: first.range,
      path: undefined,
    };
  }
  const at = (message: string, path: BlamedPlace): Refusal => ({ message, path, range: rangeOfPath(source, path) });
  const { memoryLimitBytes } = settingsFor(uri);
  const data = await readDataFiles(uri, model);
  if ('problem' in data) return at(data.problem.message, data.problem.source);
  return { source, model, files: data.files, memoryLimitBytes };
}

function offerPlace(
  snapshot: ModelSnapshot,
  { message, range }: { readonly message: string; readonly range: TextRange },
): void {
  const show = vscode.l10n.t('Show Line');
  void vscode.window.showErrorMessage(noticeText(message), show).then(chosen => {
    if (chosen === show)
      void vscode.window.showTextDocument(snapshot.text, { selection: toEditorRange(snapshot.text, range) });
  });
}

function reportFailure(
  snapshot: ModelSnapshot,
  failure: NonNullable<ReturnType<ModelRuns['get']>['failure']>,
  { panels, log }: TrainingContext,
): void {
  if (failure.detail) log.error(failure.detail);
  // The panel says the same, where it can be seen.
  if (panels.isVisible(snapshot.text.uri)) return;
  if (failure.path) {
    offerPlace(snapshot, { message: failure.message, range: rangeOfPath(snapshot.source, failure.path) });
    return;
  }
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(noticeText(failure.message), showLog).then(chosen => {
    if (chosen === showLog) log.show();
  });
}
