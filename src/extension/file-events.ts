/** Keeps runs and panels with their model files when those are renamed, and lets go of them when they are deleted. */
import * as vscode from 'vscode';
import type { ModelPanels } from './panel/model-panels';
import type { ModelRuns } from './runs/model-runs';

export function followFiles(runs: ModelRuns, panels: ModelPanels): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        for (const { from, rest } of under(runs, oldUri)) {
          const to = newUri.with({ path: newUri.path + rest });
          runs.move(from.toString(), to.toString());
          panels.move(from, to);
        }
      }
    }),
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      for (const { from } of files.flatMap(uri => under(runs, uri))) forget(from);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri, languageId }) => {
      // An unsaved file that is closed is gone; a change of language mode closes and opens it again.
      const isOpen = vscode.workspace.textDocuments.some(
        other => other.uri.toString() === uri.toString() && other.languageId !== languageId,
      );
      if (uri.scheme === 'untitled' && !isOpen) forget(uri);
    }),
  );

  function forget(uri: vscode.Uri): void {
    runs.forget(uri.toString());
    panels.close(uri);
  }
}

/** Files with runs that are `uri` or lie under it, each with what follows `uri` in its path. */
function under(runs: ModelRuns, uri: vscode.Uri): { readonly from: vscode.Uri; readonly rest: string }[] {
  return runs
    .keys()
    .map(key => vscode.Uri.parse(key))
    .filter(
      from =>
        from.scheme === uri.scheme &&
        from.authority === uri.authority &&
        (from.path === uri.path || from.path.startsWith(`${uri.path}/`)),
    )
    .map(from => ({ from, rest: from.path.slice(uri.path.length) }));
}
