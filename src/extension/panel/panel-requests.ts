/** What the panel's page may ask of the editor. */
import * as vscode from 'vscode';
import type { FixId } from '../../diagnosis/finding';
import type { FromPanel } from '../../protocol/panel-messages';
import { toEditorRange, toWorkspaceEdit } from '../documents/editor-ranges';
import type { ModelSnapshot } from '../documents/model-documents';
import { findingRange, placeFinding } from '../findings/place-finding';
import { fixesFor, presentFindings } from '../findings/present-findings';
import { settingsFor } from '../settings';
import type { PanelContext } from './model-panel';

/** Carries out a request of the page of `file`. Returns one sentence when it could not, else `undefined`. */
export async function answerPanel(request: FromPanel, file: vscode.Uri, context: PanelContext): Promise<string | undefined> {
  switch (request.type) {
    case 'ready':
      return undefined;
    case 'train':
      // Not waited for: the page hears of the run as it goes on.
      void vscode.commands.executeCommand('gradientHealth.train', file);
      return undefined;
    case 'cancel':
      context.runs.stop(file.toString());
      return undefined;
    case 'open-rule':
      await vscode.commands.executeCommand('gradientHealth.openRulePage', request.rule);
      return undefined;
    case 'reveal-layer':
      return revealLayer(request.layer, await open(file, context), context);
    case 'apply-fix':
      return applyFix(request.finding, request.fix, await open(file, context), context);
  }
}

async function open(file: vscode.Uri, { documents }: PanelContext): Promise<ModelSnapshot> {
  return documents.current(await vscode.workspace.openTextDocument(file));
}

async function revealLayer(layer: string, snapshot: ModelSnapshot, { runs }: PanelContext): Promise<string | undefined> {
  const { current, previous } = runs.get(snapshot.text.uri.toString());
  const run = current ?? previous;
  const trained = run?.history.layout.layers.find(({ path }) => path === layer);
  const source = run && trained && placeFinding(run.document, snapshot.document, trained.source);
  // A layer that says something else by now still stands where the present model has it by name.
  const path = source ?? snapshot.model?.layers.find((other) => other.path === layer)?.source;
  if (!path) return vscode.l10n.t('The layer {0} is no longer in the model file: train again.', layer);
  await show(snapshot, toEditorRange(snapshot.text, findingRange(snapshot.document, path)));
  return undefined;
}

async function applyFix(index: number, fix: FixId, snapshot: ModelSnapshot, { runs }: PanelContext): Promise<string | undefined> {
  const { uri } = snapshot.text;
  const { current } = runs.get(uri.toString());
  const present = current && presentFindings(current, snapshot.document, settingsFor(uri).rules).find((finding) => finding.index === index);
  const chosen = current && present && fixesFor(current, snapshot.document, snapshot.model, present).find(({ id }) => id === fix);
  if (!chosen) return vscode.l10n.t('The model file has changed, so that this cure no longer fits: train again.');
  const applied = await vscode.workspace.applyEdit(toWorkspaceEdit(snapshot.text, chosen.edits));
  if (!applied) return vscode.l10n.t('The editor did not accept the change: is the model file read-only?');
  const first = chosen.edits[0];
  if (first) await show(snapshot, toEditorRange(snapshot.text, { start: first.range.start, end: first.range.start + first.text.length }));
  return undefined;
}

/** Shows the place in the editor that has the file already, or else beside the panel. */
async function show(snapshot: ModelSnapshot, selection: vscode.Range): Promise<void> {
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === snapshot.text.uri.toString());
  await vscode.window.showTextDocument(snapshot.text, { selection, viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One });
}
