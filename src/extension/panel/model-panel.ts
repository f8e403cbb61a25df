/** The panel of one model file: keeps its page up to date while it is visible, and does what the page asks for. */
import * as vscode from 'vscode';
import { Channel } from '../../protocol/channel';
import { encodeLayers, encodeRecordsAfter, encodeThroughTime } from '../../protocol/encode-run';
import type { FromPanel, ToPanel } from '../../protocol/panel-messages';
import { isFromPanel } from '../../protocol/parse-message';
import { baseName } from '../documents/model-file-selector';
import type { ModelRuns, RunChange } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import { settingsFor } from '../settings/settings';
import { PacedSender } from './paced-sender';
import { streamRecords } from './record-stream';
import {
  isStale,
  panelChance,
  panelComparison,
  panelFindings,
  panelState,
  panelVerdict,
  type PresentCures,
  type PresentText,
} from './panel-state';
import type { PanelContext } from './panel-context';
import { answerPanel } from './panel-requests';
import { errorText } from '../../text/error-text';

/** 15 times a second: live to the eye, and a chart of many layers has time to draw. */
const DELTA_INTERVAL_MS = 1000 / 15;

/** Four times a second: a table grows row by row. */
const COMPARISON_INTERVAL_MS = 250;

/** Requests of the page beyond its own state. */
const PAGE_REQUESTS = [
  'train',
  'cancel',
  'reveal-layer',
  'apply-fix',
  'open-rule',
  'compare-cures',
  'stop-measuring',
  'apply-cure',
  'export-comparison',
] as const;

export class ModelPanel implements vscode.Disposable {
  private readonly channel: Channel<ToPanel, FromPanel>;
  private readonly subscriptions: vscode.Disposable[];
  /** When the page has taken in the message sent last. */
  private delivery: PromiseLike<unknown> = Promise.resolve();
  private deltas: PacedSender | undefined;
  private readonly comparing = new PacedSender(() => this.sendComparison(), COMPARISON_INTERVAL_MS);
  /** Whether a page is there that has asked for its state. A hidden page is gone; the next one asks again. */
  private ready = false;
  /** The last step of the current run that the page has. */
  private sentStep = -1;
  /**
   * The sending of a long run's records, of which there is one at a time; steps of the run that goes on come after
   * them.
   */
  private streaming: object | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private file: vscode.Uri,
    private readonly context: PanelContext,
  ) {
    this.channel = new Channel<ToPanel, FromPanel>(
      {
        // As text: the editor would look at every number of an object on its way.
        postMessage: message => {
          this.delivery = panel.webview.postMessage(JSON.stringify(message));
        },
        onMessage: listener => {
          const subscription = panel.webview.onDidReceiveMessage(listener);
          return () => subscription.dispose();
        },
      },
      isFromPanel,
    );
    this.channel.on('ready', () => {
      this.ready = true;
      this.hydrate();
    });
    for (const type of PAGE_REQUESTS) {
      this.channel.on(type, request => void this.answer(request));
    }
    this.subscriptions = [
      context.runs.onDidChange((key, change) => {
        if (key === this.file.toString()) this.take(change);
      }),
      context.documents.onDidRead(({ text }) => {
        if (text.uri.toString() !== this.file.toString()) return;
        this.sendFindings();
        void this.sendComparison();
      }),
      context.verifications.onDidChange(key => {
        if (key === this.file.toString()) this.sendFindings();
      }),
      context.cureFinder.onDidFind(history => {
        if (history === this.state().current?.history) this.sendFindings();
      }),
      context.comparisons.onDidChange(key => {
        if (key !== this.file.toString()) return;
        // A row for every training that ends: more often than anyone can read.
        if (context.comparisons.get(key)?.state.kind === 'measuring') this.comparing.request();
        else void this.sendComparison();
      }),
      panel.onDidChangeViewState(() => {
        this.ready &&= panel.visible;
      }),
    ];
  }

  get uri(): vscode.Uri {
    return this.file;
  }

  /** Follows a model file that has a new name. */
  move(uri: vscode.Uri): void {
    this.file = uri;
    this.panel.title = panelTitle(uri);
    this.take('run');
  }

  /** Sends everything anew: the settings have changed. */
  refresh(): void {
    this.take('run');
  }

  dispose(): void {
    this.streaming = undefined;
    this.ready = false;
    this.deltas?.dispose();
    this.comparing.dispose();
    this.channel.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private take(change: RunChange): void {
    if (!this.ready) return;
    switch (change) {
      case 'run':
      case 'recalled':
      case 'forgotten':
        return this.hydrate();
      case 'records':
        return this.deltas?.request();
      case 'findings':
        void this.sendDelta();
        this.sendFindings();
        return;
      case 'status':
        return this.channel.send({ type: 'status', status: this.state().status });
    }
  }

  private hydrate(): void {
    const state = this.state();
    this.deltas?.dispose();
    this.deltas = new PacedSender(() => this.sendDelta(), DELTA_INTERVAL_MS);
    this.sentStep = state.current?.history.records.at(-1)?.step ?? -1;
    const file = { name: baseName(this.file), uri: this.file.toString() };
    this.channel.send({
      type: 'hydrate',
      state: panelState(file, state, this.text(), settingsFor(this.file).rules, this.cures()),
    });
    void this.stream([state.current, state.previous]);
  }

  private async stream(runs: readonly (RecordedRun | undefined)[]): Promise<void> {
    const streaming = {};
    this.streaming = streaming;
    const isWanted = (): boolean => this.ready && this.streaming === streaming;
    await streamRecords(
      runs,
      ({ id }, records) => {
        this.channel.send({
          type: 'append',
          run: id,
          records,
          layers: [],
          throughTime: [],
          status: this.state().status,
        });
        return this.delivery;
      },
      isWanted,
    );
    if (this.streaming !== streaming) return;
    this.streaming = undefined;
    this.deltas?.request();
  }

  private sendDelta(): PromiseLike<unknown> {
    const { current, status } = this.state();
    if (!current || !this.ready || this.streaming) return Promise.resolve();
    const { history } = current;
    const records = encodeRecordsAfter(history, this.sentStep);
    this.sentStep = history.records.at(-1)?.step ?? -1;
    const [layers, throughTime] = [encodeLayers(history), encodeThroughTime(history)];
    this.channel.send({ type: 'append', run: current.id, records, layers, throughTime, status });
    return this.delivery;
  }

  private sendFindings(): void {
    if (!this.ready) return;
    const { current } = this.state();
    const text = this.text();
    const cures = this.cures();
    const { rules } = settingsFor(this.file);
    const findings = panelFindings(current, text, rules, cures);
    const chance = panelChance(current, cures.seeds);
    this.channel.send({
      type: 'findings',
      findings,
      ...panelVerdict(current, text, rules),
      ...chance,
      stale: isStale(current, text),
    });
  }

  private sendComparison(): PromiseLike<unknown> {
    if (!this.ready) return Promise.resolve();
    const { comparison } = this.cures();
    this.channel.send({
      type: 'comparison',
      ...(comparison && { comparison: panelComparison(comparison, this.text()) }),
    });
    return this.delivery;
  }

  private async answer(request: FromPanel): Promise<void> {
    try {
      const refusal = await answerPanel(request, this.file, this.context);
      if (refusal) this.channel.send({ type: 'refused', request: request.type, message: refusal });
    } catch (error) {
      this.context.log.error(error instanceof Error ? error : String(error));
      const message = vscode.l10n.t('The action failed: {0}', errorText(error));
      this.channel.send({ type: 'refused', request: request.type, message });
    }
  }

  private state(): ReturnType<ModelRuns['get']> {
    return this.context.runs.get(this.file.toString());
  }

  private cures(): PresentCures {
    const { current } = this.state();
    const { verifications, comparisons, cureFinder } = this.context;
    const verification = current && verifications.get(current);
    const text = this.text();
    return {
      of: present => (current && text && cureFinder.known({ run: current, present, ...text, verification })) ?? [],
      verification,
      comparison: comparisons.get(this.file.toString()),
      seeds: current && verifications.seedsOf(current),
    };
  }

  private text(): PresentText | undefined {
    return this.context.documents.find(this.file);
  }
}

export function panelTitle(uri: vscode.Uri): string {
  return vscode.l10n.t('Gradients: {0}', baseName(uri));
}
