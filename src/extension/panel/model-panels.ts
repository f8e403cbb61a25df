/** The panels that are open, one a model file. */
import * as vscode from 'vscode';
import { baseName } from '../documents/model-file-selector';
import { ModelPanel, panelTitle } from './model-panel';
import type { PanelContext } from './panel-context';
import { panelHtml } from './panel-html';

export const PANEL_TYPE = 'gradientHealth.panel';

export class ModelPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly panels = new Set<ModelPanel>();
  private readonly activeChanged = new vscode.EventEmitter<void>();

  /** The panel that has the focus is another one now. */
  readonly onDidChangeActive = this.activeChanged.event;

  /** @param restoreRuns brings back the runs of a model file from an earlier session */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly context: PanelContext,
    private readonly restoreRuns: (file: vscode.Uri) => Promise<void>,
  ) {}

  /** The model file of the panel that has the focus. */
  get activeFile(): vscode.Uri | undefined {
    return [...this.panels].find(({ panel }) => panel.active)?.uri;
  }

  /**
   * Brings the panel of `file` into view, beside the editor when it is new. The focus stays where it is. A tab of an
   * earlier session that nobody has looked at since, which the editor has not revived yet, gives way to the panel in
   * its place.
   */
  show(file: vscode.Uri): void {
    void this.restoreRuns(file);
    const open = this.find(file);
    if (open) {
      open.panel.reveal(undefined, true);
      return;
    }
    const sleeping = this.sleepingTab(file);
    const panel = vscode.window.createWebviewPanel(
      PANEL_TYPE,
      panelTitle(file),
      { viewColumn: sleeping?.group.viewColumn ?? vscode.ViewColumn.Beside, preserveFocus: true },
      this.options(),
    );
    this.adopt(panel, file);
    if (sleeping) void vscode.window.tabGroups.close(sleeping, true);
  }

  /** Whether the panel of `file` can be seen. */
  isVisible(file: vscode.Uri): boolean {
    return this.find(file)?.panel.visible === true;
  }

  /** Restores a panel after the window was reloaded; `state` is what its page had saved. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const uri =
      typeof state === 'object' && state !== null && 'uri' in state && typeof state.uri === 'string'
        ? vscode.Uri.parse(state.uri)
        : undefined;
    // A page that was closed before it knew its file has nothing to show.
    if (!uri || this.find(uri)) {
      panel.dispose();
      return;
    }
    await this.restoreRuns(uri);
    panel.webview.options = this.options();
    this.adopt(panel, uri);
  }

  /** Follows a model file that has a new name. */
  move(from: vscode.Uri, to: vscode.Uri): void {
    this.find(from)?.move(to);
  }

  /** Closes the panel of a file that is no more. */
  close(file: vscode.Uri): void {
    this.find(file)?.panel.dispose();
  }

  refresh(): void {
    for (const panel of this.panels) panel.refresh();
  }

  dispose(): void {
    for (const { panel } of [...this.panels]) panel.dispose();
    this.activeChanged.dispose();
  }

  private find(file: vscode.Uri): ModelPanel | undefined {
    return [...this.panels].find(({ uri }) => uri.toString() === file.toString());
  }

  /** Tabs tell their titles alone: where several may be that of `file`, none is taken. */
  private sleepingTab(file: vscode.Uri): vscode.Tab | undefined {
    const title = panelTitle(file);
    const tabs = vscode.window.tabGroups.all
      .flatMap(group => group.tabs)
      .filter(
        ({ input, label }) =>
          input instanceof vscode.TabInputWebview && input.viewType.endsWith(PANEL_TYPE) && label === title,
      );
    const awake = [...this.panels].filter(({ panel }) => panel.title === title).length;
    return tabs.length === 1 && awake === 0 ? tabs[0] : undefined;
  }

  private adopt(panel: vscode.WebviewPanel, file: vscode.Uri): void {
    panel.iconPath = { light: this.media('panel-light.svg'), dark: this.media('panel-dark.svg') };
    const owner = new ModelPanel(panel, file, this.context);
    this.panels.add(owner);
    panel.onDidChangeViewState(() => this.activeChanged.fire());
    panel.onDidDispose(() => {
      this.panels.delete(owner);
      owner.dispose();
      this.activeChanged.fire();
    });
    const resource = (name: string): string =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(this.extensionUri, 'dist', name)).toString();
    panel.webview.html = panelHtml({
      title: baseName(file),
      language: vscode.env.language,
      script: resource('webview.js'),
      style: resource('webview.css'),
      cspSource: panel.webview.cspSource,
      nonce: crypto.randomUUID().replaceAll('-', ''),
    });
  }

  private media(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'media', name);
  }

  private options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.extensionUri, 'dist')] };
  }
}
