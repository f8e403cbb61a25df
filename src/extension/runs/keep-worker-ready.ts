/** A worker that waits before a run is asked for. */
import * as vscode from 'vscode';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import { settingsFor } from '../settings/settings';
import type { NodeWorkers } from '../../worker/node-worker';

/** Has a worker started whenever a model file that can be trained is opened, changed or come back to. */
export function keepWorkerReady(documents: ModelDocuments, prepare: NodeWorkers['prepare']): vscode.Disposable {
  const expect = (snapshot: ModelSnapshot | undefined): void => {
    if (snapshot?.source.model && vscode.workspace.isTrusted) prepare(settingsFor(snapshot.text.uri));
  };
  const expectActive = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    expect(document && documents.find(document.uri));
  };
  return vscode.Disposable.from(
    documents.onDidRead(expect),
    vscode.window.onDidChangeActiveTextEditor(expectActive),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) expectActive();
    }),
  );
}
