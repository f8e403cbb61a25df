/** Handles the requests of the panel's page to the editor. */
import * as vscode from 'vscode';
import { layerAt } from '../../diagnosis/layers';
import type { TextEdit } from '../../text/text-edit';
import { comparisonToCsv, comparisonToMarkdown } from '../../verification/export-table';
import type { FromPanel } from '../../protocol/panel-messages';
import { toEditorRange, toWorkspaceEdit } from '../documents/editor-ranges';
import type { ModelSnapshot } from '../documents/model-documents';
import { placeFinding } from '../findings/place-finding';
import { presentFindings } from '../findings/present-findings';
import { settingsFor } from '../settings/settings';
import type { PanelContext } from './panel-context';

/** Carries out a request of the page of `file`. Returns one sentence when it could not, else `undefined`. */
export async function answerPanel(
  request: FromPanel,
  file: vscode.Uri,
  context: PanelContext,
): Promise<string | undefined> {
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
    case 'compare-cures':
      void vscode.commands.executeCommand('gradientHealth.compareCures', file);
      return undefined;
    case 'stop-measuring':
      await vscode.commands.executeCommand('gradientHealth.stopMeasuring', file);
      return undefined;
    case 'apply-cure':
      return applyCure(request.cure, await open(file, context), context);
    case 'export-comparison':
      return exportComparison(request.format, file, context);
  }
}

async function open(file: vscode.Uri, { documents }: PanelContext): Promise<ModelSnapshot> {
  return documents.current(await vscode.workspace.openTextDocument(file));
}

async function revealLayer(
  layer: string,
  snapshot: ModelSnapshot,
  { runs }: PanelContext,
): Promise<string | undefined> {
  const { current, previous } = runs.get(snapshot.text.uri.toString());
  const run = current ?? previous;
  const trained = run?.history.layout.layers.find(({ path }) => path === layer);
  const moved = run && trained && placeFinding(run.source, snapshot.places, { layer });
  // A layer that says something else by now still stands where the present model has it by name.
  const place = moved ?? (snapshot.places.model && layerAt(snapshot.places.model, layer) ? { layer } : undefined);
  if (!place) return vscode.l10n.t('The layer {0} is no longer in the model file: train again.', layer);
  await show(snapshot, toEditorRange(snapshot.text, snapshot.places.rangeOf(place)));
  return undefined;
}

async function applyFix(
  index: number,
  fix: string,
  snapshot: ModelSnapshot,
  { runs, verifications, cureFinder }: PanelContext,
): Promise<string | undefined> {
  const {
    text: { uri },
    source,
    places,
  } = snapshot;
  const { current } = runs.get(uri.toString());
  const present =
    current && presentFindings(current, places, settingsFor(uri).rules).find(finding => finding.index === index);
  const cures = present
    ? await cureFinder.find({ run: current, present, source, verification: verifications.get(current) })
    : [];
  const chosen = cures.find(({ key }) => key === fix);
  return chosen ? (chosen.notWritable ?? applyEdits(chosen.edits, snapshot)) : outlived();
}

/** A cure of the comparison: its edits are of the text that was trained, so that they count while that is the text. */
async function applyCure(
  id: string,
  snapshot: ModelSnapshot,
  { comparisons }: PanelContext,
): Promise<string | undefined> {
  const { run, state } = comparisons.get(snapshot.text.uri.toString()) ?? {};
  const results = state?.kind === 'done' ? state.comparison.cures : state?.kind === 'measuring' ? state.results : [];
  const chosen = results.find(result => result.id === id);
  if (!chosen || run?.source.text !== snapshot.source.text) return outlived();
  return chosen.notWritable ?? applyEdits(chosen.edits, snapshot);
}

/** Shows the comparison as a new text beside the panel, to be saved wherever its user wants it. */
async function exportComparison(
  format: 'csv' | 'markdown',
  file: vscode.Uri,
  { comparisons }: PanelContext,
): Promise<string | undefined> {
  const state = comparisons.get(file.toString())?.state;
  if (state?.kind !== 'done') return vscode.l10n.t('There is no finished comparison: compare the cures first.');
  const content = format === 'csv' ? comparisonToCsv(state.comparison) : comparisonToMarkdown(state.comparison);
  // Shown before it is filled: a text with unsaved content that nobody shows yet the editor itself opens, wherever the
  // focus is.
  const text = await vscode.workspace.openTextDocument({ language: format === 'markdown' ? 'markdown' : 'plaintext' });
  const editor = await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.One });
  const start = new vscode.Position(0, 0);
  const filled = await editor.edit(edit => edit.insert(start, content));
  editor.selection = new vscode.Selection(start, start);
  return filled ? undefined : vscode.l10n.t('The editor did not open the comparison: export it again.');
}

function outlived(): string {
  return vscode.l10n.t('The model file has changed and this cure no longer fits: train again.');
}

async function applyEdits(edits: readonly TextEdit[], snapshot: ModelSnapshot): Promise<string | undefined> {
  const applied = await vscode.workspace.applyEdit(toWorkspaceEdit(snapshot.text, edits));
  if (!applied) return vscode.l10n.t('The editor did not accept the change: is the model file read-only?');
  const first = edits[0];
  if (first)
    await show(
      snapshot,
      toEditorRange(snapshot.text, { start: first.range.start, end: first.range.start + first.text.length }),
    );
  return undefined;
}

/** Shows the place in the editor that has the file already, or else beside the panel. */
async function show(snapshot: ModelSnapshot, selection: vscode.Range): Promise<void> {
  const visible = vscode.window.visibleTextEditors.find(
    editor => editor.document.uri.toString() === snapshot.text.uri.toString(),
  );
  await vscode.window.showTextDocument(snapshot.text, {
    selection,
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
  });
}
