/** Starts a new model file from a template. */
import * as vscode from 'vscode';
import { MODEL_TEMPLATES, type ModelTemplate } from './model-templates';

/**
 * Asks for a template and opens it as an unsaved file beside the files of the workspace. Nothing is written to disk.
 */
export async function newModelFile(): Promise<void> {
  const items = MODEL_TEMPLATES.map(template => ({ label: template.title, detail: template.detail, template }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('New Model File'),
    placeHolder: vscode.l10n.t('Choose a template'),
    matchOnDetail: true,
  });
  if (!chosen) return;
  const document = await vscode.workspace.openTextDocument(await freeAddress(chosen.template));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), chosen.template.text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
}

/** An address with a name that no file and no open document has. */
async function freeAddress({ fileName }: ModelTemplate): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path));
  for (let count = 1; ; count++) {
    const name = `${fileName}${count === 1 ? '' : `-${count}`}.model.yaml`;
    const target = folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.from({ scheme: 'untitled', path: name });
    if (open.has(target.path) || (folder && (await exists(target)))) continue;
    return target.with({ scheme: 'untitled' });
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}
