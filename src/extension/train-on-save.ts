/** Trains a model file when its author saves it, where the settings ask for that. */
import * as vscode from 'vscode';
import { settingsFor } from './settings/settings';
import { isModelFile } from './documents/model-file-selector';

export function trainOnSave(): vscode.Disposable {
  // Only the event before a save tells whether a person or a timer saves; only the one after it, that it was saved.
  const byHand = new Set<string>();
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      if (reason === vscode.TextDocumentSaveReason.Manual) byHand.add(document.uri.toString());
    }),
    vscode.workspace.onDidSaveTextDocument(document => {
      const saved = byHand.delete(document.uri.toString());
      if (saved && vscode.workspace.isTrusted && isModelFile(document) && settingsFor(document.uri).trainOnSave) {
        void vscode.commands.executeCommand('gradientHealth.train', document.uri);
      }
    }),
  );
}
