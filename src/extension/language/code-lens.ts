/** The line above a model: the way to train it, and how the last run went. */
import * as vscode from 'vscode';
import { formatNumber } from '../../record/number-text';
import { asModelFile } from '../../frontends/model-file/as-model-file';
import { rangeAt } from '../../frontends/model-file/source-range';
import { sameSource } from '../../frontends/same-source';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import { presentVerdict } from '../findings/present-verdict';
import { lensText } from '../findings/verdict-text';
import type { ModelRunState, ModelRuns } from '../runs/model-runs';
import { settingsFor } from '../settings/settings';

/**
 * Time between two changes of the step count. The editor waits for a quarter of a second of quiet before it asks for
 * lenses again: changes that come faster keep it from asking at all, and a run that is done long since is still offered
 * to be stopped.
 */
const STEP_REFRESH_MS = 1000;

export class ModelLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly documents: ModelDocuments,
    private readonly runs: ModelRuns,
  ) {
    this.subscriptions = [
      this.changed,
      documents.onDidRead(() => this.refresh()),
      runs.onDidChange((_key, change) => (change === 'records' ? this.refreshSteps() : this.refresh())),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh()),
    ];
  }

  provideCodeLenses(text: vscode.TextDocument): vscode.CodeLens[] {
    if (!settingsFor(text.uri).codeLensEnabled) return [];
    const snapshot = this.documents.current(text);
    const place = placeOfLens(snapshot);
    if (!place) return [];
    return this.commands(snapshot).map(command => new vscode.CodeLens(place, command));
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private commands(snapshot: ModelSnapshot): vscode.Command[] {
    const { uri } = snapshot.text;
    const state = this.runs.get(uri.toString());
    const make = (command: string, title: string): vscode.Command => ({ command, title, arguments: [uri] });
    if (this.runs.isActive(uri.toString())) {
      const { step, steps } = state.status;
      return [
        make('gradientHealth.stop', vscode.l10n.t('$(debug-stop) Stop (step {0}/{1})', step, steps)),
        make('gradientHealth.showPanel', vscode.l10n.t('Show Panel')),
      ];
    }
    const train = vscode.workspace.isTrusted
      ? [make('gradientHealth.train', vscode.l10n.t('$(pulse) Train Model'))]
      : [];
    const last = lastRunText(state, snapshot);
    return last ? [...train, make('gradientHealth.showPanel', last)] : train;
  }

  private refresh(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.changed.fire();
  }

  private refreshSteps(): void {
    this.timer ??= setTimeout(() => this.refresh(), STEP_REFRESH_MS);
  }
}

/** Above the first key of a model file, none in an empty one; above any other text. */
function placeOfLens({ text, source }: ModelSnapshot): vscode.Range | undefined {
  const above = new vscode.Range(0, 0, 0, 0);
  const document = asModelFile(source)?.document;
  if (!document) return above;
  const first = document.root?.kind === 'mapping' ? document.root.entries[0] : undefined;
  return first ? toEditorRange(text, first.keyRange) : rangeAt(document, []) && above;
}

/** The verdict on the last run, or why there is none; `undefined` before the first run. */
function lastRunText({ status, current }: ModelRunState, snapshot: ModelSnapshot): string | undefined {
  if (status.state === 'failed') return vscode.l10n.t('Last run failed');
  if (status.state === 'interrupted' && (!current || sameSource(current.source, snapshot.source))) {
    return vscode.l10n.t('Interrupted at step {0} of {1} by a reload', status.step, status.steps);
  }
  const last = current?.history.records.at(-1);
  if (!current || !last) return undefined;
  const loss = vscode.l10n.t('loss {0}', formatNumber(last.loss));
  if (!sameSource(current.source, snapshot.source)) return vscode.l10n.t('Last run, of an earlier text: {0}', loss);
  if (status.state === 'cancelled') return vscode.l10n.t('Stopped at step {0} · {1}', status.step, loss);
  const verdict = presentVerdict(current, settingsFor(snapshot.text.uri).rules, snapshot.places);
  return lensText(verdict, current.chance) ?? vscode.l10n.t('Last run: {0}', loss);
}
