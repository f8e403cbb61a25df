/** What the suites inside the extension host share: example files, findings, runs, and waiting for one of them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension/extension';

const EXTENSION = 'gradient-health.gradient-health';
export const SOURCE = 'Gradient Health';

export async function extensionApi(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>(EXTENSION);
  assert.ok(extension, 'the packaged extension is installed');
  return extension.activate();
}

export function exampleUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the examples are open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function openExample(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(exampleUri(name), { viewColumn: vscode.ViewColumn.One });
}

/**
 * Writes a model file of its own into the workspace and opens it. An editor that had the file a moment ago shows the
 * earlier text first.
 */
export async function openText(name: string, text: string): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(exampleUri(name), new TextEncoder().encode(text));
  const editor = await openExample(name);
  await until(`the written text of ${name}`, () => editor.document.getText() === text);
  return editor;
}

/** The diagnostics of ours on a file, sorted by line. */
export const diagnosticsOf = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === SOURCE)
    .sort((a, b) => a.range.start.compareTo(b.range.start));

/** The rule or problem that a diagnostic names. */
export const codeOf = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);

/** Waits until `look` gives something other than `undefined` or `false`; fails with what was waited for. */
export async function until<T>(what: string, look: () => T | undefined | false, milliseconds = 30_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    assert.ok(Date.now() < end, `waited ${milliseconds} ms for ${what}`);
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}

/** Runs the command on the active file and waits until its run is over; gives the state it ended in. */
export async function trainActiveFile(): Promise<string> {
  const { runs } = await extensionApi();
  const uri = vscode.window.activeTextEditor?.document.uri;
  assert.ok(uri, 'a model file is open');
  await vscode.commands.executeCommand('gradientHealth.train', uri);
  return until('the end of the run', () => {
    const { state } = runs.get(uri.toString()).status;
    return ['done', 'cancelled', 'failed'].includes(state) && state;
  });
}

/** Quick fixes that the editor offers at the place of a diagnostic, with their edits. */
export const fixesFor = (uri: vscode.Uri, { range }: vscode.Diagnostic): Thenable<vscode.CodeAction[]> =>
  vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );

/** Applies a code action as the editor does: its edit, then its command. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit was applied');
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** Changes one of our settings for the workspace; `undefined` takes it back. */
export const setting = (name: string, value: unknown): Thenable<void> =>
  vscode.workspace.getConfiguration('gradientHealth').update(name, value, vscode.ConfigurationTarget.Workspace);
