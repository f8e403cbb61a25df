/** The one item of the status bar: how the run stands that matters now. */
import * as vscode from 'vscode';
import type { Verifications } from './cures/verifications';
import type { ModelDocuments } from './documents/model-documents';
import { baseName } from './documents/model-file-selector';
import { presentVerdict, type PresentVerdict } from './findings/present-verdict';
import { statusBarText } from './findings/verdict-text';
import type { ModelRunState, ModelRuns } from './runs/model-runs';
import type { Source } from '../frontends/frontend';
import { sameSource } from '../frontends/same-source';
import { settingsFor } from './settings/settings';

/** Shown while a model file is active or a run goes; a run in another file is shown when the active one has none. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('gradientHealth.run', vscode.StatusBarAlignment.Right, 90);
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly documents: ModelDocuments,
    private readonly runs: ModelRuns,
    private readonly verifications: Verifications,
    private readonly activeModelFile: () => vscode.Uri | undefined,
  ) {
    this.item.name = 'Gradient Health';
    this.subscriptions = [
      this.item,
      runs.onDidChange(() => this.update()),
      verifications.onDidChange(() => this.update()),
      documents.onDidRead(() => this.update()),
    ];
  }

  /** Call when another editor is active. */
  update(): void {
    const active = this.activeModelFile();
    const running = this.runs.activeKeys().at(-1);
    const uri =
      active && (this.runs.isActive(active.toString()) || !running)
        ? active
        : running
          ? vscode.Uri.parse(running)
          : undefined;
    if (!uri) {
      this.item.hide();
      return;
    }
    const state = this.runs.get(uri.toString());
    const isActive = this.runs.isActive(uri.toString());
    const source = this.documents.find(uri)?.source;
    this.item.text = isActive
      ? runningText(state)
      : [restingText(state, uri, source), ...this.measuringText(state)].join(' ');
    this.item.tooltip = tooltip(
      state,
      uri,
      isActive,
      isActive ? undefined : verdictFor(state, uri, source)?.run?.summary,
    );
    this.item.command = { command: 'gradientHealth.showPanel', title: vscode.l10n.t('Show Panel'), arguments: [uri] };
    this.item.show();
  }

  /** How far measuring the cures, or trying other seeds, is; empty while nothing is measured. */
  private measuringText({ current }: ModelRunState): readonly string[] {
    const state = current && this.verifications.get(current)?.state;
    if (state?.kind === 'measuring')
      return [vscode.l10n.t('$(sync~spin) Cures {0}/{1}', state.finished, state.planned)];
    const seeds = current && this.verifications.seedsOf(current);
    return seeds ? [vscode.l10n.t('$(sync~spin) Seeds {0}/{1}', seeds.finished, seeds.planned)] : [];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function runningText({ status }: ModelRunState): string {
  switch (status.state) {
    case 'starting':
      return `$(sync~spin) ${status.message || vscode.l10n.t('Starting')}`;
    case 'stopping':
      return vscode.l10n.t('$(sync~spin) Stopping');
    default:
      return vscode.l10n.t('$(sync~spin) Step {0}/{1}', status.step, status.steps);
  }
}

function restingText({ status, current }: ModelRunState, uri: vscode.Uri, source: Source | undefined): string {
  if (status.state === 'failed') return vscode.l10n.t('$(pulse) Not trained');
  if (status.state === 'interrupted' && (!current || !source || sameSource(source, current.source)))
    return vscode.l10n.t('$(pulse) Interrupted');
  if (status.state === 'idle' || !current) return vscode.l10n.t('$(pulse) Gradient Health');
  const verdict = verdictFor({ current }, uri, source);
  if (!verdict) return vscode.l10n.t('$(pulse) Changed');
  // That a run which was stopped has no finding says nothing of the model.
  return (
    statusBarText(verdict) ??
    (status.state === 'cancelled' ? vscode.l10n.t('$(pulse) Stopped') : vscode.l10n.t('$(pulse) Gradient Health'))
  );
}

/** Returns no verdict for a run of an earlier text, which says nothing about this one. */
function verdictFor(
  { current }: Pick<ModelRunState, 'current'>,
  uri: vscode.Uri,
  source: Source | undefined,
): PresentVerdict | undefined {
  if (!current || (source && !sameSource(source, current.source))) return undefined;
  return presentVerdict(current, settingsFor(uri).rules, source);
}

function tooltip(
  { status, current }: ModelRunState,
  uri: vscode.Uri,
  isActive: boolean,
  summary: string | undefined,
): vscode.MarkdownString {
  const seconds = current && isActive ? Math.round((Date.now() - current.startedAt) / 1000) : undefined;
  const argument = encodeURIComponent(JSON.stringify([uri]));
  const command = isActive
    ? `[${vscode.l10n.t('Stop')}](command:gradientHealth.stop?${argument})`
    : `[${vscode.l10n.t('Train')}](command:gradientHealth.train?${argument})`;
  const markdown = new vscode.MarkdownString('', true);
  markdown.isTrusted = { enabledCommands: ['gradientHealth.stop', 'gradientHealth.train', 'gradientHealth.showPanel'] };
  markdown.appendText(baseName(uri));
  if (seconds !== undefined) markdown.appendText(vscode.l10n.t(': training for {0} s', seconds));
  if (summary) markdown.appendText(`\n${summary}`);
  if (status.message) markdown.appendText(`\n${status.message}`);
  markdown.appendMarkdown(
    `\n\n[${vscode.l10n.t('Show panel')}](command:gradientHealth.showPanel?${argument}) · ${command}`,
  );
  return markdown;
}
